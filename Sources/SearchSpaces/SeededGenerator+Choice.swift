import Statistics

extension SeededGenerator {
  /// A whole number of a range.
  mutating func next(in range: ClosedRange<Int>) -> Int { range.lowerBound + next(below: range.count) }

  /// Different elements in random order; all when there are fewer.
  mutating func choose<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var pool = elements
    return (0..<min(count, pool.count)).map { _ in pool.remove(at: next(below: pool.count)) }
  }
}
