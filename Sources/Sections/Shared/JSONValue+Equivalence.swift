import Documents
import Outcomes
import Statistics

extension JSONValue {
  /// What the interval of coverage 1 − 2α says of a margin, where intervals of coverage `level` = 1 − α are reported: `value`,
  /// `margin`, `level`, `lower`, `upper`, `verdict`; or `undefined`.
  static func equivalence(
    _ resampled: Result<ResampledValue, Reason>, margin: Double, level: Double
  ) -> JSONValue {
    let level = EquivalenceVerdict.level(for: level)
    switch resampled.flatMap({ $0.interval(level: level) }) {
    case .failure(let undefined): return ["undefined": .string(undefined.text)]
    case .success(let found):
      return .record([
        "value": (try? resampled.get()).map { .finite($0.value) } ?? .null, "margin": .number(margin),
        "level": .number(level), "lower": .finite(found.lower),
        "upper": .finite(found.upper), "verdict": .string(EquivalenceVerdict(found, margin: margin).rawValue),
      ])
    }
  }
}
