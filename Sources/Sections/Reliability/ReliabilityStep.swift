import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Intraclass correlations of repeated measurements, on the subjects that every rater has rated.
struct ReliabilityStep: SynchronousStep {
  let reliability: ReliabilityPart
  let kind = StepKind("reliability", version: 3)

  private var spec: ReliabilitySpec { reliability.spec }

  var name: String { "reliability/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue {
    .record([
      "columns": .array(reliability.columns.map { .string($0.name) }),
      "settings": spec.canonical(except: ["dataset", "columns"]),
    ])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let table = try inputs.table("table")
    let subjects = table.groups(by: spec.subject.map(\.value))
    let raters = table.groups(by: spec.rater.map(\.value))
    let (subjectCount, raterCount) = ((subjects.max() ?? -1) + 1, (raters.max() ?? -1) + 1)
    guard subjectCount.multipliedReportingOverflow(by: raterCount).partialValue <= 100_000_000 else {
      throw Reason("\(subjectCount) subjects × \(raterCount) raters are too many")
    }
    // Row of each subject and rater; −1 for none, −2 for several.
    var rows = [Int](repeating: -1, count: subjectCount * raterCount)
    for row in 0..<table.rowCount {
      let place = subjects[row] * raterCount + raters[row]
      rows[place] = rows[place] == -1 ? row : -2
    }
    let isAmbiguous = rows.contains(-2)
    var members: [JSONMember] = []
    var values: [(name: String, value: Double)] = []
    for schema in reliability.columns {
      guard let column = table[schema.name] else { throw Reason("no column \(schema.name)") }
      let numbers = column.offsets.values
      let complete = (0..<subjectCount).compactMap { subject -> [Double?]? in
        let ratings = (0..<raterCount).map { rater in
          let row = rows[subject * raterCount + rater]
          return row < 0 ? nil : numbers[row]
        }
        return ratings.contains(nil) ? nil : ratings
      }
      let value = isAmbiguous ? Self.ambiguous : value(complete)
      if let number = value["value"]?.double { values.append((schema.name, number)) }
      members.append(
        JSONMember(
          key: schema.name,
          value: .record([
            "icc": value, "subjects": .integer(complete.count),
            "total": .integer(subjectCount), "raters": .integer(raterCount),
          ])))
    }
    for (key, best) in [
      ("lowest", values.min { $0.value < $1.value }), ("highest", values.max { $0.value < $1.value }),
    ]
    where !reliability.columns.contains(where: { $0.name == key }) {
      guard let best else { continue }
      members.append(
        JSONMember(key: key, value: .record(["column": .string(best.name), "icc": .number(best.value)])))
    }
    return .json(.object(members))
  }

  private static let ambiguous: JSONValue = ["undefined": "a subject has several rows of one rater"]

  private func value(_ ratings: [[Double?]]) -> JSONValue {
    do throws(Reason) {
      let made = try IntraclassCorrelation(ratings, form: spec.form, level: spec.level)
      var members = [JSONMember(key: "value", value: .number(made.value))]
      switch made.interval {
      case .success(let interval):
        members.append(JSONMember(key: "lower", value: .finite(interval.lower)))
        members.append(JSONMember(key: "upper", value: .finite(interval.upper)))
      case .failure(let undefined):
        members.append(JSONMember(key: "interval-undefined", value: .string(undefined.text)))
      }
      return .object(members)
    } catch {
      return ["undefined": .string(error.text)]
    }
  }
}
