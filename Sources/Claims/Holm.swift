/// Holm's step-down adjustment of p-values (1979).
enum Holm {
  /// With p sorted ascending, the i-th of m becomes max over j ≤ i of min(1, (m − j + 1) p_j); in the order given.
  /// O(m log m).
  static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(1, Double(pValues.count - rank) * pValues[index]))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
