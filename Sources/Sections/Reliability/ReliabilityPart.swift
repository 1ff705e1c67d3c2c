import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Tables

/// A reliability with the columns it judges.
struct ReliabilityPart: DrawnPart {
  let spec: ReliabilitySpec
  /// The columns judged, in order.
  let columns: [ColumnSchema]
  /// The table of the measurements.
  let table: KnownTable

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  /// The form with what the raters are, such as `ICC(2,1) over seed`.
  var label: String {
    let raters = spec.rater.map { table.column($0.value)?.displayTitle.lowercased() ?? $0.value }
    return "ICC(\(spec.form.rawValue)) over \(raters.joined(separator: " and "))"
  }
  private var step: ReliabilityStep { ReliabilityStep(reliability: self) }
  var steps: [any Step] { [step] }
  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? columns.map(\.name) + ["lowest", "highest"] : nil
  }

  var figureColumns: (what: String, names: [String])? { ("column", columns.map(\.name)) }

  /// Each column with its title; then `lowest` and `highest`, unless columns are called so, with the title of theirs.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let results = try inputs.output(of: step)
    let titles = Dictionary(columns.map { ($0.name, $0.displayTitle) }) { first, _ in first }
    let values = try JSONValue(encoding: results.columns).titled(titles)
    let extremes = [("lowest", results.lowest), ("highest", results.highest)].compactMap { key, extreme in
      titles[key] != nil
        ? nil
        : extreme.map { extreme in
          JSONMember(
            key: key,
            value: .record(["icc": .number(extreme.icc)]).titled(titles[extreme.column] ?? extreme.column))
        }
    }
    return .object((values.members ?? []) + extremes)
  }

  func missingPolicy(of _: [Substring]) -> String? { MissingPolicy.drop.rawValue }
}

extension ReliabilityPart {
  /// The intraclass correlations with their intervals, and how many subjects they are of.
  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try context.output(of: step)
    let rows = columns.map { column -> [ReportTable.Cell] in
      let value = results.columns[column.name]
      return [
        .init(column.displayTitle, member: column.name), .estimate(value?.icc),
        .used(value?.subjects ?? 0, of: value?.total ?? 0, "subjects"),
        .count(value?.raters),
      ]
    }
    return ReportTable(
      name: name, caption: "\(title): \(label).",
      columns: [
        .init("Metric"), .init("ICC(\(spec.form.rawValue))", isNumeric: true), .used("subjects"),
        .init("repetitions", isNumeric: true),
      ], rows: rows,
      notes: [
        "Intraclass correlation of Shrout and Fleiss (1979); brackets: \(NumberText.percent(spec.level)) % intervals from the F distribution. Subjects with an undefined repetition are left out."
      ])
  }

  static let figures: [PartFigure<ReliabilityPart>] = [
    PartFigure(.forest, draw: ReliabilityPart.forest)
  ]

  /// The intraclass correlations of the columns that are asked for, or of all, with their intervals.
  private func forest(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let results = try inputs.output(of: step)
    let wanted = Set(source.spec.columns.map(\.value))
    // Of correlations near 1 the difference from it shows.
    let rows = columns.filter { wanted.isEmpty || wanted.contains($0.name) }.map { column -> ForestPlot.Row in
      let icc = results.columns[column.name]?.icc
      return ForestPlot.Row(
        label: column.displayTitle, value: icc?.value.value.map { 1 - $0 },
        interval: icc?.ends.map { (1 - $0.upper, 1 - $0.lower) }, reason: icc?.value.reason?.text, member: column.name)
    }
    return ForestPlot.figure(
      rows, title: "1 − \(label): \(title)",
      axis: "1 − \(label), the share of variance within subjects, \(NumberText.percent(spec.level)) % interval",
      form: .logarithmic,
      width: source.spec.width.points)
  }
}
