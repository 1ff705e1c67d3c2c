import Statistics

/// A part of the rows, best target first, with its top: what rules are scored on.
struct RuleSample: Sendable {
  /// The rows, from the best to the worst target; ties in order of row.
  let order: [Int]
  /// Rows in the top.
  let topSize: Int
  /// Rows that are in the top whatever the order of ties: the first of the order.
  let sureCount: Int
  /// Rows after them that are tied at the top's edge; 0 without such ties.
  let tiedCount: Int
  /// Targets in order, less their mean; negative where small targets are good.
  let goodness: [Double]
  /// The mean that was taken out, with the same sign.
  let center: Double

  /// Orders the given rows.
  ///
  /// - Precondition: `topSize` is in 1 … the number of rows.
  init(_ sample: FeatureSample, rows: [Int], topSize: Int) {
    let sign: Double = sample.higherIsBetter ? 1 : -1
    let order = rows.sorted { left, right in
      let (first, second) = (sign * sample.target[left], sign * sample.target[right])
      return first == second ? left < right : first > second
    }
    self.order = order
    self.topSize = topSize
    let edge = sample.target[order[topSize - 1]]
    let sure = order.firstIndex { sample.target[$0] == edge } ?? 0
    let tied = order.count { sample.target[$0] == edge }
    (sureCount, tiedCount) = sure + tied == topSize ? (topSize, 0) : (sure, tied)
    let targets = order.map { sign * sample.target[$0] }
    let mean = Mean.value(targets)
    center = mean
    goodness = targets.map { $0 - mean }
  }

  /// The number of rows.
  var count: Int { order.count }

  /// The weight of a row of the top, so that expected hits are whole: rows that are surely in the top count `hitUnit`, those
  /// tied at its edge `topSize − sureCount`.
  var hitUnit: Int { max(1, tiedCount) }

  /// The expected share of the top for a number of hits.
  func recall(_ hits: Int) -> Double { Double(hits) / (Double(topSize) * Double(hitUnit)) }

  /// The bits of a set of rows, in the part's order.
  func words(_ rows: RowSet) -> [UInt64] { RowSet(count: count) { rows.contains(order[$0]) }.words }

  /// Size, recall and mean target of a set of rows.
  func measured(_ rows: RowSet) -> RuleMeasure {
    var (size, hits, sum) = (0, 0, 0.0)
    for (place, row) in order.enumerated() where rows.contains(row) {
      size += 1
      if place < sureCount {
        hits += hitUnit
      } else if place < sureCount + tiedCount {
        hits += topSize - sureCount
      }
      sum += goodness[place]
    }
    return RuleMeasure(
      size: size, total: count, recall: recall(hits), goodness: size > 0 ? center + sum / Double(size) : nil)
  }
}

/// Size, recall and mean target of the rows that a rule keeps, out of a part of the rows.
package struct RuleMeasure: Sendable, Hashable {
  /// Rows kept.
  package var size: Int
  /// Rows of the part.
  package var total: Int
  /// The share of the part's top that is kept; of rows tied at its edge, the expected share over all orders.
  package var recall: Double
  /// The mean target of the rows kept, with a minus sign where small targets are good; nil when none is kept.
  var goodness: Double?

  /// The share of the rows that is kept; also the recall of as many rows drawn at random.
  package var share: Double { Double(size) / Double(total) }

  /// Recall over the share kept; nil when no row is kept.
  package var enrichment: Double? { size > 0 ? recall / share : nil }

  /// The mean target of the rows kept; nil when none is kept.
  package func mean(higherIsBetter: Bool) -> Double? { goodness.map { higherIsBetter ? $0 : -$0 } }

  /// The score that a search maximises.
  ///
  /// - Returns: The score; nil when it needs rows and none is kept. That of `mean` has a minus sign where small targets are
  ///   good.
  package func score(_ objective: RuleObjective) -> Double? {
    switch objective {
    case .recall: recall
    case .enrichment: enrichment
    case .mean: goodness
    }
  }
}

/// The objective of a rule search.
package enum RuleObjective: Sendable, Hashable {
  /// The largest share of the top among rules that keep at most a share of the rows.
  case recall(share: Double)
  /// The best mean target.
  case mean
  /// The largest recall over the share of the rows kept.
  case enrichment
}
