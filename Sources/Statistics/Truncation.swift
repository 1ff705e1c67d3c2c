/// The ranking cut to its best part.
public enum Truncation {
  /// The rows whose target is among the best share: at least `share`·n rows, all rows tied with the last of them too.
  public static func rows(_ target: [Double], share: Double, higherIsBetter: Bool) -> [Int] {
    guard !target.isEmpty else { return [] }
    let sorted = target.sorted { higherIsBetter ? $0 > $1 : $0 < $1 }
    let size = min(target.count, max(1, Int((share * Double(target.count)).rounded(.up))))
    let threshold = sorted[size - 1]
    return target.indices.filter { higherIsBetter ? target[$0] >= threshold : target[$0] <= threshold }
  }
}
