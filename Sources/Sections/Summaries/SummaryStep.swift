import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Group summaries of columns.
struct SummaryStep: SynchronousStep {
  let spec: SummarySpec
  let kind = StepKind("summary", version: 3)

  var name: String { "summary/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let table = try inputs.table("table")
    let groups = try LabelledGroups(table, by: spec.groupBy.map(\.value))
    return .json(
      .object(
        groups.labels.indices.map { index in
          let rows = groups.rows[index]
          let columns = spec.columns.map { JSONMember(key: $0.value, value: summary(table[$0.value], rows)) }
          return JSONMember(
            key: groups.keys[index],
            value: .object(
              [
                JSONMember(key: "group", value: .array(groups.labels[index].parts.map { .string($0) })),
                JSONMember(key: "n", value: .integer(rows.count)),
              ] + columns))
        }))
  }

  private func summary(_ column: Column?, _ rows: [Int]) -> JSONValue {
    guard let column else { return .null }
    let (origin, all) = column.offsets
    let ends = Self.wholeEnds(column, rows)
    func value(_ offset: Double) -> JSONValue {
      guard origin != 0 else { return .finite(offset) }
      return Int(exactly: offset).map { .integer(origin + $0) } ?? .finite(Double(origin) + offset)
    }
    do throws(Reason) {
      let summary = try ColumnSummary(rows.compactMap { all[$0] })
      return [
        "n": .integer(summary.count), "mean": value(summary.mean),
        "sd": summary.standardDeviation.map { .finite($0) } ?? .null,
        "minimum": ends.map { .integer($0.least) } ?? value(summary.minimum),
        "lower-quartile": value(summary.lowerQuartile), "median": value(summary.median),
        "upper-quartile": value(summary.upperQuartile),
        "maximum": ends.map { .integer($0.greatest) } ?? value(summary.maximum),
      ]
    } catch {
      return ["undefined": .string(error.text)]
    }
  }
  /// The smallest and the largest of whole numbers that no Double equals; nil for other columns.
  private static func wholeEnds(_ column: Column, _ rows: [Int]) -> (least: Int, greatest: Int)? {
    guard !column.isExact, case .integer(let all) = column.storage else { return nil }
    let values = rows.filter { column.undefined[$0] == nil }.map { all[$0] }
    guard let least = values.min(), let greatest = values.max() else { return nil }
    return (least, greatest)
  }
}
