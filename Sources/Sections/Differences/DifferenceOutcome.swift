import Outcomes
import Specs
import Statistics

/// What is found of the difference of two metrics.
struct DifferenceOutcome: Sendable {
  /// The difference of their coefficients.
  var difference: Result<Double, Reason>
  /// Its resamples.
  var resampled: Result<ResampledValue, Reason>
  /// The three correlations that parametric tests are made of.
  var correlations: Result<DependentCorrelations, Reason>

  init(difference: Result<Double, Reason>) {
    self.difference = difference
    let reason: Reason
    if case .failure(let undefined) = difference { reason = undefined } else { reason = Reason("not computed") }
    resampled = .failure(reason)
    correlations = .failure(reason)
  }

  /// The p-value of a test; nil for one that gives an interval alone.
  func pValue(_ test: DifferencesSpec.Test) -> Result<Double, Reason>? {
    switch test {
    case .pairedBootstrap: resampled.flatMap { value in Result { () throws(Reason) in try value.pValue() } }
    case .steiger, .meng: normalTest(test)?.map(\.pValue)
    case .zou: nil
    }
  }

  /// The normal statistic of a test; nil for one that has none.
  func normalTest(_ test: DifferencesSpec.Test) -> Result<NormalTest, Reason>? {
    switch test {
    case .steiger: correlations.flatMap { three in Result { () throws(Reason) in try three.steiger() } }
    case .meng: correlations.flatMap { three in Result { () throws(Reason) in try three.meng() } }
    case .pairedBootstrap, .zou: nil
    }
  }
}
