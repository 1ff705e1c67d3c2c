import Specs
import Statistics

/// What is found of the difference of two metrics.
struct DifferenceOutcome: Sendable {
  /// The difference of their coefficients.
  var difference: Result<Double, Undefined>
  /// Its resamples.
  var resampled: Result<ResampledValue, Undefined>
  /// The three correlations that parametric tests are made of.
  var correlations: Result<DependentCorrelations, Undefined>

  init(difference: Result<Double, Undefined>) {
    self.difference = difference
    let reason: Undefined
    if case .failure(let undefined) = difference { reason = undefined } else { reason = Undefined("not computed") }
    resampled = .failure(reason)
    correlations = .failure(reason)
  }

  /// The p-value of a test; nil for one that gives an interval alone.
  func pValue(_ test: DifferencesSpec.Test) -> Result<Double, Undefined>? {
    switch test {
    case .pairedBootstrap: resampled.flatMap { value in Result { () throws(Undefined) in try value.pValue() } }
    case .steiger, .meng: normalTest(test)?.map(\.pValue)
    case .zou: nil
    }
  }

  /// The normal statistic of a test; nil for one that has none.
  func normalTest(_ test: DifferencesSpec.Test) -> Result<NormalTest, Undefined>? {
    switch test {
    case .steiger: correlations.flatMap { three in Result { () throws(Undefined) in try three.steiger() } }
    case .meng: correlations.flatMap { three in Result { () throws(Undefined) in try three.meng() } }
    case .pairedBootstrap, .zou: nil
    }
  }
}
