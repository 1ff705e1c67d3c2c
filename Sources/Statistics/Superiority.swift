import Outcomes

/// The chance that a value of one kind of row exceeds one of the other kind, ties counting one half: the area under the ROC curve
/// of telling the kinds apart by the value, U/(n₁n₂) of Mann & Whitney (1947).
package enum Superiority {
  /// The value with its bootstrap interval, whole clusters drawn; both kinds vary in size from resample to resample.
  ///
  /// - Parameters:
  ///   - values: Finite numbers.
  ///   - isFirst: True for rows of the first kind.
  ///   - clusters: The cluster of each row from 0; nil when every row stands by itself.
  ///   - settings: The settings of the interval; nil for none.
  /// - Throws: `Reason` when a kind has no row, columns differ in length, or a value is not finite.
  package static func estimate(
    _ values: [Double], isFirst: [Bool], clusters: [Int]? = nil, settings: BootstrapSettings?
  ) throws(Reason) -> (value: Double, interval: Outcome<Interval>?) {
    guard values.count == isFirst.count, clusters.map({ $0.count == values.count }) ?? true else {
      throw Reason("the columns differ in length")
    }
    guard values.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    guard isFirst.contains(true), isFirst.contains(false) else { throw Reason("all rows are of one kind") }
    let units = Strata(clusters ?? Array(values.indices))
    let ranks = DenseRanks(values)
    let rows = ranks.order.map { row in
      (rank: ranks.ranks[Int(row)], isFirst: isFirst[Int(row)], unit: units.numbers[Int(row)])
    }
    func superiority(_ drawn: [Int32]) -> Double? {
      var (doubled, firsts, seconds) = (0, 0, 0)
      var (run, runFirsts, runSeconds) = (Int32(-1), 0, 0)
      func close() {
        doubled += runFirsts * (2 * seconds + runSeconds)
        firsts += runFirsts
        seconds += runSeconds
        (runFirsts, runSeconds) = (0, 0)
      }
      for row in rows {
        if row.rank != run {
          close()
          run = row.rank
        }
        let weight = Int(drawn[row.unit])
        if row.isFirst { runFirsts += weight } else { runSeconds += weight }
      }
      close()
      guard firsts > 0, seconds > 0 else { return nil }
      return Double(doubled) / 2 / (Double(firsts) * Double(seconds))
    }
    let value = superiority([Int32](repeating: 1, count: units.count)) ?? 0.5
    let interval = settings.map { settings in
      Bootstrap.resampled(unitCount: units.count, settings: settings) { [superiority($0)] }[0].flatMap {
        $0.interval()
      }
    }
    return (value, interval)
  }
}
