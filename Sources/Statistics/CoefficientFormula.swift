/// The formula of a coefficient: for rows that count a whole number of times, as in a resample, and without each unit.
///
/// A formula is made for one sample, whose ranks it may prepare itself for; `Coefficient` names the one of each case.
protocol CoefficientFormula {
  /// True when it reads the concordance of weighted pairs, which costs O(n log n).
  var readsConcordance: Bool { get }

  /// The value when each row counts as often as its weight says; nil where there is none.
  ///
  /// - Parameters:
  ///   - ranks: The sample under its weights, tallied.
  ///   - counts: Its pairs and ties; the concordance is 0 unless one of the formulas reads it.
  func value(_ ranks: inout WeightedRanks, _ counts: PairCounts) -> Double?

  /// By unit: the value of the rows that are left without it, or that there is none; nil where the unit has to be left out by
  /// itself, since the closed form costs more or loses digits.
  func values(without units: UnitsLeftOut) -> [Double??]
}

extension CoefficientFormula {
  var readsConcordance: Bool { false }
}

/// The quantities that closed forms of leaving a unit out share, each computed when it is first read.
final class UnitsLeftOut {
  let ranked: RankedPairs
  let sample: PairedSample
  /// The rows of each unit, as places among the ranks.
  let members: UnitMembers
  /// Concordant less discordant pairs of each place.
  private(set) lazy var net = NetConcordance.byPlace(ranked)
  /// Distinct values of both columns without each unit.
  private(set) lazy var distinct = DistinctWithout(ranked, members)
  /// Pairs and ties without each unit.
  private(set) lazy var pairs = PairsWithout.counts(ranked, members, net: net)

  init(_ ranked: RankedPairs, _ sample: PairedSample, _ members: UnitMembers) {
    self.ranked = ranked
    self.sample = sample
    self.members = members
  }
}

struct KendallTauB: CoefficientFormula {
  var readsConcordance: Bool { true }

  func value(_: inout WeightedRanks, _ counts: PairCounts) -> Double? { counts.tauB() }

  func values(without units: UnitsLeftOut) -> [Double??] { units.pairs.map { .some($0.total >= 2 ? $0.tauB() : nil) } }
}

struct KendallTauC: CoefficientFormula {
  var readsConcordance: Bool { true }

  func value(_ ranks: inout WeightedRanks, _ counts: PairCounts) -> Double? {
    counts.tauC(distinct: min(ranks.xTotals.count { $0 > 0 }, ranks.yTotals.count { $0 > 0 }))
  }

  func values(without units: UnitsLeftOut) -> [Double??] {
    let (pairs, distinct) = (units.pairs, units.distinct)
    return pairs.indices.map { pairs[$0].tauC(distinct: min(distinct.x[$0], distinct.y[$0])) }
  }
}

/// Pearson's r of mid-ranks.
struct SpearmanRho: CoefficientFormula {
  func value(_ ranks: inout WeightedRanks, _ counts: PairCounts) -> Double? {
    let parts = ranks.middleRankProducts(total: counts.total)
    guard parts.xSpread > 0, parts.ySpread > 0 else { return nil }
    if parts.xSpread == parts.ySpread { return max(-1, min(1, parts.product / parts.xSpread)) }
    return max(-1, min(1, parts.product / (parts.xSpread * parts.ySpread).squareRoot()))
  }

  func values(without units: UnitsLeftOut) -> [Double??] {
    RanksWithout.parts(units.ranked, units.members, net: units.net).map { $0.map(\.coefficient) }
  }
}

/// Pearson's r from sums about the means of the whole sample. When these lie so far from the mean of the weighted rows that
/// digits would be lost, as when an outlier is not drawn, from sums about the weighted rows' own means.
struct PearsonR: CoefficientFormula {
  private let sample: PairedSample
  /// The deviations of x and y from their means, in the order of the ranks.
  private let xDeviations: [Double]
  private let yDeviations: [Double]

  init(_ ranked: RankedPairs, _ sample: PairedSample) {
    let deviations = { (values: [Double]) -> [Double] in
      let centered = CenteredColumn(values).deviations
      return ranked.order.map { centered[Int($0)] }
    }
    self.sample = sample
    xDeviations = deviations(sample.x)
    yDeviations = deviations(sample.y)
  }

  func value(_ ranks: inout WeightedRanks, _: PairCounts) -> Double? {
    guard WeightedRanks.isVaried(ranks.xTotals), WeightedRanks.isVaried(ranks.yTotals) else { return nil }
    let sums = WeightedSums(xDeviations, yDeviations, ranks.weights)
    let spread = sums.spread
    guard spread.x > 1e-3 * sums.squares.x, spread.y > 1e-3 * sums.squares.y else { return recentered(ranks) }
    return sums.pearson
  }

  private func recentered(_ ranks: WeightedRanks) -> Double? {
    let weights = ranks.weights
    let drawn = weights.indices.filter { weights[$0] > 0 }
    let counts = drawn.map { weights[$0] }
    let rows = drawn.map { Int(ranks.ranked.order[$0]) }
    let xs = CenteredColumn(rows.map { sample.x[$0] }, weights: counts).deviations
    let ys = CenteredColumn(rows.map { sample.y[$0] }, weights: counts).deviations
    return WeightedSums(xs, ys, counts).pearson
  }

  func values(without units: UnitsLeftOut) -> [Double??] {
    SumsWithout.parts(xDeviations, yDeviations, units.members, distinct: units.distinct).map { $0.map(\.coefficient) }
  }
}

/// Weighted sums of two columns of deviations, their squares and products, in one pass.
struct WeightedSums {
  private(set) var total = 0.0
  private(set) var sums = SIMD2<Double>()
  private(set) var squares = SIMD2<Double>()
  private(set) var products = 0.0

  /// Adds up the rows.
  ///
  /// - Precondition: The three arrays have equal length.
  init(_ xs: [Double], _ ys: [Double], _ weights: [Int32]) {
    precondition(xs.count == ys.count && xs.count == weights.count, "columns have equal length")
    weights.withUnsafeBufferPointer { weights in
      xs.withUnsafeBufferPointer { xs in
        ys.withUnsafeBufferPointer { ys in
          for index in 0..<weights.count {
            let weight = Double(weights[index])
            let pair = SIMD2(xs[index], ys[index])
            let weighted = pair * weight
            total += weight
            sums += weighted
            squares += weighted * pair
            products += weighted.x * pair.y
          }
        }
      }
    }
  }

  /// Σ w (x − x̄)² and Σ w (y − ȳ)².
  var spread: SIMD2<Double> { squares - sums * sums / total }

  /// Σ w (x − x̄)(y − ȳ) / √(Σ w (x − x̄)² Σ w (y − ȳ)²); nil when a column does not vary.
  var pearson: Double? {
    let spread = self.spread
    guard total > 0, spread.x > 0, spread.y > 0 else { return nil }
    let value = (products - sums.x * sums.y / total) / spread.x.squareRoot() / spread.y.squareRoot()
    return value.isFinite ? max(-1, min(1, value)) : nil
  }
}
