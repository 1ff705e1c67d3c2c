import Claims
import Documents
import Outcomes
import Pipeline
import Specs

/// Holds printed numbers against the recomputed ones.
struct PublishedStep: SynchronousStep {
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

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let results = try inputs.json("results")
    var problems: [String] = []
    var met = 0
    let values = table.values.map { value -> JSONValue in
      var computed: JSONValue = .null
      var verdict = Reproduction.notCheckable("the value is undefined")
      var rounding: String?
      do throws(ValueFailure) {
        let number = try ValuePath.number(at: value.of.value, in: results)
        computed = .number(number)
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
      let members: [JSONMember] = [
        JSONMember(key: "of", value: .string(value.of.value)),
        JSONMember(key: "printed", value: .string(value.printed.value)), JSONMember(key: "computed", value: computed),
        JSONMember(key: "magnitude", value: .bool(value.magnitude)),
        JSONMember(key: "verdict", value: .string(verdict.words)),
        JSONMember(key: "note", value: .string(value.note ?? "")),
      ]
      return .object(members + (rounding.map { [JSONMember(key: "rounding", value: .string($0))] } ?? []))
    }
    guard problems.isEmpty else { throw Reason(problems.joined(separator: "\n")) }
    return .json(["reproduced": .integer(met), "total": .integer(values.count), "values": .array(values)])
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
