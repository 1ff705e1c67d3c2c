extension Hypergeometric {
  /// The smallest and the largest number that can be drawn.
  package var support: ClosedRange<Int> { lower...lower + probabilities.count - 1 }

  /// The probability of so many or fewer.
  package func atMost(_ count: Int) -> Double {
    guard count < support.upperBound else { return 1 }
    return min(1, probabilities.prefix(max(0, count - lower + 1)).reduce(0, +))
  }

  /// The smaller tail twice, at most 1: a test of whether marked rows are drawn more or less often than by chance.
  package func twoSided(_ count: Int) -> Double { min(1, 2 * min(atMost(count), atLeast(count))) }

  /// The largest two-sided p of a range of numbers: two-sided p rises up to the median and falls after it.
  func twoSided(in range: ClosedRange<Int>) -> Double {
    let median = quantile(0.5)
    let nearest = min(range.upperBound, max(range.lowerBound, median))
    // Where the two tails at the median are not the larger ones, those beside it are.
    return (nearest - 1...nearest + 1).filter(range.contains).reduce(0) { max($0, twoSided($1)) }
  }
}
