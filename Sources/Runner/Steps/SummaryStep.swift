import Documents
import Specs
import Statistics
import Tables

/// Group summaries of columns.
struct SummaryStep: SynchronousStep {
  let spec: SummarySpec
  let kind = StepKind("summary", version: 2)

  var name: String { "summary/\(spec.name.value)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(spec.dataset.value)")] }

  var parameters: JSONValue {
    .record([
      "group-by": .array(spec.groupBy.map { .string($0.value) }),
      "columns": .array(spec.columns.map { .string($0.value) }),
    ])
  }

  func run(_ inputs: StepInputs) throws(StepFailure) -> StepOutput {
    let table = try inputs.table("table")
    let names = spec.groupBy.map(\.value)
    let numbers = table.groups(by: names)
    var members: [Int: [Int]] = [:]
    for (row, group) in numbers.enumerated() { members[group, default: []].append(row) }
    let groups = members.values.map { rows in
      (label: GroupLabel(names.compactMap { table[$0]?.text(rows[0]) ?? "undefined" }), rows: rows)
    }
    .sorted { $0.label < $1.label }
    return .json(
      .object(
        groups.map { group in
          let columns = spec.columns.map { JSONMember(key: $0.value, value: summary(table[$0.value], group.rows)) }
          return JSONMember(
            key: group.label.key,
            value: .object(
              [
                JSONMember(key: "group", value: .array(group.label.parts.map { .string($0) })),
                JSONMember(key: "n", value: .integer(group.rows.count)),
              ] + columns))
        }))
  }

  private func summary(_ column: Column?, _ rows: [Int]) -> JSONValue {
    guard let column else { return .null }
    let all = column.numbers
    do throws(Undefined) {
      let summary = try ColumnSummary(rows.compactMap { all[$0] })
      return [
        "n": .integer(summary.count), "mean": .finite(summary.mean),
        "sd": summary.standardDeviation.map { .finite($0) } ?? .null, "minimum": .finite(summary.minimum),
        "lower-quartile": .finite(summary.lowerQuartile), "median": .finite(summary.median),
        "upper-quartile": .finite(summary.upperQuartile), "maximum": .finite(summary.maximum),
      ]
    } catch {
      return ["undefined": .string(error.reason)]
    }
  }
}
