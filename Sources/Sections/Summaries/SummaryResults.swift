import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Summaries of columns over the rows of a group.
struct GroupSummary: Codable, Sendable, Equatable {
  /// The values of the columns that make the groups, as text.
  var group: [String]
  /// Rows of the group.
  var n: Int
  /// The summary of each column under its name, or the reason for none where the group has no value of it.
  var columns: NamedValues<Outcome<Values>>

  /// A summary of the values that are there.
  struct Values: Codable, Sendable, Equatable {
    /// Rows with a value.
    var n: Int
    var mean: ExactNumber
    /// Standard deviation; nil for a single row.
    @Nullable var sd: Double?
    var minimum: ExactNumber
    var lowerQuartile: ExactNumber
    var median: ExactNumber
    var upperQuartile: ExactNumber
    var maximum: ExactNumber
  }

  /// A number of a column; whole numbers that no Double equals keep all digits.
  enum ExactNumber: Codable, Sendable, Equatable {
    case whole(Int)
    case real(Double)

    /// Takes a number; `whole` where that is written with the same digits.
    init(_ number: Double) {
      self = abs(number) < 1e15 ? Int(exactly: number).map { .whole($0) } ?? .real(number) : .real(number)
    }

    init(from decoder: any Decoder) throws {
      let json = try decoder.singleValueContainer().decode(JSONValue.self)
      self = json.int.map { .whole($0) } ?? .real(json.double ?? .nan)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(json)
    }

    /// The number as it is written; `null` when it is not finite.
    var json: JSONValue {
      switch self {
      case .whole(let number): .integer(number)
      case .real(let number): .finite(number)
      }
    }
  }
}

/// Group summaries of columns.
struct SummaryStep: ResultStep {
  /// A summary for each group under its key, in ascending order of the groups.
  typealias Output = NamedValues<GroupSummary>

  let spec: SummarySpec
  let kind = StepKind("summary", version: 4)

  var name: String { "summary/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> NamedValues<GroupSummary> {
    let table = try inputs.table("table")
    let groups = try LabelledGroups(table, by: spec.groupBy.map(\.value))
    let columns = try table.columns(spec.columns.map(\.value))
    return NamedValues(
      groups.labels.indices.map { index in
        let rows = groups.rows[index]
        let summaries = columns.map { column in
          (name: column.schema.name, value: Outcome.of { () throws(Reason) in try Self.summary(column, rows) })
        }
        return (
          groups.keys[index],
          GroupSummary(group: groups.labels[index].parts, n: rows.count, columns: NamedValues(summaries))
        )
      })
  }

  private static func summary(_ column: Column, _ rows: [Int]) throws(Reason) -> GroupSummary.Values {
    let (origin, all) = column.offsets
    let ends = wholeEnds(column, rows)
    func value(_ offset: Double) -> GroupSummary.ExactNumber {
      guard origin != 0 else { return .init(offset) }
      return Int(exactly: offset).map { .whole(origin + $0) } ?? .init(Double(origin) + offset)
    }
    let summary = try ColumnSummary(rows.compactMap { all[$0] })
    return GroupSummary.Values(
      n: summary.count, mean: value(summary.mean), sd: summary.standardDeviation,
      minimum: ends.map { .whole($0.least) } ?? value(summary.minimum), lowerQuartile: value(summary.lowerQuartile),
      median: value(summary.median), upperQuartile: value(summary.upperQuartile),
      maximum: ends.map { .whole($0.greatest) } ?? value(summary.maximum))
  }

  /// The smallest and the largest of whole numbers that no Double equals; nil for other columns.
  private static func wholeEnds(_ column: Column, _ rows: [Int]) -> (least: Int, greatest: Int)? {
    guard !column.isExact, case .integer(let all) = column.storage else { return nil }
    let values = rows.filter { column.undefined[$0] == nil }.map { all[$0] }
    guard let least = values.min(), let greatest = values.max() else { return nil }
    return (least, greatest)
  }
}
