import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Tables

/// Feature effects with the columns they look at.
struct EffectsPart: DrawnPart {
  let spec: EffectsSpec
  let target: ResolvedTarget
  /// The columns looked at, in order.
  let features: [ColumnSchema]
  /// The columns that make the strata.
  let strata: [ColumnSchema]
  /// What one of the units is called that are drawn and permuted; nil when rows are.
  let unit: UnitNoun?

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
  var title: String { spec.displayTitle }
  var step: EffectsStep { EffectsStep(effects: self) }
  var steps: [any Step] { [step] + [varianceStep].compactMap { $0 } }
  var seed: Int? { spec.seed.value }
  var drawnTable: String? { target.dataset }
  var ignoresUnits: Bool { spec.interval?.clustered == false }
  var figureColumns: (what: String, names: [String])? { ("feature or group", entries.map(\.name)) }

  /// The output of the step, each feature and group with its title, and the shares of the variance.
  func values(_ inputs: StepInputs) throws(Reason) -> JSONValue {
    let titles = Dictionary(entries.map { ($0.name, $0.title) }) { first, _ in first }
    let features = try inputs.json(step.name).titled(titles)
    guard let varianceStep else { return features }
    let shares = JSONMember(key: Self.variance, value: try inputs.json(varianceStep.name))
    return .object((features.members ?? []) + [shares])
  }

  func missingPolicy(of _: [Substring]) -> String? { MissingPolicy.drop.rawValue }
}
