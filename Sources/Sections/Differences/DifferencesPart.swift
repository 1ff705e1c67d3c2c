import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// Differences between metrics, with the pairs that are compared.
struct DifferencesPart: DrawnPart {
  let spec: DifferencesSpec
  /// The metrics and baselines with their target.
  let family: ComparedMetrics
  /// The pairs, as places among the family's members: the second is subtracted from the first.
  let pairs: [Pair]

  /// Two members that are compared, by their places among the family's members.
  struct Pair: Sendable, Hashable {
    var first: Int
    var second: Int
  }

  /// The key of a pair's results, such as `head-confidence-minus-parameters`.
  func key(_ pair: Pair) -> String {
    "\(family.members[pair.first].name)-minus-\(family.members[pair.second].name)"
  }

  /// The pair's name for people: the titles of both members with a minus sign between them.
  func label(_ pair: Pair) -> String {
    "\(family.members[pair.first].title) − \(family.members[pair.second].title)"
  }

  /// True when intervals and tests of so many rows are made by the jackknife.
  func isJackknife(_ rows: Int) -> Bool { spec.interval.settings(rows: rows).method == .jackknife }

  var name: String { family.name }
  var title: String { family.title }
  var steps: [any Step] { [step] }
  /// The step that compares all pairs.
  var step: DifferencesStep { DifferencesStep(part: self) }
  var seed: Int? { spec.interval.seed.value }
  var drawnTable: String? { family.target.dataset }
  var ignoresUnits: Bool { !spec.interval.clustered }
  var figureColumns: (what: String, names: [String])? { ("pair", pairs.map { key($0) }) }

  /// The output of the step, each pair with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(pairs.map { (key($0), label($0)) }) { first, _ in first }
    let found = try inputs.json(step.name).titled(titles)
    guard let warning = tieWarning(try inputs.output(of: step)) else { return found }
    let warnings = JSONMember(key: "warnings", value: .array([.string(warning.source)]))
    return .object((found.members ?? []) + [warnings])
  }

  func missingPolicy(of _: [Substring]) -> String? { family.missing.rawValue }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch DifferencesSpec.Content(rawValue: spec.content ?? "") ?? .differences {
    case .differences: try differencesTable(context)
    case .coefficients: try coefficientTable(context)
    }
  }

  static let figures: [PartFigure<DifferencesPart>] = [
    PartFigure(.forest, draw: DifferencesPart.forest)
  ]
}

extension DifferencesPart {
  /// The most numbers that the resamples of a differences part may hold, and the most pairs it may compare.
  private static let greatestResampleCount = 20_000_000
  private static let greatestPairCount = 10_000

  init?(_ spec: DifferencesSpec, _ family: ComparedMetrics, _ lookup: inout ColumnLookup) {
    let names = family.members.map(\.name)
    var isKnown = true
    func place(_ name: Located<String>) -> Int? {
      if let place = names.firstIndex(of: name.value) { return place }
      lookup.report(
        name, id: "unknown-metric", "\(spec.name.value) has no metric or baseline \(name.value)", known: names)
      isKnown = false
      return nil
    }
    let against = spec.against.compactMap { place($0) }
    let single = spec.pairs.flatMap { list -> [Pair] in
      guard let first = place(list.name) else { return [] }
      return list.against.compactMap { place($0) }.filter { $0 != first }.map { Pair(first: first, second: $0) }
    }
    // With a name that is not known all pairs stand, so that figures of them are not reported too.
    if !isKnown || spec.against.isEmpty && spec.pairs.isEmpty {
      pairs = Self.pairs(family.members, against: nil)
    } else {
      pairs = spec.pairs.isEmpty ? Self.pairs(family.members, against: against) : single
    }
    self.spec = spec
    self.family = family
    guard isKnown else { return }
    checkFamilies(&lookup)
    if pairs.isEmpty {
      lookup.report(
        spec.name, id: "no-pairs", "\(spec.name.value) has nothing to compare",
        fix: "name two metrics or baselines at least")
    }
    let resamples = spec.interval.resamples
    if names.count.multipliedReportingOverflow(by: resamples).partialValue > Self.greatestResampleCount
      || pairs.count > Self.greatestPairCount
    {
      lookup.report(
        spec.name, id: "too-many",
        "\(spec.name.value) would compare \(pairs.count) pairs of \(names.count) metrics by \(resamples) resamples",
        fix: "take fewer resamples, name fewer metrics, or say which they are held against")
    }
  }

  /// Metrics against the members named, or every pair; each pair once.
  private static func pairs(_ members: [FamilyMember], against: [Int]?) -> [Pair] {
    guard let against else {
      return members.indices.flatMap { first in
        members.indices.filter { $0 > first }.map { Pair(first: first, second: $0) }
      }
    }
    let seconds = Set(against)
    return members.indices.filter { !members[$0].isBaseline }.flatMap { first in
      against.filter { second in
        // Where both are held against each other, the one that comes first is the first.
        second != first && !(seconds.contains(first) && !members[second].isBaseline && second < first)
      }
      .map { Pair(first: first, second: $0) }
    }
  }
}

extension DifferencesPart {
  /// Differences with their intervals, around the line at zero.
  private func forest(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let (figure, results) = (source.spec, try inputs.output(of: step))
    let wanted = Set(figure.columns.map(\.value))
    let shown = pairs.filter { wanted.isEmpty || wanted.contains(key($0)) }
    // What every pair is held against is said once.
    let rivals = Set(shown.map(\.second))
    let rival = rivals.count == 1 ? rivals.first.map { family.members[$0].title } : nil
    let rows = shown.map { pair -> ForestPlot.Row in
      let found = results.pairs[key(pair)]?.difference
      let first = family.members[pair.first]
      return ForestPlot.Row(
        label: rival == nil ? label(pair) : first.title, value: found?.value.value,
        interval: found?.ends.map { ($0.lower, $0.upper) }, reason: found?.value.reason?.text, member: first.name)
    }
    let less = rival.map { ", less that of \($0.lowercasedFirst)" } ?? ", the first less the second"
    return ForestPlot.figure(
      rows, title: "Differences of \(coefficientTitle): \(title)",
      axis:
        "\(coefficientTitle) with \(family.target.title.lowercasedFirst)\(less), \(spec.interval.percent) % interval",
      sides: .init(
        below: rival.map { "\($0.lowercasedFirst) better" } ?? "second better",
        above: rival == nil ? "first better" : "metric better"),
      width: figure.width.points
    ).showing([spec.coefficient])
  }
}
