import Claims
import Documents
import Outcomes
import Pipeline
import Sections
import Specs

/// Printed numbers held against the recomputed ones.
package struct PublishedResults: Codable, Sendable, Equatable {
  /// A printed number.
  package struct Value: Codable, Sendable, Equatable {
    /// Path of the recomputed number.
    var of: String
    var printed: String
    /// Nil when the value is undefined.
    @Nullable var computed: Double?
    /// True when the number is printed without its sign, and compared with the absolute value.
    var magnitude: Bool
    /// The verdict in the words of statements: `holds`, `does not hold` or `not checkable`.
    var verdict: String
    var note: String
    /// The rounding that gives the printed number, in words; nil where none does, or there was no choice.
    var rounding: String?
  }

  /// Number of printed numbers that were met, out of `total`.
  var reproduced: Int
  var total: Int
  var values: [Value]
}

/// Holds printed numbers against the recomputed ones.
package struct PublishedStep: ResultStep {
  package typealias Output = PublishedResults

  private let table: PublishedTable

  package init(_ table: PublishedTable) { self.table = table }

  package let kind = StepKind("published", version: 3)

  package var name: String { "published/\(table.name.value)" }

  package var inputs: [StepInput] { [StepInput("results", from: "results")] }

  package var parameters: JSONValue {
    .record([
      "values": .array(
        table.values.map {
          [
            "of": .string($0.of.value), "printed": .string($0.printed.value), "magnitude": .bool($0.magnitude),
            "note": .string($0.note ?? ""),
          ]
        })
    ])
  }

  package func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> PublishedResults {
    let results = try inputs.json("results")
    var problems: [String] = []
    var met = 0
    let values = table.values.map { value -> PublishedResults.Value in
      var computed: Double?
      var verdict = Reproduction.notCheckable("the value is undefined")
      var rounding: String?
      do throws(ValueFailure) {
        let number = try ValuePath.number(at: value.of.value, in: results)
        computed = number
        if let printed = PrintedNumber(value.printed.value) {
          verdict = Reproduction(computed: number, printed: printed, isMagnitude: value.magnitude)
          rounding = printed.rounding(of: value.magnitude ? abs(number) : number)?.remark
        }
      } catch {
        switch error {
        case .undefined(_, let reason): verdict = .notCheckable(reason)
        default: problems.append("\(value.of.location): \(error.words)")
        }
      }
      if verdict == .reproduced { met += 1 }
      return PublishedResults.Value(
        of: value.of.value, printed: value.printed.value, computed: computed, magnitude: value.magnitude,
        verdict: (StatementVerdict(verdict) ?? .notCheckable).rawValue, note: value.note ?? "", rounding: rounding)
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    return PublishedResults(reproduced: met, total: values.count, values: values)
  }
}
