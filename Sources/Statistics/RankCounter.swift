import CKernels

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
