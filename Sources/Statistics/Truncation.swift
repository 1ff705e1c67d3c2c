import Outcomes

/// The ranking cut to its best part.
package enum Truncation {
  /// The column of a sample by which its best rows are kept.
  package enum Order: Sendable, Hashable {
    /// The first column, as a rule the metric.
    case byFirst
    /// The second column, as a rule the target.
    case bySecond
  }

  /// The rows whose value is among the best share: `TopSize.count(ofShare:of:)` rows, and all that are tied with the last of
  /// them; without a number for a share no row is kept. O(n log n).
  package static func rows(_ values: [Double], share: Double, higherIsBetter: Bool) -> [Int] {
    guard !values.isEmpty, !share.isNaN else { return [] }
    let sorted = values.sorted { higherIsBetter ? $0 > $1 : $0 < $1 }
    let threshold = sorted[TopSize.count(ofShare: share, of: values.count) - 1]
    return values.indices.filter { higherIsBetter ? values[$0] >= threshold : values[$0] <= threshold }
  }

  /// The best share of a sample by one of its columns, with its clusters.
  ///
  /// - Throws: `Reason` for fewer than two rows.
  package static func sample(_ sample: PairedSample, share: Double, _ order: Order) throws(Reason) -> PairedSample {
    let (values, column) = order == .byFirst ? (sample.x, sample.first) : (sample.y, sample.second)
    let kept = rows(values, share: share, higherIsBetter: column.higherIsBetter)
    return try PairedSample(
      x: kept.map { sample.x[$0] }, y: kept.map { sample.y[$0] },
      clusters: sample.clusters.map { all in kept.map { all[$0] } }, first: sample.first, second: sample.second)
  }

  /// Bootstrap intervals of coefficients among the best shares of a sample.
  ///
  /// Each resample draws units (clusters, or rows) of the whole sample, and is then cut to its own best share: where the cut
  /// falls varies as it would in new data. See `Bootstrap.resampled(unitCount:settings:_:)`; the acceleration of BCa comes from
  /// groups of units. All shares are prefixes of one order, so that a resample costs one pass over the largest and a count of
  /// concordant pairs for each. O(resamples · n log n).
  ///
  /// - Returns: By share and coefficient an interval, or why there is none; nil for coefficients that are not made of counts
  ///   of pairs alone (`PairFormula`).
  package static func intervals(
    of coefficients: [Coefficient], sample: PairedSample, shares: [Double], _ order: Order, settings: BootstrapSettings
  ) -> [[Outcome<Interval>?]] {
    let ranked = RankedPairs(x: sample.x, y: sample.y)
    let formulas = coefficients.map { $0.formula(ranked, sample) as? any PairFormula }
    let used = formulas.compactMap(\.self)
    guard !shares.isEmpty, !used.isEmpty else { return shares.map { _ in coefficients.map { _ in nil } } }
    let ascending = shares.indices.sorted { shares[$0] < shares[$1] }
    var evaluator = TruncatedEvaluator(sample, ranked, order: order, shares: ascending.map { shares[$0] })
    let resampled = Bootstrap.resampled(unitCount: sample.unitCount, settings: settings) { drawn in
      evaluator.counts(unitWeights: drawn).flatMap { counts in
        used.map { counts.total >= 2 ? $0.value(counts) : nil }
      }
    }
    var places: [Int: Int] = [:]
    for (place, share) in ascending.enumerated() { places[share] = place }
    return shares.indices.map { share in
      var next = (places[share] ?? 0) * used.count
      return formulas.map { formula in
        guard formula != nil else { return nil }
        defer { next += 1 }
        return resampled[next].flatMap { $0.interval() }
      }
    }
  }
}

/// A formula that is made of counts of pairs and ties alone, so that it can be had for any part of a ranking from these.
protocol PairFormula: CoefficientFormula {
  /// The value; nil where a column does not vary.
  func value(_ counts: PairCounts) -> Double?
}

extension Coefficient {
  /// True for a coefficient that is made of counts of pairs and ties alone, as τ-b is.
  package var isOfPairs: Bool {
    guard let sample = try? PairedSample(x: [0, 1], y: [0, 1]) else { return false }
    return formula(RankedPairs(x: sample.x, y: sample.y), sample) is any PairFormula
  }
}

extension KendallTauB: PairFormula {
  func value(_ counts: PairCounts) -> Double? { counts.tauB() }
}

extension KendallTauA: PairFormula {
  func value(_ counts: PairCounts) -> Double? { counts.tauA() }
}

extension SomersD: PairFormula {
  func value(_ counts: PairCounts) -> Double? { counts.somersD() }
}

/// Counts pairs and ties among the best shares of a sample under changing whole weights of its units.
struct TruncatedEvaluator: ~Copyable {
  /// The shares, ascending.
  private let shares: [Double]
  private let order: Truncation.Order
  /// Dense rank of each place in the column that is cut, from 0 for the best; places are in that order.
  private let keyRanks: [Int32]
  /// Dense rank of each place in the other column.
  private let otherRanks: [Int32]
  /// Unit of each place.
  private let units: [Int32]
  /// Number of rows of each unit.
  private let unitSizes: [Int32]
  /// −1 where the better values of the column that is cut are the larger ones.
  private let sign: Int64
  private var counter: RankCounter
  /// Weight seen so far by rank of the other column; 0 between evaluations.
  private var otherTotals: [Int32]
  /// Places that count, with their ranks and weights.
  private var keptKeys: [Int32]
  private var keptOthers: [Int32]
  private var keptWeights: [Int32]

  /// Sorts a sample by one of its columns.
  ///
  /// - Precondition: The shares ascend.
  init(_ sample: PairedSample, _ ranked: RankedPairs, order: Truncation.Order, shares: [Double]) {
    self.shares = shares
    self.order = order
    let isByFirst = order == .byFirst
    let higherIsBetter = isByFirst ? sample.first.higherIsBetter : sample.second.higherIsBetter
    let keys = DenseRanks((isByFirst ? sample.x : sample.y).map { higherIsBetter ? -$0 : $0 })
    let others = DenseRanks(isByFirst ? sample.y : sample.x)
    keyRanks = keys.order.map { keys.ranks[Int($0)] }
    otherRanks = keys.order.map { others.ranks[Int($0)] }
    units = keys.order.map { Int32(truncatingIfNeeded: sample.clusters?[Int($0)] ?? Int($0)) }
    sign = higherIsBetter ? -1 : 1
    var sizes = [Int32](repeating: 0, count: sample.unitCount)
    for unit in units { sizes[Int(unit)] += 1 }
    unitSizes = sizes
    counter = RankCounter(count: others.distinctCount)
    otherTotals = [Int32](repeating: 0, count: others.distinctCount)
    keptKeys = [Int32](repeating: 0, count: sample.count)
    keptOthers = keptKeys
    keptWeights = keptKeys
  }

  /// The counts of each share when every row counts as often as its unit was drawn: of the rows that count, weighed, the best
  /// share is kept, with all that are tied with its last.
  ///
  /// - Precondition: A weight for each unit, none negative.
  mutating func counts(unitWeights drawn: [Int32]) -> [PairCounts] {
    var total = 0
    for unit in unitSizes.indices { total &+= Int(drawn[unit]) &* Int(unitSizes[unit]) }
    let sizes = shares.map { TopSize.count(ofShare: $0, of: total) }
    var (counts, ends) = ([PairCounts](), [Int]())
    var (used, seen, run) = (0, 0, Int64(0))
    var (keyTies, otherTies) = (Int64(0), Int64(0))
    var last: Int32 = -1
    func close() {
      keyTies += PairCounts.pairs(run)
      run = 0
      while counts.count < sizes.count, seen >= sizes[counts.count] {
        counts.append(
          PairCounts(
            total: Int64(seen), xTies: order == .byFirst ? keyTies : otherTies,
            yTies: order == .byFirst ? otherTies : keyTies, concordance: 0))
        ends.append(used)
      }
    }
    units.withUnsafeBufferPointer { units in
      drawn.withUnsafeBufferPointer { drawn in
        for place in 0..<units.count {
          let weight = drawn[Int(units[place])]
          guard weight > 0 else { continue }
          if keyRanks[place] != last {
            if last >= 0 { close() }
            if counts.count == sizes.count { break }
            last = keyRanks[place]
          }
          let other = otherRanks[place]
          keptKeys[used] = last
          keptOthers[used] = other
          keptWeights[used] = weight
          used += 1
          seen &+= Int(weight)
          run &+= Int64(weight)
          otherTies &+= Int64(weight) &* Int64(otherTotals[Int(other)]) &+ PairCounts.pairs(Int64(weight))
          otherTotals[Int(other)] &+= weight
        }
      }
    }
    if counts.count < sizes.count { close() }
    for place in 0..<used { otherTotals[Int(keptOthers[place])] = 0 }
    for index in counts.indices {
      counts[index].concordance =
        sign * counter.concordance(xRanks: keptKeys, yRanks: keptOthers, weights: keptWeights, count: ends[index])
    }
    return counts
  }
}
