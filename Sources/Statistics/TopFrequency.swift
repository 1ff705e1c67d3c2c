import Outcomes

/// How frequent a kind of row is in the top of a ranking, against all rows.
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
  ///   - kind: Whether each row is of the kind.
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
