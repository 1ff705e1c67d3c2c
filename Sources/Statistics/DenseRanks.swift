/// The order of a column: which rows in ascending order, and the dense rank of each (ties share one, no gaps).
struct DenseRanks: Sendable {
  /// Rows in ascending order of value, ties in order of row.
  let order: [Int32]
  /// Dense rank of each row, from 0.
  let ranks: [Int32]
  /// Number of distinct values.
  let distinctCount: Int

  /// Ranks values in O(n) for values that differ in their upper 32 bits, O(n log n) otherwise: a radix sort on the upper
  /// half of the order-preserving bit pattern, runs of equal halves sorted by the whole pattern. −0 ties with 0.
  ///
  /// - Precondition: Fewer than 2³¹ values, all finite.
  init(_ values: [Double]) {
    let scratch = RankScratch(count: values.count)
    distinctCount = Self.rank(values, scratch)
    order = Self.order(scratch)
    ranks = Array(scratch.ranks)
  }

  /// Ranks values within a scratch made for their number, and returns how many are distinct.
  static func rank(_ values: [Double], _ scratch: borrowing RankScratch) -> Int {
    precondition(
      values.count < Int(Int32.max) && scratch.ranks.count == values.count, "room for fewer than 2^31 values")
    let (sorted, ranks) = (scratch.sorted, scratch.ranks)
    return values.withUnsafeBufferPointer { values in
      sort(values, scratch)
      sortRuns(sorted, values)
      var distinct = 0
      for place in 0..<values.count {
        let row = RankScratch.row(sorted[place])
        let isNew =
          place == 0 || sorted[place] >> 32 != sorted[place - 1] >> 32
          || values[row] != values[RankScratch.row(sorted[place - 1])]
        distinct &+= isNew ? 1 : 0
        ranks[row] = Int32(truncatingIfNeeded: distinct &- 1)
      }
      return distinct
    }
  }

  /// Rows in ascending order, from a scratch in which a column was ranked.
  static func order(_ scratch: borrowing RankScratch) -> [Int32] {
    let sorted = scratch.sorted
    return [Int32](unsafeUninitializedCapacity: sorted.count) { order, initialized in
      for place in 0..<sorted.count {
        order.initializeElement(at: place, to: Int32(truncatingIfNeeded: RankScratch.row(sorted[place])))
      }
      initialized = sorted.count
    }
  }

  /// An integer that orders as the value does.
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// Leaves in the scratch's sorted entries the upper halves of the keys with their rows, in ascending order.
  private static func sort(_ values: UnsafeBufferPointer<Double>, _ scratch: borrowing RankScratch) {
    let (entries, sorted, histograms) = (scratch.entries, scratch.sorted, scratch.histograms)
    histograms.update(repeating: 0)
    for row in 0..<values.count {
      let key = key(values[row])
      entries[row] = key & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: row)
      histograms[Int(truncatingIfNeeded: key >> 32 & 2047)] &+= 1
      histograms[Int(truncatingIfNeeded: 2048 | (key >> 43 & 2047))] &+= 1
      histograms[Int(truncatingIfNeeded: 4096 | key >> 54)] &+= 1
    }
    pass(entries, sorted, histograms, digit: 0)
    pass(sorted, entries, histograms, digit: 1)
    pass(entries, sorted, histograms, digit: 2)
  }

  private static func pass(
    _ source: UnsafeMutableBufferPointer<UInt64>, _ target: UnsafeMutableBufferPointer<UInt64>,
    _ histograms: UnsafeMutableBufferPointer<Int32>, digit: Int
  ) {
    let counts = UnsafeMutableBufferPointer(rebasing: histograms[digit * 2048..<(digit + 1) * 2048])
    var total: Int32 = 0
    for bucket in 0..<(digit == 2 ? 1024 : 2048) {
      let count = counts[bucket]
      counts[bucket] = total
      total &+= count
    }
    let shift = UInt64(32 &+ 11 &* digit)
    for index in 0..<source.count {
      let value = source[index]
      let bucket = Int(truncatingIfNeeded: value &>> shift & 2047)
      target[Int(counts[bucket])] = value
      counts[bucket] &+= 1
    }
  }

  private static func sortRuns(_ sorted: UnsafeMutableBufferPointer<UInt64>, _ values: UnsafeBufferPointer<Double>) {
    var start = 0
    while start < sorted.count {
      let high = sorted[start] >> 32
      var end = start + 1
      while end < sorted.count, sorted[end] >> 32 == high { end += 1 }
      if end - start > 1 {
        let first = values[RankScratch.row(sorted[start])]
        if (start + 1..<end).contains(where: { values[RankScratch.row(sorted[$0])] != first }) {
          var run = UnsafeMutableBufferPointer(rebasing: sorted[start..<end])
          run.sort {
            let (left, right) = (values[RankScratch.row($0)], values[RankScratch.row($1)])
            return left == right ? $0 < $1 : left < right
          }
        }
      }
      start = end
    }
  }
}

/// Room for ranking columns of one length, in one block kept between columns: getting and returning many blocks of this
/// size costs as much as the sort.
struct RankScratch: ~Copyable {
  /// Sort entries: the upper half of a key, and the row.
  let entries: UnsafeMutableBufferPointer<UInt64>
  /// After ranking, the entries in ascending order.
  let sorted: UnsafeMutableBufferPointer<UInt64>
  /// After ranking, the dense rank of each row.
  let ranks: UnsafeMutableBufferPointer<Int32>
  /// Three histograms of 2,048 buckets.
  let histograms: UnsafeMutableBufferPointer<Int32>
  private let block: UnsafeMutableRawBufferPointer

  /// Makes room for `count` values.
  init(count: Int) {
    let all = UnsafeMutableRawBufferPointer.allocate(byteCount: count * 20 + 6144 * 4, alignment: 64)
    all.initializeMemory(as: UInt8.self, repeating: 0)
    func part<Element>(_ start: Int, _ length: Int, _: Element.Type) -> UnsafeMutableBufferPointer<Element> {
      let bytes = start..<start + length * MemoryLayout<Element>.stride
      return UnsafeMutableRawBufferPointer(rebasing: all[bytes]).bindMemory(to: Element.self)
    }
    block = all
    entries = part(0, count, UInt64.self)
    sorted = part(count * 8, count, UInt64.self)
    ranks = part(count * 16, count, Int32.self)
    histograms = part(count * 20, 6144, Int32.self)
  }

  deinit { block.deallocate() }

  /// The row of a sort entry.
  static func row(_ entry: UInt64) -> Int { Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) }
}

/// Ranks of values, ties sharing the mean of their places.
package enum MidRanks {
  /// The rank of each value, 1 for the smallest. O(n log n).
  ///
  /// - Precondition: Fewer than 2³¹ values, all finite.
  package static func ranks(_ values: [Double]) -> [Double] {
    let dense = DenseRanks(values)
    var counts = [Int](repeating: 0, count: dense.distinctCount)
    for rank in dense.ranks { counts[Int(rank)] += 1 }
    var before = 0
    let middles = counts.map { count -> Double in
      defer { before += count }
      return Double(before) + Double(count + 1) / 2
    }
    return dense.ranks.map { middles[Int($0)] }
  }
}

/// The order by the first column, ties broken by the next.
package enum Lexicographic {
  /// Dense ranks of the rows' tuples, ascending; nil where a column has no finite value. O(columns · n) as a rule: each
  /// column refines the ranks of those before it.
  ///
  /// - Precondition: The columns have equal length.
  package static func scores(_ columns: [[Double?]]) -> [Double?] {
    guard let first = columns.first else { return [] }
    precondition(columns.allSatisfy { $0.count == first.count }, "columns have equal length")
    let complete = first.indices.filter { row in columns.allSatisfy { $0[row]?.isFinite ?? false } }
    var ranks = [Double](repeating: 0, count: complete.count)
    for column in columns {
      let next = DenseRanks(complete.map { column[$0] ?? 0 })
      let refined = ranks.indices.map { ranks[$0] * Double(next.distinctCount) + Double(next.ranks[$0]) }
      ranks = DenseRanks(refined).ranks.map { Double($0) }
    }
    var scores = [Double?](repeating: nil, count: first.count)
    for (row, rank) in zip(complete, ranks) { scores[row] = rank }
    return scores
  }
}
