import Documents
import Figures
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Figures drawn from rows of a table.
extension FigureSource {
  var sampling: SmallMultiples.Sampling {
    switch spec.largeSamples {
    case .automatic: .automatic
    case .hexbin: .hexbins
    case .points: .points
    }
  }

  func scatter(_ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    let x = try required(spec.x, in: table)
    let y = try required(spec.y, in: table)
    let (xs, ys) = (x.numbers, y.numbers)
    let rows = xs.indices.filter { xs[$0] != nil && ys[$0] != nil }
    let pairs = (rows.compactMap { xs[$0] }, rows.compactMap { ys[$0] })
    let sample = try? PairedSample(x: pairs.0, y: pairs.1)
    let groups = try self.groups(in: table).map { all in rows.map { all[$0] } }
    let names = RowNames(table)
    let shown = [Coefficient.kendallTauB, .spearman, .pearson]
    let plot = SmallMultiples.Plot(
      title: x.schema.displayTitle,
      coefficients: shown.map { coefficient in
        (coefficient.symbol, sample.flatMap { try? coefficient.value($0) })
      }, x: pairs.0, y: pairs.1,
      labels: names.labels(of: rows), groups: groups,
      isLogarithmic: spec.logarithmic.contains(.x), axis: Self.axis(x.schema))
    return SmallMultiples.figure(
      [plot], title: "\(x.schema.displayTitle) and \(y.schema.displayTitle)", target: y.schema.displayTitle,
      isReversed: spec.reversed ?? (y.schema.better == .lower), isTargetLogarithmic: spec.logarithmic.contains(.y),
      perRow: 1, width: spec.width.points, sampling: sampling
    ).showing(shown)
  }

  /// The label of a column's axis, with its unit.
  static func axis(_ column: ColumnSchema) -> String {
    column.displayTitle + (column.unit.map { ", \($0)" } ?? "")
  }

  /// The group of each row by `group-by`, such as `depth 4`; nil without it.
  func groups(in table: Table) throws(Reason) -> [String]? {
    try spec.groupBy.map { name throws(Reason) in
      let column = try table.column(name.value)
      return (0..<table.rowCount).map { Self.group(column, $0) }
    }
  }

  private static func group(_ column: Column, _ row: Int?) -> String {
    let value = row.flatMap { column.text($0) } ?? "undefined"
    return "\(column.schema.displayTitle.lowercased()) \(FigureText.plain(value))"
  }

  private func required(_ name: Located<String>?, in table: Table) throws(Reason) -> Column {
    try table.column(name?.value ?? "")
  }

  func boxPlots(_ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    let key = try required(spec.groupBy, in: table)
    let groups = table.groups(by: [key.schema.name])
    let count = (groups.max() ?? -1) + 1
    let isShort = (0..<table.rowCount).allSatisfy { (key.text($0) ?? "").count <= 8 }
    let names = (0..<count).map { group in
      isShort
        ? FigureText.plain(groups.firstIndex(of: group).flatMap { key.text($0) } ?? "undefined") : String(group + 1)
    }
    let rowNames = RowNames(table)
    let labels = (0..<count).map { group -> String in
      guard let row = groups.firstIndex(of: group), let text = key.text(row) else { return "undefined" }
      return rowNames.name(text, in: key)
    }
    let columns =
      spec.columns.isEmpty
      ? table.columns.filter { $0.schema.role == .metric } : spec.columns.compactMap { table[$0.value] }
    let plots = columns.map { column -> BoxPlots.Plot in
      let numbers = column.numbers
      return .init(
        title: column.schema.displayTitle,
        groups: (0..<count).map { group in
          (names[group], numbers.indices.filter { groups[$0] == group }.compactMap { numbers[$0] })
        }, labels: labels, member: column.schema.name)
    }
    return BoxPlots.figure(
      plots, title: "Repeated measurements", groupLabel: "architecture", perRow: spec.perRow ?? 3,
      width: spec.width.points)
  }

  func lines(_ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    let x = try required(spec.x, in: table)
    let y = try required(spec.y, in: table)
    let key = try required(spec.groupBy, in: table)
    let (xs, ys) = (x.numbers, y.numbers)
    let groups = table.groups(by: [key.schema.name])
    let series = (0..<(groups.max() ?? -1) + 1).map { group -> LinePlot.Series in
      let rows = groups.indices.filter { groups[$0] == group && xs[$0] != nil && ys[$0] != nil }
      let points = rows.map { Point(xs[$0] ?? 0, ys[$0] ?? 0) }.sorted { $0.x < $1.x }
      return .init(name: Self.group(key, groups.firstIndex(of: group)), points: points)
    }
    return LinePlot.figure(
      series, title: "\(y.schema.displayTitle) over \(x.schema.displayTitle.lowercasedFirst)", x: x.schema.displayTitle,
      y: y.schema.displayTitle, hasMean: series.count > 5, isReversedY: spec.reversed ?? false,
      isLogarithmicX: spec.logarithmic.contains(.x), width: spec.width.points)
  }
}

/// The names of the rows of a table where they are points of a figure.
struct RowNames {
  /// The most points that have labels.
  static let greatestCount = 2000

  private let identifier: Column?

  /// Rows are called by the first column of role identifier, or by their numbers.
  init(_ table: Table) { identifier = table.columns.first { $0.schema.role == .identifier } }

  /// The row's name; a number says of what: `Id 12`.
  subscript(row: Int) -> String {
    guard let identifier, let text = identifier.text(row) else { return "row \(row)" }
    return name(text, in: identifier)
  }

  /// The name that a text of a column gives; a number says of what.
  func name(_ text: String, in column: Column) -> String {
    text.allSatisfy(\.isNumber) ? "\(column.schema.displayTitle) \(text)" : text
  }

  /// The names of rows as labels of points; none for more than `greatestCount`.
  func labels(of rows: [Int]) -> [String] { rows.count <= Self.greatestCount ? rows.map { self[$0] } : [] }
}
