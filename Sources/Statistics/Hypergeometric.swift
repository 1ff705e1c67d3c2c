import Outcomes

/// The hypergeometric distribution: the number X of marked rows among those drawn without replacement.
package struct Hypergeometric: Sendable, Hashable {
  /// The smallest number that can be drawn.
  package let lower: Int
  /// The probability of each number from `lower` on.
  package let probabilities: [Double]

  /// The distribution of the marked rows among `drawn` of `total` rows, `marked` of which are marked:
  /// P(x) = C(marked, x) C(total − marked, drawn − x) / C(total, drawn). By the ratio of neighbouring probabilities from the
  /// mode on, scaled to the sum 1: relative error about 1e-13. O(min(marked, drawn)).
  ///
  /// - Throws: `Reason` when marked or drawn is not in 0 … total, or there are over 10⁷ rows.
  package init(total: Int, marked: Int, drawn: Int) throws(Reason) {
    guard total >= 0, total <= 10_000_000, (0...total).contains(marked), (0...total).contains(drawn) else {
      throw Reason("\(drawn) rows, \(marked) of them marked, cannot be drawn of \(total)")
    }
    let (least, most) = (max(0, drawn - (total - marked)), min(marked, drawn))
    lower = least
    // Ratio P(x + 1)/P(x).
    func ratio(_ x: Int) -> Double {
      Double(marked - x) / Double(x + 1) * (Double(drawn - x) / Double(total - marked - drawn + x + 1))
    }
    let mode = min(most, max(least, Int((Double(drawn + 1) * Double(marked + 1) / Double(total + 2)).rounded(.down))))
    var masses = [Double](repeating: 0, count: most - least + 1)
    masses[mode - least] = 1
    var x = mode
    while x < most, masses[x - least] > 0 {
      masses[x + 1 - least] = masses[x - least] * ratio(x)
      x += 1
    }
    x = mode
    while x > least, masses[x - least] > 0 {
      masses[x - 1 - least] = masses[x - least] / ratio(x - 1)
      x -= 1
    }
    let sum = masses.sorted().reduce(0, +)
    probabilities = masses.map { $0 / sum }
  }

  /// The smallest x with P(X ≤ x) ≥ p, 0 ≤ p ≤ 1.
  package func quantile(_ p: Double) -> Int {
    var below = 0.0
    for (offset, probability) in probabilities.enumerated() {
      below += probability
      if below >= p - 1e-12 { return lower + offset }
    }
    return lower + probabilities.count - 1
  }

  /// P(X ≥ count).
  package func atLeast(_ count: Int) -> Double {
    guard count > lower else { return 1 }
    return min(1, probabilities.dropFirst(count - lower).reversed().reduce(0, +))
  }

  /// The smallest and the largest number that can be drawn.
  package var support: ClosedRange<Int> { lower...lower + probabilities.count - 1 }

  /// P(X ≤ count).
  package func atMost(_ count: Int) -> Double {
    guard count < support.upperBound else { return 1 }
    return min(1, probabilities.prefix(max(0, count - lower + 1)).reduce(0, +))
  }

  /// min(1, 2 min(P(X ≤ count), P(X ≥ count))): a test of whether marked rows are drawn more or less often than by chance.
  package func twoSided(_ count: Int) -> Double { min(1, 2 * min(atMost(count), atLeast(count))) }

  /// The largest two-sided p of a range of numbers: two-sided p rises up to the median and falls after it.
  func twoSided(in range: ClosedRange<Int>) -> Double {
    let median = quantile(0.5)
    let nearest = min(range.upperBound, max(range.lowerBound, median))
    // Where the two tails at the median are not the larger ones, those beside it are.
    return (nearest - 1...nearest + 1).filter(range.contains).reduce(0) { max($0, twoSided($1)) }
  }
}
