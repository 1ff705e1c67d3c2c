import Documents
import Outcomes
import Pipeline
import Reductions
import Specs
import Statistics
import Tables

/// Level means and differences, variance explained and frequencies in the top, of features and groups.
struct EffectsStep: SynchronousStep {
  let effects: ResolvedEffects
  let kind = StepKind("effects", version: 2)

  private var spec: EffectsSpec { effects.spec }

  var name: String { "effects/\(effects.name)" }

  var inputs: [StepInput] { [StepInput("table", from: "table/\(effects.target.dataset)")] }

  var parameters: JSONValue {
    func names(_ columns: [Located<String>]) -> JSONValue { .array(columns.map { .string($0.value) }) }
    return .record([
      "target": .string(effects.target.column), "target-better": .string(effects.target.better.rawValue),
      "entries": .array(effects.entries.map { .string($0.name) }),
      "groups": .array(spec.groups.map { names($0.features) }), "by-level": names(spec.byLevel),
      "strata": names(spec.strata), "permutations": .integer(spec.permutations), "seed": .integer(spec.seed.value),
      "adjustment": .string(spec.adjustment.rawValue), "top": .array((spec.top?.sizes ?? []).map { .number($0) }),
      "clustered": .bool(effects.isClustered),
      "interval": spec.interval.map {
        [
          "method": .string($0.method.rawValue), "resamples": .integer($0.resamples), "seed": .integer($0.seed.value),
          "level": .number($0.level),
        ]
      } ?? .null,
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
    do throws(Reason) {
      let made = try FeatureEffects(rows.sample, settings)
      return .json(try EffectsRecord(effects, rows, made).value)
    } catch {
      throw Reason(error.text)
    }
  }
}
