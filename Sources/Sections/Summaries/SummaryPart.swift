import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// A group summary.
struct SummaryPart: DrawnPart {
  let spec: SummarySpec
  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private var step: SummaryStep { SummaryStep(spec: spec) }
  var steps: [any Step] { [step] }
  var figureColumns: (what: String, names: [String])? { ("column", spec.columns.map(\.value)) }

  /// Each group by its key: its values, its number of rows, and every column by its name.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    .object(
      try inputs.output(of: step).entries.map { key, group throws(Reason) in
        let columns = try JSONValue(encoding: group.columns).members ?? []
        return JSONMember(
          key: key,
          value: .object(
            [
              JSONMember(key: "group", value: .array(group.group.map { .string($0) })),
              JSONMember(key: "n", value: .integer(group.n)),
            ] + columns))
      })
  }
}

extension SummaryPart {
  /// The groups in rows, the parts of each column's summary in columns.
  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let table = context.table(spec.dataset.value)
    let columns = spec.columns.map { (name: $0.value, title: table?.column($0.value)?.displayTitle ?? $0.value) }
    let parts = ["mean", "SD", "median", "minimum", "maximum"]
    var headers = spec.groupBy.map { ReportTable.Column(table?.column($0.value)?.displayTitle ?? $0.value) }
    if headers.isEmpty { headers = [.init("Rows")] }
    for column in columns {
      let group = columns.count > 1 ? column.title : nil
      headers += (["n"] + parts).map { .init($0, isNumeric: true, group: group) }
    }
    let rows = try context.output(of: step).entries.map { _, group -> [ReportTable.Cell] in
      let labels = group.group.map { label in
        ReportTable.Cell(
          GroupLabel.shown(label),
          value: Int(label).map { .integer($0) } ?? Double(label).map { .finite($0) } ?? .string(label))
      }
      return (labels.isEmpty ? [.init("all")] : labels)
        + columns.flatMap { column -> [ReportTable.Cell] in
          let values = group.columns[column.name]?.value
          let numbers = [
            values?.mean, values?.sd.map { .init($0) }, values?.median, values?.minimum, values?.maximum,
          ]
          return [.count(values?.n)] + numbers.map { Self.cell($0) }
        }
    }
    return ReportTable(
      name: name, caption: "\(spec.title ?? "\(columns.map(\.title).joined(separator: ", ")) in groups").",
      columns: headers, rows: rows)
  }

  private static func cell(_ number: GroupSummary.ExactNumber?) -> ReportTable.Cell {
    guard let json = number?.json, let value = json.double else { return .dash }
    return .init(NumberText.compact(value, digits: 5).withoutBraces, value: json, quantity: .init(value))
  }

  static let figures: [PartFigure<SummaryPart>] = [
    PartFigure(.groups, draw: SummaryPart.groups)
  ]

  /// Means with a standard deviation to each side, by group.
  private func groups(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let column = source.spec.columns.first?.value ?? spec.columns.first?.value ?? ""
    let table = source.table(spec.dataset.value)
    let rows = try inputs.output(of: step).entries.map { _, group -> ForestPlot.Row in
      let summary = group.columns[column]
      let mean = summary?.value?.mean.json.double
      var interval: (lower: Double, upper: Double)?
      if let mean, let sd = summary?.value?.sd { interval = (mean - sd, mean + sd) }
      return .init(
        label: FigureText.plain(GroupLabel(group.group).title), value: mean, interval: interval,
        reason: summary?.reason?.text)
    }
    let name = table?.column(column)?.displayTitle ?? column
    let by = spec.groupBy.compactMap { table?.column($0.value)?.displayTitle.lowercased() }.joined(separator: ", ")
    return ForestPlot.figure(
      rows, title: source.title, axis: "\(name), mean ± standard deviation by \(by)", includesZero: false, sorts: false,
      width: source.spec.width.points)
  }
}

extension FigureKind {
  /// Group means with their spread, from a summary.
  package static let groups = FigureKind("groups", "Group means with their spread.")
}
