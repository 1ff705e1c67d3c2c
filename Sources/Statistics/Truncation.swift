/// The ranking cut to its best part.
package enum Truncation {
  /// The rows whose target is among the best share: at least `share`·n rows, all rows tied with the last of them too.
  /// A share below 1/n keeps the best row, one above 1 all rows; without a number for a share no row is kept. O(n log n).
  package static func rows(_ target: [Double], share: Double, higherIsBetter: Bool) -> [Int] {
    guard !target.isEmpty, !share.isNaN else { return [] }
    let sorted = target.sorted { higherIsBetter ? $0 > $1 : $0 < $1 }
    let size = max(1, Int((min(1, max(0, share)) * Double(target.count)).rounded(.up)))
    let threshold = sorted[size - 1]
    return target.indices.filter { higherIsBetter ? target[$0] >= threshold : target[$0] <= threshold }
  }
}
