import ElementaryFunctions

/// Snedecor's F distribution with d₁ and d₂ degrees of freedom, not necessarily whole.
package enum FDistribution {
  /// P(F ≤ f) = I_x(d₁/2, d₂/2) with x = d₁f/(d₁f + d₂); 0 for f ≤ 0. NaN for degrees of freedom that are not positive
  /// finite numbers.
  package static func cumulative(_ f: Double, _ first: Double, _ second: Double) -> Double {
    guard f > 0 else { return f.isNaN ? .nan : IncompleteBeta.regularized(0, a: first / 2, b: second / 2) }
    guard f < .infinity else { return IncompleteBeta.regularized(1, a: first / 2, b: second / 2) }
    let scaled = first / second * f
    // Both x and 1 − x are computed without a difference.
    let x = scaled / (1 + scaled)
    return IncompleteBeta.regularized(
      scaled.isFinite ? x : 1, complement: 1 / (1 + scaled), a: first / 2, b: second / 2)
  }

  /// The f with P(F ≤ f) = p for 0 < p < 1, by bisection of ln f until neighbouring numbers; relative error about 1e-12.
  /// 0 for p ≤ 0 and ∞ for p ≥ 1; NaN for degrees of freedom that are not positive finite numbers.
  package static func quantile(_ p: Double, _ first: Double, _ second: Double) -> Double {
    guard first > 0, second > 0, first.isFinite, second.isFinite, !p.isNaN else { return .nan }
    guard p > 0 else { return 0 }
    guard p < 1 else { return .infinity }
    // Above the median the upper tail is solved for, so that small tails keep their digits.
    if p > 0.5 { return 1 / lowerQuantile(1 - p, second, first) }
    return lowerQuantile(p, first, second)
  }

  private static func lowerQuantile(_ p: Double, _ first: Double, _ second: Double) -> Double {
    var (low, high) = (-700.0, 700.0)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      if cumulative(Elementary.exp(middle), first, second) < p { low = middle } else { high = middle }
    }
    return Elementary.exp(high)
  }
}
