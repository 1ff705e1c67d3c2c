import Outcomes

/// The pairs of rows of about equal size: of each size the smaller is more than 1 − `within` of the larger, min/max > 1 − within.
///
/// With the size that a metric is suspected to be, what is left of its association with a target on these pairs is what it says
/// besides size. Zhu, Zhao & Lu (2026) print it of pairs within 10 % of the number of parameters.
package struct EqualSizePairs: Sendable {
  /// One row of each pair.
  let first: [Int32]
  /// The other row of each pair.
  let second: [Int32]
  /// Number of rows that the pairs are of.
  package let rowCount: Int

  /// The most pairs there may be.
  package static let greatestCount = 5_000_000

  /// Number of pairs.
  package var count: Int { first.count }

  /// Finds the pairs. O(n log n) and what the first size leaves of them.
  ///
  /// - Parameters:
  ///   - sizes: Columns of sizes, one at least; a pair is close in each.
  ///   - within: The largest difference, as a share of the larger size, itself left out; in (0, 1).
  ///   - groups: A number for each row, the same in both rows of a pair; nil for no such condition.
  /// - Throws: `Reason` for no column, columns that differ in length, a size that is not a positive finite number, a share outside
  ///   of (0, 1), or more than `greatestCount` pairs.
  package init(sizes: [[Double]], within: Double, groups: [Int]? = nil) throws(Reason) {
    try self.init(sizes: sizes, within: within, groups: groups, greatestCount: Self.greatestCount)
  }

  /// The same with a bound of one's own.
  init(sizes: [[Double]], within: Double, groups: [Int]?, greatestCount: Int) throws(Reason) {
    guard let leading = sizes.first else { throw Reason("no size is named") }
    guard sizes.allSatisfy({ $0.count == leading.count }), groups.map({ $0.count == leading.count }) ?? true else {
      throw Reason("the columns differ in length")
    }
    guard sizes.allSatisfy({ $0.allSatisfy { $0.isFinite && $0 > 0 } }) else {
      throw Reason("a size is not a positive number")
    }
    guard within > 0, within < 1 else { throw Reason("the share is not between 0 and 1") }
    let kept = 1 - within
    let groups = groups ?? [Int](repeating: 0, count: leading.count)
    let order = leading.indices.sorted {
      (groups[$0], leading[$0], $0) < (groups[$1], leading[$1], $1)
    }
    var (first, second): ([Int32], [Int32]) = ([], [])
    for (place, row) in order.enumerated() {
      for other in order[(place + 1)...] {
        // Sizes ascend inside a group: the first that is too large ends the search.
        guard groups[other] == groups[row], leading[row] > kept * leading[other] else { break }
        let isClose = sizes.dropFirst().allSatisfy { min($0[row], $0[other]) > kept * max($0[row], $0[other]) }
        guard isClose else { continue }
        guard first.count < greatestCount else {
          throw Reason("more than \(greatestCount) pairs are of equal size")
        }
        first.append(Int32(truncatingIfNeeded: row))
        second.append(Int32(truncatingIfNeeded: other))
      }
    }
    self.first = first
    self.second = second
    rowCount = leading.count
  }
}

/// The association of a metric and a target over pairs of about equal size.
///
/// With C concordant and D discordant pairs, and T pairs that differ in the target,
///
/// | coefficient | value |
/// |---|---|
/// | γ (Goodman & Kruskal 1954) | (C − D)/(C + D): pairs tied in either column are left out |
/// | d (Somers 1962) | (C − D)/T: a pair that is tied in the metric counts as a coin flip |
///
/// γ rewards a metric for ties, of which it is not asked; d can be compared between metrics. Where all sizes are equal d is Somers'
/// d of all rows.
package struct EqualSizeAssociation: Sendable {
  /// Pairs of about equal size.
  package let pairs: Int
  /// Those tied in the metric.
  package let tiedMetric: Int
  /// Those tied in the target.
  package let tiedTarget: Int
  /// γ, or why there is none.
  package let gamma: Outcome<Double>
  /// d, or why there is none.
  package let somersD: Outcome<Double>
  /// The resamples of both, or why there are none; nil when none were asked for.
  package let resamples: (gamma: Outcome<ResampledValue>, somersD: Outcome<ResampledValue>)?
}

extension EqualSizePairs {
  /// Computes the association of several metrics with a target on the same pairs, with bootstrap resamples in which a pair counts
  /// as often as the product of the times that its rows' units came. The resamples are those of `Bootstrap.resampled` with as many
  /// units, the same for every metric. The jackknife leaves out one unit, with all pairs that it has a row in.
  /// O(resamples · metrics · pairs).
  ///
  /// - Parameters:
  ///   - metrics: Finite numbers, one for each row.
  ///   - target: Finite numbers, one for each row.
  ///   - clusters: The unit of each row; nil when every row stands by itself.
  ///   - settings: The settings of the resamples; nil for none.
  /// - Throws: `Reason` for columns that have another length than the sizes.
  package func associations(
    of metrics: [[Double]], target: [Double], clusters: [Int]? = nil, settings: BootstrapSettings?
  ) throws(Reason) -> [EqualSizeAssociation] {
    guard target.count == rowCount, metrics.allSatisfy({ $0.count == rowCount }),
      clusters.map({ $0.count == rowCount }) ?? true
    else { throw Reason("the columns differ in length") }
    let units = Strata(clusters ?? Array(0..<rowCount))
    let signs = PairSigns(self, metrics: metrics, target: target)
    let whole = signs.sums(weights: [Int32](repeating: 1, count: count))
    var resamples: PairResamples?
    if let settings, settings.fault == nil, units.count >= 3, count > 0 {
      resamples = PairResamples(self, signs, units, settings)
    }
    return metrics.indices.map { metric in
      let sums = whole[metric]
      let values = [(sums.gamma, "metric or the target"), (sums.somersD, "target")].map { value, tied in
        value.map { Outcome.success($0) }
          ?? .failure(
            Reason(count == 0 ? "no two rows are of equal size" : "every pair of equal size is tied in the \(tied)"))
      }
      var made: (gamma: Outcome<ResampledValue>, somersD: Outcome<ResampledValue>)?
      if let settings {
        func resampled(_ value: Outcome<Double>, _ of: (PairSums) -> Double?) -> Outcome<ResampledValue> {
          value.flatMap { value in
            guard let resamples else {
              return .failure(
                Reason(
                  settings.fault ?? (clusters == nil ? "fewer than three rows" : "fewer than three clusters")))
            }
            return .success(
              ResampledValue(
                value: value, replicates: resamples.replicates[metric].map(of),
                jackknife: resamples.jackknife[metric].map(of), settings: settings,
                isCoefficient: true))
          }
        }
        made = (resampled(values[0]) { $0.gamma }, resampled(values[1]) { $0.somersD })
      }
      return EqualSizeAssociation(
        pairs: count, tiedMetric: signs.tiedMetrics[metric], tiedTarget: count - Int(sums.untiedTarget),
        gamma: values[0], somersD: values[1], resamples: made)
    }
  }
}
