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

  /// What one row of the top counts, so that expected hits are whole: rows that are surely in the top count `hitUnit`, those
  /// tied at its edge `topSize − sureCount`.
  var hitUnit: Int { max(1, tiedCount) }

  /// The expected share of the top for a number of hits.
  func recall(_ hits: Int) -> Double { Double(hits) / (Double(topSize) * Double(hitUnit)) }

  /// The bits of a set of rows, in the part's order.
  func words(_ rows: RowSet) -> [UInt64] { RowSet(count: count) { rows.contains(order[$0]) }.words }

  /// A set of rows measured.
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
