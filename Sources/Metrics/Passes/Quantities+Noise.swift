extension Quantities {
  /// |score without noise − score with noise|.
  func change(of score: KeyPath<JacobianScores, MetricOutcome>, noise index: Int) -> MetricOutcome {
    guard let jacobian, index < noisedJacobians.count else { return .undefined("the gradient is zero") }
    return .combine(jacobian[keyPath: score], noisedJacobians[index][keyPath: score]) { abs($0 - $1) }
  }

  /// The product of the scores without noise and with each.
  func productOverNoise(of score: KeyPath<JacobianScores, MetricOutcome>) -> MetricOutcome {
    guard let jacobian, !noisedJacobians.isEmpty else { return .undefined("the gradient is zero") }
    return noisedJacobians.reduce(jacobian[keyPath: score]) { .combine($0, $1[keyPath: score], *) }
  }
}
