import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics

/// A comparison with the titles of its pairs.
struct ComparisonPart: DrawnPart {
  let spec: ComparisonSpec
  /// The titles of the pairs, in order.
  let titles: [String]

  var name: String { spec.name.value }
  var title: String { spec.displayTitle }
  private var step: ComparisonStep { ComparisonStep(comparison: self) }
  var steps: [any Step] { [step] }
  func valueNames(under path: [String]) -> [String]? {
    path.isEmpty ? spec.pairs.map(\.name.value) : nil
  }

  var figureColumns: (what: String, names: [String])? { ("pair", spec.pairs.map(\.name.value)) }

  private var pairs: [(pair: ComparisonSpec.Pair, title: String)] { zip(spec.pairs, titles).map { ($0, $1) } }

  /// The output of the step, each pair with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let known = Dictionary(pairs.map { ($0.pair.name.value, $0.title) }) { first, _ in first }
    return try inputs.json(step.name).titled(known)
  }
}

extension ComparisonPart {
  /// Relative errors and coefficients of every pair.
  func table(_: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    let results = try context.output(of: step)
    let rows = pairs.map { pair, title -> [ReportTable.Cell] in
      let value = results[pair.name.value]
      let first: [ReportTable.Cell] = [.init(title, member: pair.name.value), .count(value?.counts.n)]
      switch value?.agreement {
      case .success(let found):
        return first + [
          Self.error(found.medianRelativeError), Self.error(found.maximumRelativeError),
          .share(found.shareWithinTolerance), .estimate(found.kendallTauB), .estimate(found.spearman),
        ]
      case .failure(let reason): return first + Array(repeating: .undefined(reason.text), count: 5)
      case nil: return first + Array(repeating: .dash, count: 5)
      }
    }
    let tolerance =
      results.entries.lazy.compactMap { $0.value.agreement.value?.tolerance }.first ?? ColumnComparison.tolerance
    return ReportTable(
      name: name, caption: "\(title): computed against published values.",
      columns: [
        .init("Column"), .init("n", isNumeric: true), .init("median relative error", isNumeric: true),
        .init("largest", isNumeric: true), .init("within \(JSONValue.numberText(tolerance * 100)) %", isNumeric: true),
        .init("τ-b", isNumeric: true), .init("Spearman ρ", isNumeric: true),
      ], rows: rows)
  }

  private static func error(_ number: Double) -> ReportTable.Cell {
    number.isFinite ? .init(NumberText.compact(number, digits: 2).superscripted, value: .number(number)) : .dash
  }

  static let figures: [PartFigure<ComparisonPart>] = [
    PartFigure(
      .rankRank, reads: { part, _ in [.table(part.spec.dataset.value)] + part.inputs },
      draw: ComparisonPart.rankRank)
  ]

  /// Ranks by computed columns against ranks by published ones, for the pairs that are asked for, or for all.
  private func rankRank(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let table = try inputs.table("table")
    let results = try inputs.output(of: step)
    let names = RowNames(table)
    let wanted = Set(source.spec.columns.map(\.value))
    var plots: [RankRank.Plot] = []
    for (pair, title) in pairs where wanted.isEmpty || wanted.contains(pair.name.value) {
      let (computed, published) = try ComparisonStep.columns(pair, in: table)
      let rows = computed.indices.filter { computed[$0] != nil && published[$0] != nil }
      let found = results[pair.name.value]?.agreement.value
      plots.append(
        .init(
          title: title, computed: rows.compactMap { computed[$0] }, published: rows.compactMap { published[$0] },
          tau: found?.kendallTauB.value.value, medianRelativeError: found?.medianRelativeError,
          labels: names.labels(of: rows), member: pair.name.value))
    }
    return RankRank.figure(
      plots, title: "Computed and published ranks: \(self.title)",
      perRow: source.spec.perRow ?? min(3, max(1, plots.count)), width: source.spec.width.points)
  }
}

extension FigureKind {
  /// Ranks by a computed column against ranks by its published one, a panel for each pair of a comparison.
  package static let rankRank = FigureKind(
    "rank-rank", "Ranks by computed columns against ranks by published ones, a panel for each pair of a comparison.")
}
