/// How many marked rows a random draw without replacement holds.
public struct Hypergeometric: Sendable, Hashable {
  /// Rows in all, N.
  public let total: Int
  /// Marked rows among them, K.
  public let marked: Int
  /// Rows drawn, n.
  public let drawn: Int

  /// Creates a distribution.
  ///
  /// - Throws: `Undefined` unless 0 ≤ K ≤ N, 0 ≤ n ≤ N and N < 2³¹.
  public init(total: Int, marked: Int, drawn: Int) throws(Undefined) {
    guard (0..<1 << 31).contains(total), (0...total).contains(marked), (0...total).contains(drawn) else {
      throw Undefined("\(drawn) of \(total) rows, \(marked) of them marked, cannot be drawn")
    }
    self.total = total
    self.marked = marked
    self.drawn = drawn
  }

  /// The expected number of marked rows in the draw, nK/N; 0 for N = 0.
  public var mean: Double { total > 0 ? Double(drawn) * Double(marked) / Double(total) : 0 }

  /// The smallest and the largest number of marked rows that can be drawn.
  public var support: ClosedRange<Int> { max(0, drawn + marked - total)...min(drawn, marked) }

  /// P(X ≤ x) and P(X ≥ x), by the ratio of neighbouring terms from the mode outwards; relative error about 1e-13. A tail
  /// below about 1e-300 is 0. O(min(n, K)) at most.
  public func tails(_ x: Int) -> (lower: Double, upper: Double) {
    let support = self.support
    let peak = Int(Double(drawn + 1) * Double(marked + 1) / Double(total + 2))
    let mode = min(support.upperBound, max(support.lowerBound, peak))
    var (less, equal, more) = (0.0, 0.0, 0.0)
    func add(_ weight: Double, at place: Int) {
      if place < x { less += weight } else if place > x { more += weight } else { equal += weight }
    }
    add(1, at: mode)
    var (weight, place) = (1.0, mode)
    while place < support.upperBound, weight > 0 {
      weight *= ratio(after: place)
      place += 1
      add(weight, at: place)
    }
    (weight, place) = (1, mode)
    while place > support.lowerBound, weight > 0 {
      place -= 1
      weight /= ratio(after: place)
      add(weight, at: place)
    }
    let all = less + equal + more
    return (min(1, (less + equal) / all), min(1, (more + equal) / all))
  }

  /// The smaller tail twice, at most 1: a test of whether marked rows are drawn more or less often than by chance.
  public func twoSided(_ x: Int) -> Double {
    let tails = self.tails(x)
    return min(1, 2 * min(tails.lower, tails.upper))
  }

  /// P(X = x + 1) / P(X = x).
  private func ratio(after x: Int) -> Double {
    Double(marked - x) * Double(drawn - x) / (Double(x + 1) * Double(total - marked - drawn + x + 1))
  }
}
