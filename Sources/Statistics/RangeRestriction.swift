import ElementaryFunctions

/// The Kendall's τ that is left among the best rows of one column where the dependence is the same all over: what restriction of
/// range does by itself.
///
/// The reference is the Gaussian copula with the τ of all rows: ρ = sin(πτ/2) (Greiner 1909). Of two rows whose normal scores in
/// the cut column differ by d, the other scores differ by a normal variable of mean ρd and variance 2(1 − ρ²), so that the
/// expected sign is erf(kd), k = ρ/(2√(1 − ρ²)). Among the share p above c = Φ⁻¹(1 − p)
///
///     τₚ = 2/p² ∫_c^∞ φ(y) ∫_0^{y − c} φ(y − d) erf(kd) dd dy,
///
/// which is τ at p = 1 and falls with p; both columns play the same part, so that it holds for a cut by either. It is a
/// reference to read a truncated τ by, and no model of the data: another copula with the same τ keeps more or less.
package enum RangeRestriction {
  /// τ among the best share, by Gauss–Legendre quadrature; absolute error below 1e-8.
  ///
  /// - Parameters:
  ///   - overall: τ of all rows, in −1 … 1.
  ///   - share: The share kept, in (0, 1]; at least 1 keeps all.
  /// - Returns: τ among them, with the sign of `overall`; 0 without a number.
  package static func kendall(_ overall: Double, share: Double) -> Double {
    let tau = min(1, abs(overall))
    guard tau > 0, share > 0 else { return 0 }
    // √(1 − ρ²) = cos(πτ/2).
    let rest = Elementary.cosPi(tau / 2)
    guard share < 1, rest > 1e-6 else { return overall < 0 ? -tau : tau }
    let steepness = Elementary.sinPi(tau / 2) / (2 * rest)
    let cut = Normal.quantile(1 - share)
    let layer = 4 / steepness
    let sum = integral(from: cut, to: max(cut, 0) + reach, firstPanel: layer) { y in
      let inner = integral(from: 0, to: min(y - cut, y + reach), firstPanel: layer) { d in
        density(y - d) * Elementary.erf(steepness * d)
      }
      return density(y) * inner
    }
    let value = min(1, 2 * sum / (share * share))
    return overall < 0 ? -value : value
  }

  /// Standard deviations beyond which the normal density is left out.
  private static let reach = 8.0

  private static func density(_ z: Double) -> Double { Elementary.exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// An integral in panels of length 1 at most, the first one shorter where the integrand changes fast at its start.
  private static func integral(
    from start: Double, to end: Double, firstPanel: Double, _ integrand: (Double) -> Double
  ) -> Double {
    guard end > start else { return 0 }
    var sum = 0.0
    var low = start
    var length = min(1, firstPanel)
    while low < end {
      let high = min(end, low + length)
      let (middle, half) = ((low + high) / 2, (high - low) / 2)
      for (node, weight) in nodes {
        sum += half * weight * (integrand(middle - half * node) + integrand(middle + half * node))
      }
      low = high
      length = 1
    }
    return sum
  }

  /// Positive nodes and weights of the Gauss–Legendre rule of twelve points.
  private static let nodes: [(Double, Double)] = [
    (0.1252334085114689, 0.2491470458134027), (0.3678314989981801, 0.2334925365383547),
    (0.5873179542866175, 0.2031674267230659), (0.7699026741943047, 0.1600783285433463),
    (0.9041172563704749, 0.1069393259953183), (0.9815606342467192, 0.0471753363865119),
  ]
}
