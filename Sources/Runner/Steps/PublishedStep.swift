import Claims
import Documents
import Outcomes
import Pipeline
import Specs

/// Printed numbers held against the recomputed ones.
struct PublishedResults: Codable, Sendable, Equatable {
  /// A printed number.
  struct Value: Codable, Sendable, Equatable {
    /// Path of the recomputed number.
    var of: String
    var printed: String
    /// Nil when the value is undefined.
    @Nullable var computed: Double?
    /// Whether it was printed without its sign.
    var magnitude: Bool
    /// Whether it was met, in words.
    var verdict: String
    var note: String
    /// How it was rounded, where there was a choice.
    var rounding: String?
  }

  /// Numbers that were met, of how many.
  var reproduced: Int
  var total: Int
  var values: [Value]
}

/// Holds printed numbers against the recomputed ones.
struct PublishedStep: ResultStep {
  typealias Output = PublishedResults

  let table: PublishedTable
  let kind = StepKind("published", version: 2)

  var name: String { "published/\(table.name.value)" }

  var inputs: [StepInput] { [StepInput("results", from: "results")] }

  var parameters: JSONValue {
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

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> PublishedResults {
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
        verdict: verdict.words, note: value.note ?? "", rounding: rounding)
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    return PublishedResults(reproduced: met, total: values.count, values: values)
  }
}

extension ValueFailure {
  /// What is wrong and what there is.
  package var words: String {
    switch self {
    case .notFound(let path, let parent, let key, let known):
      "no value is computed under \(path): "
        + (parent.isEmpty ? "there is no \(key)" : "\(parent) has no \(key)")
        + (known.isEmpty ? "" : "; there are: \(known.prefix(30).joined(separator: ", "))")
    case .undefined(let path, let reason): "\(path) is undefined: \(reason)"
    case .notANumber(let path): "\(path) is not a number"
    }
  }
}
