import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Tables

/// Feature effects with the columns they look at.
struct EffectsPart: AnalysisPart {
  /// How the spec describes them.
  let spec: EffectsSpec
  /// The target.
  let target: ResolvedTarget
  /// The columns looked at, in order.
  let features: [ColumnSchema]
  /// The columns that make the strata.
  let strata: [ColumnSchema]
  /// Whether rows are in clusters.
  let isClustered: Bool

  /// The name for people.
  var title: String { spec.displayTitle }

  /// The columns and groups by name, with their titles.
  var entries: [(name: String, title: String, isGroup: Bool)] {
    features.map { ($0.name, $0.displayTitle, false) }
      + spec.groups.map { group in
        let names = group.features.map { name in features.first { $0.name == name.value }?.displayTitle ?? name.value }
        return (group.name.value, group.title ?? names.joined(separator: ", "), true)
      }
  }

  /// The strata in words, such as `depth × hidden size`.
  var strataTitle: String { strata.map(\.displayTitle.lowercasedFirst).joined(separator: " × ") }
  var name: String { spec.name.value }
  var steps: [any Step] { [EffectsStep(effects: self)] }
  var seed: Int? { spec.seed.value }

  /// The output of the step, each feature and group with its title.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(entries.map { ($0.name, $0.title) }) { first, _ in first }
    return try inputs.json("effects/\(name)").titled(titles)
  }

  var figureColumns: (what: String, names: [String])? { ("feature or group", entries.map(\.name)) }

  func settings(of _: [Substring]) -> ValueSettings {
    ValueSettings(spec.interval, isClustered: isClustered, policy: "drop")
  }

  func table(_ spec: TableSpec, _ context: ReportTables) throws(Reason) -> ReportTable {
    switch EffectsSpec.Content(rawValue: spec.content ?? "") ?? .explained {
    case .explained: context.explained(self)
    case .strata: context.strata(self)
    case .levels: context.levels(self)
    case .frequency: context.frequency(self)
    }
  }

  func figure(_ source: FigureSource, _ inputs: StepInputs) throws(Reason) -> ResolvedFigure {
    let json = try inputs.json("effects/\(name)")
    switch source.spec.kind {
    case .levelMeans: return source.levelMeans(self, json)
    case .levelDifferences: return source.levelDifferences(self, json)
    default: return source.explained(self, json)
    }
  }
}
