import Outcomes

/// The reliability of a measurement inside strata together, which may differ in how noisy they are: the ceiling of correlations
/// that are pooled over strata.
///
/// Σ Tₛ ρₛ / Σ Tₛ of the strata's reliabilities ρₛ with their sums of squares Tₛ = (Nₛ − 1) sₛ²: the share of the variance inside
/// strata that is not error, each stratum's error taken from its own replicates. Strata without replicates are left out.
package struct PooledReliability: Sendable, Hashable {
  /// The reliability, 1 at most; negative when there is nothing but error.
  package let value: Double
  /// Number of values in the strata that are used.
  package let count: Int
  /// Number of strata used.
  package let strataCount: Int

  /// Pools strata.
  ///
  /// - Throws: `Reason` when there are none.
  package init(_ strata: [ReplicateReliability]) throws(Reason) {
    let largest = strata.map(\.standardDeviation).max() ?? 0
    guard largest > 0 else { throw Reason("no stratum has replicates") }
    let weights = strata.map { stratum in
      let relative = stratum.standardDeviation / largest
      return Double(stratum.count - 1) * relative * relative
    }
    value = zip(weights, strata).reduce(0) { $0 + $1.0 * $1.1.reliability } / weights.reduce(0, +)
    count = strata.reduce(0) { $0 + $1.count }
    strataCount = strata.count
  }

  /// The noise ceiling √reliability of Pearson's r pooled over strata, approximately of Spearman's ρ.
  ///
  /// - Throws: `Reason` when the reliability is not positive.
  package func noiseCeiling() throws(Reason) -> Double {
    guard value > 0 else { throw Reason("the reliability is not positive") }
    return value.squareRoot()
  }
}
