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
    let count = values.count
    precondition(count < Int(Int32.max), "fewer than 2^31 values")
    var keys = [UInt64](repeating: 0, count: count)
    var packed = [UInt64](repeating: 0, count: count)
    var scratch = [UInt64](repeating: 0, count: count)
    var histograms = [Int32](repeating: 0, count: 3 << 11)
    var order = [Int32](repeating: 0, count: count)
    var ranks = [Int32](repeating: 0, count: count)
    var distinct = 0
    values.withUnsafeBufferPointer { values in
      keys.withUnsafeMutableBufferPointer { keys in
        packed.withUnsafeMutableBufferPointer { packed in
          scratch.withUnsafeMutableBufferPointer { scratch in
            histograms.withUnsafeMutableBufferPointer { histograms in
              for row in 0..<count {
                let bits = (values[row] + 0).bitPattern
                let key = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
                keys[row] = key
                packed[row] = key & 0xFFFF_FFFF_0000_0000 | UInt64(row)
                histograms[Int(key >> 32 & 2047)] &+= 1
                histograms[2048 + Int(key >> 43 & 2047)] &+= 1
                histograms[4096 + Int(key >> 54)] &+= 1
              }
              Self.pass(packed, scratch, histograms, digit: 0)
              Self.pass(scratch, packed, histograms, digit: 1)
              Self.pass(packed, scratch, histograms, digit: 2)
            }
            Self.sortRuns(scratch, keys)
            order.withUnsafeMutableBufferPointer { order in
              ranks.withUnsafeMutableBufferPointer { ranks in
                var previous: UInt64 = 0
                for index in 0..<count {
                  let row = Int(scratch[index] & 0xFFFF_FFFF)
                  if index == 0 || keys[row] != previous { distinct &+= 1 }
                  previous = keys[row]
                  order[index] = Int32(truncatingIfNeeded: row)
                  ranks[row] = Int32(truncatingIfNeeded: distinct &- 1)
                }
              }
            }
          }
        }
      }
    }
    self.order = order
    self.ranks = ranks
    distinctCount = distinct
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
    let shift = UInt64(32 + 11 * digit)
    for index in 0..<source.count {
      let value = source[index]
      let bucket = Int(value >> shift & 2047)
      target[Int(counts[bucket])] = value
      counts[bucket] &+= 1
    }
  }

  private static func sortRuns(_ packed: UnsafeMutableBufferPointer<UInt64>, _ keys: UnsafeMutableBufferPointer<UInt64>)
  {
    var start = 0
    while start < packed.count {
      let high = packed[start] >> 32
      var end = start + 1
      while end < packed.count, packed[end] >> 32 == high { end += 1 }
      if end - start > 1 {
        let row = { (value: UInt64) in Int(value & 0xFFFF_FFFF) }
        let first = keys[row(packed[start])]
        if (start + 1..<end).contains(where: { keys[row(packed[$0])] != first }) {
          var run = UnsafeMutableBufferPointer(rebasing: packed[start..<end])
          run.sort {
            let (left, right) = (keys[row($0)], keys[row($1)])
            return left == right ? $0 < $1 : left < right
          }
        }
      }
      start = end
    }
  }
}
