import Outcomes

/// Decides for many pairs of samples whether the values of one are significantly greater, by one-sided Mann–Whitney tests at one
/// level. The exact distributions are made once for each pair of sizes.
package struct MannWhitneyDecisions: Sendable {
  /// The significance level α.
  package let alpha: Double
  private var distributions: [SIMD2<Int>: MannWhitneyDistribution?] = [:]

  package init(alpha: Double) { self.alpha = alpha }

  /// True when p < α for the first sample's values being greater; see `MannWhitney`. O(values).
  ///
  /// - Precondition: Both are ascending.
  /// - Throws: `Reason` for a sample without values.
  package mutating func isGreater(_ first: [Double], than second: [Double]) throws(Reason) -> Bool {
    let sizes = SIMD2(first.count, second.count)
    if distributions[sizes] == nil {
      distributions.updateValue(MannWhitneyDistribution(first.count, second.count), forKey: sizes)
    }
    let distribution = distributions[sizes] ?? nil
    return try MannWhitney(sorted: first, second) { distribution }.pValueGreater < alpha
  }
}
