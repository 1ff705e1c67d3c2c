import ElementaryFunctions
import Outcomes

/// Quality of the top of a metric's ranking. Ties are broken by expectation: every value is the exact mean over all
/// orders of tied rows, ties of metric and target independent.
package struct TopMeasures: Sendable, Hashable {
  /// Rows in the top.
  package var size: Int
  /// Expected share of the metric's top k that is in the target's top k (precision and recall at k are one).
  package var precision: Double
  /// Best target of all minus the expected best in the metric's top k, in units of the target.
  package var regret: Double
  /// Expected Σ gain/log₂(place + 1) over the top k, divided by that of the ideal order; gain = (target − min)/(max − min)
  /// (nDCG; Järvelin & Kekäläinen 2002).
  package var normalizedGain: Double
  /// Expected best true rank in the top k, divided by n (BR@K; Ning et al. 2021). True ranks of tied targets are middle ranks.
  package var bestRank: Double
  /// Expected worst true rank in the top k, divided by n (WR@K).
  package var worstRank: Double

  /// Measures the top `size` rows by score.
  ///
  /// - Parameters:
  ///   - scores: The metric, larger is better.
  ///   - target: The target, larger is better.
  ///   - size: Rows in the top, 1 … n.
  /// - Throws: `Reason` when the size is out of range, a value is not finite, or the target is constant.
  package init(scores: [Double], target: [Double], size: Int) throws(Reason) {
    let count = scores.count
    guard count == target.count, count >= 1 else { throw Reason("no rows") }
    guard (1...count).contains(size) else { throw Reason("a top of \(size) of \(count) rows") }
    guard scores.allSatisfy(\.isFinite), target.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    guard let best = target.max(), let least = target.min(), best > least else {
      throw Reason("the target is constant")
    }
    guard (best - least).isFinite else { throw Reason("the range of the target is too large") }
    self.size = size
    let top = TiedTop(scores, size: size)
    let truth = TiedTop(target, size: size)
    precision = (0..<count).reduce(0) { $0 + top.probability[$1] * truth.probability[$1] } / Double(size)
    regret = best - top.expectedMaximum(target)
    let ranks = TiedTop.middleRanks(target)
    bestRank = -top.expectedMaximum(ranks.map { -$0 }) / Double(count)
    worstRank = top.expectedMaximum(ranks) / Double(count)
    let gains = target.map { ($0 - least) / (best - least) }
    let ideal = TiedTop(target, size: size).expectedGain(gains)
    normalizedGain = top.expectedGain(gains) / ideal
  }
}

/// The top of a ranking with ties at its edge.
struct TiedTop {
  private let groups: [[Int]]
  private let size: Int
  /// The chance of each row to be in the top.
  let probability: [Double]

  init(_ scores: [Double], size: Int) {
    let ranks = DenseRanks(scores)
    var groups = [[Int]](repeating: [], count: ranks.distinctCount)
    for row in scores.indices { groups[ranks.distinctCount - 1 - Int(ranks.ranks[row])].append(row) }
    self.groups = groups
    self.size = size
    var probability = [Double](repeating: 0, count: scores.count)
    var taken = 0
    for group in groups where taken < size {
      let places = min(group.count, size - taken)
      for row in group { probability[row] = Double(places) / Double(group.count) }
      taken += group.count
    }
    self.probability = probability
  }

  /// The expected largest value among the top's rows. Of a group of t rows of which m are drawn, the j-th largest is the
  /// largest drawn with chance C(t − j, m − 1)/C(t, m).
  func expectedMaximum(_ values: [Double]) -> Double {
    var sure = -Double.infinity
    var taken = 0
    for group in groups {
      let places = size - taken
      guard places < group.count else {
        sure = group.reduce(sure) { max($0, values[$1]) }
        taken += group.count
        if taken == size { return sure }
        continue
      }
      let sorted = group.map { values[$0] }.sorted(by: >)
      var chance = Double(places) / Double(group.count)
      var expected = 0.0
      for (index, value) in sorted.enumerated() where chance > 0 {
        expected += chance * max(sure, value)
        let left = group.count - index - 1
        chance *= left > 0 ? Double(left - places + 1) / Double(left) : 0
      }
      return expected
    }
    return sure
  }

  /// The expected Σ gain/log₂(place + 1) over the top's places.
  func expectedGain(_ gains: [Double]) -> Double {
    var sum = 0.0
    var place = 1
    for group in groups where place <= size {
      let mean = group.reduce(0) { $0 + gains[$1] } / Double(group.count)
      for position in place..<min(place + group.count, size + 1) { sum += mean * Self.discount(position) }
      place += group.count
    }
    return sum
  }

  /// Ranks from 1 for the largest value; tied values share their middle rank.
  static func middleRanks(_ values: [Double]) -> [Double] {
    MidRanks.ranks(values).map { Double(values.count + 1) - $0 }
  }

  private static func discount(_ place: Int) -> Double { 1 / Elementary.log2(Double(place + 1)) }
}

/// The frequency of a kind of row in the top of a ranking, against that among all rows.
package struct TopFrequency: Sendable, Hashable {
  /// Rows of the kind.
  package var count: Int
  /// Rows in all.
  package var total: Int
  /// Rows in the top.
  package var size: Int
  /// Rows of the kind in the top; of rows tied at its edge, the expected number over all orders.
  package var countInTop: Double
  /// Two-sided hypergeometric p: the smaller tail twice. Of the orders of rows tied at the edge, the one with the largest p
  /// is taken.
  package var pValue: Double

  /// The share of the kind among all rows.
  package var share: Double { Double(count) / Double(total) }
  /// The share of the kind in the top.
  package var shareInTop: Double { countInTop / Double(size) }
  /// The share in the top over the share among all; nil without a row of the kind.
  package var enrichment: Double? { count > 0 ? shareInTop / share : nil }

  /// Counts a kind of row.
  ///
  /// - Parameters:
  ///   - kind: True for each row that is of the kind.
  ///   - scores: Larger is better.
  ///   - size: Rows in the top, 1 … n.
  /// - Throws: `Reason` when there are no rows, the size is out of range, or a score is not finite.
  package init(of kind: [Bool], scores: [Double], size: Int) throws(Reason) {
    guard kind.count == scores.count, !kind.isEmpty else { throw Reason("no rows") }
    guard (1...kind.count).contains(size) else { throw Reason("a top of \(size) of \(kind.count) rows") }
    guard scores.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    let top = TiedTop(scores, size: size).probability
    let (sure, tied) = (top.indices.filter { top[$0] >= 1 }, top.indices.filter { top[$0] > 0 && top[$0] < 1 })
    let (sureOfKind, tiedOfKind) = (sure.count { kind[$0] }, tied.count { kind[$0] })
    let places = size - sure.count
    count = kind.count { $0 }
    total = kind.count
    self.size = size
    countInTop = Double(sureOfKind) + (tied.isEmpty ? 0 : Double(tiedOfKind * places) / Double(tied.count))
    let distribution = try Hypergeometric(total: total, marked: count, drawn: size)
    let (least, most) = (sureOfKind + max(0, places - (tied.count - tiedOfKind)), sureOfKind + min(places, tiedOfKind))
    pValue = distribution.twoSided(in: least...most)
  }
}
