import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs

/// Differences between metrics, with the pairs that are compared.
struct ResolvedDifferences {
  /// How the spec describes them.
  let spec: DifferencesSpec
  /// The metrics and baselines with their target.
  let family: ResolvedFamily
  /// The pairs, as places among the family's members: the second is subtracted from the first.
  let pairs: [Pair]

  /// Two members.
  struct Pair: Sendable, Hashable {
    /// The first member's place.
    var first: Int
    /// The second member's place.
    var second: Int
  }

  /// What a pair's results are addressed by: `head-confidence-minus-parameters`.
  func key(_ pair: Pair) -> String {
    "\(family.members[pair.first].name)-minus-\(family.members[pair.second].name)"
  }

  /// A pair for people.
  func label(_ pair: Pair) -> String {
    "\(family.members[pair.first].title) − \(family.members[pair.second].title)"
  }
}

extension ResolvedDifferences: AnalysisPart {
  var name: String { family.name }
  var title: String { family.title }
  var steps: [any Step] { [DifferencesStep(part: self)] }
  var seed: Int? { family.seed }
  var figureColumns: (what: String, names: [String])? { ("pair", pairs.map { key($0) }) }

  /// The output of the step, each pair with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(pairs.map { (key($0), label($0)) }) { first, _ in first }
    return try inputs.json("differences/\(name)").titled(titles)
  }

  func settings(of path: [Substring]) -> ValueSettings {
    let interval = spec.interval
    let policy = family.spec.missing.rawValue
    for (test, method) in [("zou", "Zou 2007"), ("meng", "Meng, Rosenthal & Rubin 1992")]
    where path.contains(Substring(test)) {
      return ValueSettings(method: method, level: interval.level, policy: policy)
    }
    var settings = ValueSettings(interval, isClustered: family.isClustered, policy: policy)
    settings.method = settings.method.map { "paired \($0)" }
    return settings
  }

  func table(_ content: TableContent?, _ tables: ReportTables) -> ReportTable {
    content == .coefficients ? tables.compared(self) : tables.differences(self)
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    source.differences(self, try inputs.json("differences/\(name)"))
  }
}
