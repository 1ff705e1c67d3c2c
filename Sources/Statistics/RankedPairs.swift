import CKernels

/// A sample in ascending order of x with dense ranks of both columns, from which rank statistics are counted for any
/// integer weights of the rows without sorting again.
struct RankedPairs: Sendable {
  /// Rows in ascending order of x.
  let order: [Int32]
  /// Dense rank of x in that order.
  let xRanks: [Int32]
  /// Dense rank of y in that order.
  let yRanks: [Int32]
  /// Number of distinct values of x.
  let xCount: Int
  /// Number of distinct values of y.
  let yCount: Int

  /// Ranks both columns.
  init(x: [Double], y: [Double]) {
    let scratch = RankScratch(count: x.count)
    xCount = DenseRanks.rank(x, scratch)
    order = DenseRanks.order(scratch)
    xRanks = Self.ranks(scratch, order)
    yCount = DenseRanks.rank(y, scratch)
    yRanks = Self.ranks(scratch, order)
  }

  private static func ranks(_ scratch: borrowing RankScratch, _ order: [Int32]) -> [Int32] {
    let ranks = scratch.ranks
    return [Int32](unsafeUninitializedCapacity: order.count) { ordered, initialized in
      for place in 0..<order.count { ordered.initializeElement(at: place, to: ranks[Int(order[place])]) }
      initialized = order.count
    }
  }

  /// Number of rows.
  var count: Int { order.count }

  /// Pairs and ties when every row counts once.
  func pairCounts() -> PairCounts {
    let ones = [Int32](repeating: 1, count: count)
    var counter = RankCounter(count: yCount)
    return PairCounts(
      total: Int64(count), xTies: ties(xRanks, xCount), yTies: ties(yRanks, yCount),
      concordance: counter.concordance(xRanks: xRanks, yRanks: yRanks, weights: ones))
  }

  private func ties(_ ranks: [Int32], _ count: Int) -> Int64 {
    guard count < ranks.count else { return 0 }
    return tally(ranks, count).reduce(0) { $0 &+ PairCounts.pairs(Int64($1)) }
  }

  /// The number of rows of each rank.
  func tally(_ ranks: [Int32], _ count: Int) -> [Int32] {
    var totals = [Int32](repeating: 0, count: count)
    trainfree_tally(ranks, [Int32](repeating: 1, count: ranks.count), Int64(ranks.count), &totals)
    return totals
  }
}

/// Pairs and ties of a sample, counted with the weights of its rows.
struct PairCounts {
  /// Sum of the weights.
  var total: Int64
  /// Pairs tied in x.
  var xTies: Int64
  /// Pairs tied in y.
  var yTies: Int64
  /// Concordant minus discordant pairs.
  var concordance: Int64

  /// All pairs.
  var pairs: Int64 { Self.pairs(total) }

  static func pairs(_ count: Int64) -> Int64 { count &* (count &- 1) / 2 }

  /// The three sums that τ-b is made of.
  var parts: AssociationParts {
    AssociationParts(
      product: Double(concordance), xSpread: Double(pairs - xTies), ySpread: Double(pairs - yTies))
  }

  /// τ-c = 2 S m / (n² (m − 1)), m the smaller number of distinct values; nil when a column does not vary.
  func tauC(distinct smaller: Int) -> Double? {
    guard smaller >= 2 else { return nil }
    let total = Double(self.total)
    return 2 * Double(concordance) / (total * total * Double(smaller - 1) / Double(smaller))
  }

  /// The sums of τ-a: of samples inside strata they add up to S and n₀.
  var tauAParts: AssociationParts {
    AssociationParts(product: Double(concordance), xSpread: Double(pairs), ySpread: Double(pairs))
  }

  /// The sums of Somers' d of x given y: of samples inside strata they add up to S and n₀ − n₂.
  var somersDParts: AssociationParts {
    AssociationParts(product: Double(concordance), xSpread: Double(pairs - yTies), ySpread: Double(pairs - yTies))
  }

  /// τ-a = S / n₀; nil without a pair.
  func tauA() -> Double? { pairs > 0 ? Double(concordance) / Double(pairs) : nil }

  /// Somers' d of x given y = S / (n₀ − n₂); nil when y does not vary.
  func somersD() -> Double? { pairs > yTies ? Double(concordance) / Double(pairs - yTies) : nil }

  /// τ-b = S / √((n₀ − n₁)(n₀ − n₂)).
  func tauB() -> Double? {
    let left = pairs - xTies
    let right = pairs - yTies
    guard left > 0, right > 0 else { return nil }
    // Orders that agree or are opposite have as many ties in both: exactly ±1, without the rounding of a root.
    if left == right { return Double(concordance) / Double(left) }
    return max(-1, min(1, Double(concordance) / (Double(left) * Double(right)).squareRoot()))
  }
}

/// The three sums that τ-b, ρ and r are made of, each of the form product / √(x spread · y spread). Sums of several
/// samples add up to those of the pairs and deviations inside of them.
struct AssociationParts: Sendable, Hashable {
  /// S = concordant − discordant pairs; or Σ of products of deviations.
  var product = 0.0
  /// Pairs not tied in x; or Σ of squared deviations.
  var xSpread = 0.0
  /// Pairs not tied in y; or Σ of squared deviations.
  var ySpread = 0.0

  /// The coefficient, in −1 … 1; nil where a column does not vary. Equal spreads give product / spread, which is exactly ±1
  /// for orders that agree or are opposite.
  var coefficient: Double? {
    guard xSpread > 0, ySpread > 0 else { return nil }
    let value = xSpread == ySpread ? product / xSpread : product / xSpread.squareRoot() / ySpread.squareRoot()
    return value.isFinite ? max(-1, min(1, value)) : nil
  }

  static func + (left: AssociationParts, right: AssociationParts) -> AssociationParts {
    AssociationParts(
      product: left.product + right.product, xSpread: left.xSpread + right.xSpread,
      ySpread: left.ySpread + right.ySpread)
  }

  static func - (left: AssociationParts, right: AssociationParts) -> AssociationParts {
    AssociationParts(
      product: left.product - right.product, xSpread: left.xSpread - right.xSpread,
      ySpread: left.ySpread - right.ySpread)
  }
}

/// Scratch space for counting concordant and discordant pairs: weights by rank with prefix sums in constant time, on
/// three levels of 16, 32 and as many entries as are needed, each kept as running sums.
struct RankCounter: ~Copyable {
  private let groups: Int
  private let low: UnsafeMutablePointer<Int32>
  private let middle: UnsafeMutablePointer<Int32>
  private let top: UnsafeMutablePointer<Int32>

  /// Makes room for ranks 0 ..< `count`, plus one.
  init(count: Int) {
    groups = (count + 1) / 512 + 1
    low = .allocate(capacity: groups * 512)
    middle = .allocate(capacity: groups * 32)
    top = .allocate(capacity: groups)
  }

  deinit {
    low.deallocate()
    middle.deallocate()
    top.deallocate()
  }

  /// S = Σ over pairs of rows of wᵢ wⱼ sign(xᵢ − xⱼ) sign(yᵢ − yⱼ), rows in ascending order of x.
  ///
  /// - Precondition: Ranks of y are within the room, weights are not negative and add up to less than 2³⁰.
  mutating func concordance(xRanks: [Int32], yRanks: [Int32], weights: [Int32]) -> Int64 {
    precondition(xRanks.count == yRanks.count && xRanks.count == weights.count, "columns have equal length")
    return trainfree_concordance(xRanks, yRanks, weights, Int64(xRanks.count), low, middle, top, Int64(groups))
  }
}
