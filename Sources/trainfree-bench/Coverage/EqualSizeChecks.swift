import Outcomes
import Statistics

/// Coverage of the intervals of γ and Somers' d over pairs of about equal size.
///
/// A pair counts as the product of two numbers of draws, which scatters more than a row's, so that the intervals of few rows err
/// on the wide side: 150 rows with some 2,200 such pairs are covered 97 times in a hundred.
enum EqualSizeChecks {
  static let all: [CoverageCheck] = [false, true].flatMap { isRepeated in
    let words = isRepeated ? "300 networks of 1 to 4 trainings" : "150 rows"
    let truth = population.fineValues(apart: 2)
    let expected: CoverageCheck.Expectation = isRepeated ? .share(0.95) : .atLeast(0.95)
    return [
      CoverageCheck("95 % BCa interval of γ at equal size, 24-valued metric, \(words)", expected) { seed in
        try resamples(isRepeated, seed)?.gamma.value?.interval().value.map { $0.holds(truth.gamma) }
      },
      CoverageCheck("95 % BCa interval of Somers' d at equal size, 24-valued metric, \(words)", expected) { seed in
        try resamples(isRepeated, seed)?.somersD.value?.interval().value.map { $0.holds(truth.somersD) }
      },
      // The size itself has the population of a metric that is nothing else.
      CoverageCheck("95 % BCa interval of Δ Somers' d at equal size, metric less size, \(words)", expected) {
        seed in
        let difference = truth.somersD - TiedPopulation(fidelity: 1).fineValues(apart: 2).somersD
        let found = try associations(isRepeated, seed)
        guard let metric = found[0].resamples?.somersD.value, let size = found[1].resamples?.somersD.value else {
          return nil
        }
        return try metric.minus(size).interval().value.map { $0.holds(difference) }
      },
    ]
  }

  private static let population = TiedPopulation(fidelity: 0.6)

  private static func resamples(
    _ isRepeated: Bool, _ seed: UInt64
  ) throws -> (gamma: Outcome<ResampledValue>, somersD: Outcome<ResampledValue>)? {
    try associations(isRepeated, seed)[0].resamples
  }

  /// The fine metric and the size.
  private static func associations(_ isRepeated: Bool, _ seed: UInt64) throws -> [EqualSizeAssociation] {
    let sample = population.sample(networks: isRepeated ? 300 : 150, isRepeated: isRepeated, seed: seed)
    return try EqualSizePairs(sizes: [sample.sizes], within: 0.1).associations(
      of: [sample.metrics[TiedPopulation.Metric.fine.rawValue], sample.sizes], target: sample.target,
      clusters: isRepeated ? sample.clusters : nil, settings: BootstrapSettings(resamples: 499, seed: seed))
  }
}
