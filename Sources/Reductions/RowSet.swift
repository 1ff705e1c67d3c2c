/// A set of rows as bits of words.
struct RowSet: Sendable, Hashable {
  private(set) var words: [UInt64]

  /// No rows out of a number of them.
  init(count: Int) { words = [UInt64](repeating: 0, count: Self.wordCount(count)) }

  /// The rows for which a test holds.
  init(count: Int, where test: (Int) -> Bool) {
    self.init(count: count)
    for row in 0..<count where test(row) { insert(row) }
  }

  static func wordCount(_ count: Int) -> Int { (count + 63) / 64 }

  func contains(_ row: Int) -> Bool { words[row >> 6] & 1 << UInt64(row & 63) != 0 }

  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  /// The number of rows.
  var size: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The rows in both.
  func intersection(_ other: RowSet) -> RowSet {
    var both = self
    for index in both.words.indices { both.words[index] &= other.words[index] }
    return both
  }
}
