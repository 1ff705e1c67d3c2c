/// Rules that no other beats in both size and value.
package struct ParetoFront<Member: Sendable & Hashable>: Sendable, Hashable {
  /// A point.
  package struct Point: Sendable, Hashable {
    /// Rows kept; fewer is better.
    package var size: Int
    /// The value; larger is better.
    package var value: Double
    /// What has it.
    package var member: Member

    /// Creates a point.
    package init(size: Int, value: Double, member: Member) {
      self.size = size
      self.value = value
      self.member = member
    }
  }

  /// The points by ascending size, and so by ascending value.
  package let points: [Point]

  /// Keeps the points that no other equals or beats in both; of equal ones the first. O(n log n).
  package init(_ points: [Point]) {
    let ordered = points.enumerated().sorted { left, right in
      if left.element.size != right.element.size { return left.element.size < right.element.size }
      if left.element.value != right.element.value { return left.element.value > right.element.value }
      return left.offset < right.offset
    }
    var kept: [Point] = []
    for (_, point) in ordered where kept.last.map({ point.value > $0.value }) ?? true { kept.append(point) }
    self.points = kept
  }

  /// The point with the largest value that keeps at most so many rows; nil when all keep more.
  package func best(atMost size: Int) -> Point? { points.last { $0.size <= size } }
}
