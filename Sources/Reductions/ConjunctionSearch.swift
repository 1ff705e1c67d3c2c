/// What all searches through conjunctions on one part of the rows share: the conditions as bits, which of them go together,
/// and counting.
struct ConjunctionSearch: Sendable {
  let sample: RuleSample
  /// Places of the conditions that are searched, in the list: of those that select the same rows of the part the first, none
  /// that keeps fewer than the smallest number of rows, or all.
  let places: [Int]
  /// The bits of each of them, one after the other.
  let bits: [UInt64]
  /// Words of one.
  let wordCount: Int
  /// The fewest rows that a rule keeps.
  let minimum: Int
  /// Whether sums of targets are needed.
  let needsSums: Bool
  private let compatible: [RowSet]
  private let sureMask: [UInt64]
  private let tiedMask: [UInt64]
  private let byteSums: [Double]

  init(_ list: ConditionList, _ sample: RuleSample, minimum: Int, needsSums: Bool) {
    self.sample = sample
    self.minimum = max(1, minimum)
    self.needsSums = needsSums
    wordCount = RowSet.wordCount(sample.count)
    var places: [Int] = []
    var bits: [UInt64] = []
    var sizes: [Int] = []
    var known: Set<[UInt64]> = []
    for (place, rows) in list.rows.enumerated() {
      let words = sample.words(rows)
      let size = words.reduce(0) { $0 + $1.nonzeroBitCount }
      guard size >= max(1, minimum), size < sample.count, known.insert(words).inserted else { continue }
      places.append(place)
      bits += words
      sizes.append(size)
    }
    self.places = places
    self.bits = bits
    let words = wordCount
    let least = self.minimum
    compatible = places.indices.map { first in
      RowSet(count: places.count) { second in
        guard list.conditions[places[first]].goesWith(list.conditions[places[second]]) else { return false }
        let both = (0..<words).reduce(0) {
          $0 + (bits[first * words + $1] & bits[second * words + $1]).nonzeroBitCount
        }
        return both >= least && both < min(sizes[first], sizes[second])
      }
    }
    let topWords = RowSet.wordCount(sample.sureCount + sample.tiedCount)
    sureMask = Array(RowSet(count: topWords * 64) { $0 < sample.sureCount }.words)
    tiedMask = Array(
      RowSet(count: topWords * 64) { $0 >= sample.sureCount && $0 < sample.sureCount + sample.tiedCount }.words)
    byteSums = needsSums ? Self.byteSums(sample.goodness, words: words) : []
  }

  /// Whether two conditions may stand in one rule: they are not about the same feature unless they make a range, neither
  /// implies the other, and together they keep enough rows.
  func areCompatible(_ first: Int, _ second: Int) -> Bool { compatible[first].contains(second) }

  /// The rows that meet the conditions, as words.
  func words(of condition: Int) -> [UInt64] { Array(bits[condition * wordCount..<(condition + 1) * wordCount]) }

  /// How many rows are in both.
  @inline(__always)
  func size(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Int {
    var size = 0
    for word in 0..<rows.count { size &+= (rows[word] & condition[word]).nonzeroBitCount }
    return size
  }

  /// The hits among the rows that are in both.
  @inline(__always)
  func hits(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Int {
    var (sure, tied) = (0, 0)
    for word in 0..<sureMask.count {
      let both = rows[word] & condition[word]
      sure &+= (both & sureMask[word]).nonzeroBitCount
      tied &+= (both & tiedMask[word]).nonzeroBitCount
    }
    return sure &* sample.hitUnit &+ tied &* (sample.topSize &- sample.sureCount)
  }

  /// The sum of goodness of the rows that are in both, a byte of rows at a time.
  @inline(__always)
  func sum(_ rows: UnsafeBufferPointer<UInt64>, and condition: UnsafePointer<UInt64>) -> Double {
    byteSums.withUnsafeBufferPointer { table in
      var sum = 0.0
      for word in 0..<rows.count {
        var both = rows[word] & condition[word]
        var offset = word &* 2048
        while both != 0 {
          sum += table[offset &+ Int(truncatingIfNeeded: both & 255)]
          both &>>= 8
          offset &+= 256
        }
      }
      return sum
    }
  }

  /// The sum of every subset of each eight rows.
  private static func byteSums(_ values: [Double], words: Int) -> [Double] {
    var table = [Double](repeating: 0, count: words * 2048)
    for byte in 0..<words * 8 {
      for pattern in 1..<256 {
        let row = byte * 8 + pattern.trailingZeroBitCount
        let rest = table[byte * 256 + (pattern & (pattern - 1))]
        table[byte * 256 + pattern] = rest + (row < values.count ? values[row] : 0)
      }
    }
    return table
  }
}
