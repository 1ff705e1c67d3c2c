import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics
import Tables

/// Level means and differences, variance explained and frequencies in the top, of features and groups.
struct EffectsStep: SynchronousStep {
  let effects: EffectsPart
  let kind = StepKind("effects", version: 3)

  private var spec: EffectsSpec { effects.spec }

  var name: String { "effects/\(effects.name)" }

  var inputs: [StepInput] { [.table(effects.target.dataset)] }

  var parameters: JSONValue {
    .record([
      "target": .string(effects.target.column), "target-better": .string(effects.target.better.rawValue),
      "settings": spec.canonical(except: ["target"]), "clustered": .bool(effects.isClustered),
    ])
  }

  private var settings: FeatureEffects.Settings {
    let places = Dictionary(
      effects.features.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return FeatureEffects.Settings(
      groups: spec.groups.map { $0.features.compactMap { places[$0.value] } },
      byLevel: Set(spec.byLevel.compactMap { places[$0.value] }),
      permutation: .init(permutations: spec.permutations, seed: spec.seed.bits),
      interval: spec.interval.map(\.settings), topSizes: spec.top?.sizes ?? [])
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let rows = try FeatureRows(
      inputs.table("table"), target: effects.target, features: effects.features, strata: effects.strata,
      isClustered: effects.isClustered)
    return .json(try EffectsRecord(effects, rows, FeatureEffects(rows.sample, settings)).value)
  }
}
