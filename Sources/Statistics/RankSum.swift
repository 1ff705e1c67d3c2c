/// Two samples merged: how often values of the first exceed those of the second, and the ties among all of them.
struct RankSum {
  /// U of the first sample: pairs in which its value is the greater one, ties counting one half.
  private(set) var statistic = 0.0
  /// Σ (t³ − t) over groups of t equal values in both samples together.
  private(set) var tieTerm = 0.0

  /// Merges samples in O(n).
  ///
  /// - Precondition: Both are ascending.
  init(_ first: [Double], _ second: [Double]) {
    var (left, right) = (0, 0)
    while left < first.count || right < second.count {
      let value: Double
      if left == first.count {
        value = second[right]
      } else if right == second.count {
        value = first[left]
      } else {
        value = min(first[left], second[right])
      }
      let (leftStart, rightStart) = (left, right)
      while left < first.count, first[left] == value { left += 1 }
      while right < second.count, second[right] == value { right += 1 }
      let (ours, theirs) = (Double(left - leftStart), Double(right - rightStart))
      statistic += ours * (Double(rightStart) + theirs / 2)
      let tied = ours + theirs
      tieTerm += tied * tied * tied - tied
    }
  }
}
