/// Quantiles of sorted values.
package enum Quantile {
  /// The value (n − 1)·p places after the first, interpolated linearly (Hyndman & Fan's type 7); p is kept in 0 … 1.
  ///
  /// - Precondition: `sorted` is ascending and not empty.
  package static func linear(_ sorted: [Double], _ p: Double) -> Double {
    let place = Double(sorted.count - 1) * (p.isNaN ? 0.5 : min(1, max(0, p)))
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
  }
}
