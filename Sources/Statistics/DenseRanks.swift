/// The order of a column: which rows in ascending order, and the dense rank of each (ties share one, no gaps).
struct DenseRanks: Sendable {
  /// Rows in ascending order of value, ties in order of row.
  let order: [Int32]
  /// Dense rank of each row, from 0.
  let ranks: [Int32]
  /// Dense rank by place in `order`.
  let ranksInOrder: [Int32]
  /// Number of distinct values.
  let distinctCount: Int

  /// Ranks values in O(n) for values that differ in their upper 32 bits, O(n log n) otherwise: a radix sort on the upper
  /// half of the order-preserving bit pattern, runs of equal halves sorted by the whole pattern. −0 ties with 0.
  ///
  /// - Precondition: Fewer than 2³¹ values, all finite.
  init(_ values: [Double]) {
    let count = values.count
    precondition(count < Int(Int32.max), "fewer than 2^31 values")
    var sorted = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
    var scratch = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
    let ranks = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
    defer {
      sorted.deallocate()
      scratch.deallocate()
      ranks.deallocate()
    }
    var distinct = 0
    var ranksInOrder: [Int32] = []
    order = values.withUnsafeBufferPointer { values in
      Self.sort(values, &sorted, &scratch)
      Self.sortRuns(sorted, values)
      ranksInOrder = [Int32](unsafeUninitializedCapacity: count) { ranksInOrder, initialized in
        for place in 0..<count {
          let isNew =
            place == 0 || sorted[place] >> 32 != sorted[place - 1] >> 32
            || values[Self.row(sorted[place])] != values[Self.row(sorted[place - 1])]
          if isNew { distinct &+= 1 }
          let rank = Int32(truncatingIfNeeded: distinct &- 1)
          ranksInOrder.initializeElement(at: place, to: rank)
          ranks.initializeElement(at: Self.row(sorted[place]), to: rank)
        }
        initialized = count
      }
      return [Int32](unsafeUninitializedCapacity: count) { order, initialized in
        for place in 0..<count {
          order.initializeElement(at: place, to: Int32(truncatingIfNeeded: Self.row(sorted[place])))
        }
        initialized = count
      }
    }
    self.ranks = Array(ranks)
    self.ranksInOrder = ranksInOrder
    distinctCount = distinct
  }

  /// An integer that orders as the value does.
  private static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  private static func row(_ packed: UInt64) -> Int { Int(truncatingIfNeeded: packed & 0xFFFF_FFFF) }

  /// Bits of a digit: the places that 256 buckets write to stay in the first-level cache.
  private static let width: UInt64 = 8
  private static let buckets = 1 << 8

  /// Leaves in `sorted` the upper halves of the keys with their rows, in ascending order: four passes, least digit first,
  /// a pass skipped when its digit is the same everywhere.
  private static func sort(
    _ values: UnsafeBufferPointer<Double>, _ sorted: inout UnsafeMutableBufferPointer<UInt64>,
    _ scratch: inout UnsafeMutableBufferPointer<UInt64>
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 4 * buckets) { histograms in
      histograms.initialize(repeating: 0)
      for row in 0..<values.count {
        let key = key(values[row])
        sorted.initializeElement(at: row, to: key & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: row))
        scratch.initializeElement(at: row, to: 0)
        histograms[Int(truncatingIfNeeded: key &>> 32 & 255)] &+= 1
        histograms[Int(truncatingIfNeeded: 256 | key &>> 40 & 255)] &+= 1
        histograms[Int(truncatingIfNeeded: 512 | key &>> 48 & 255)] &+= 1
        histograms[Int(truncatingIfNeeded: 768 | key &>> 56)] &+= 1
      }
      for digit in 0..<4 {
        let counts = UnsafeMutableBufferPointer(rebasing: histograms[digit * buckets..<(digit + 1) * buckets])
        let shift = 32 &+ width &* UInt64(digit)
        guard let some = sorted.first, Int(counts[Int(some &>> shift & 255)]) < sorted.count else { continue }
        pass(sorted, scratch, counts, shift: shift)
        swap(&sorted, &scratch)
      }
    }
  }

  private static func pass(
    _ source: UnsafeMutableBufferPointer<UInt64>, _ target: UnsafeMutableBufferPointer<UInt64>,
    _ counts: UnsafeMutableBufferPointer<Int32>, shift: UInt64
  ) {
    var total: Int32 = 0
    for bucket in 0..<buckets {
      let count = counts[bucket]
      counts[bucket] = total
      total &+= count
    }
    for index in 0..<source.count {
      let value = source[index]
      let bucket = Int(truncatingIfNeeded: value &>> shift & 255)
      target[Int(counts[bucket])] = value
      counts[bucket] &+= 1
    }
  }

  private static func sortRuns(_ packed: UnsafeMutableBufferPointer<UInt64>, _ values: UnsafeBufferPointer<Double>) {
    var start = 0
    while start < packed.count {
      let high = packed[start] >> 32
      var end = start + 1
      while end < packed.count, packed[end] >> 32 == high { end += 1 }
      if end - start > 1 {
        let first = values[row(packed[start])]
        if (start + 1..<end).contains(where: { values[row(packed[$0])] != first }) {
          var run = UnsafeMutableBufferPointer(rebasing: packed[start..<end])
          run.sort {
            let (left, right) = (values[row($0)], values[row($1)])
            return left == right ? $0 < $1 : left < right
          }
        }
      }
      start = end
    }
  }
}
