import Outcomes

/// P-values adjusted for the number of tests in a family, by Holm or by Benjamini & Hochberg.
package struct AdjustedPValues: Sendable, Hashable {
  /// Adjustment for the number of tests.
  package enum Method: String, Sendable, Hashable, CaseIterable {
    /// Holm (1979): the chance of one wrong rejection or more stays below α.
    case holm
    /// Benjamini & Hochberg (1995): the expected share of wrong ones among the rejections stays below α, for independent or
    /// positively dependent tests.
    case benjaminiHochberg = "benjamini-hochberg"
    /// No adjustment: p-values stay as they are.
    case none
  }

  package let method: Method
  /// The adjusted p-values in the order given; nil where there is none.
  package let values: [Double?]
  /// Number of tests in the family: those that have a p-value.
  package let familySize: Int

  /// Number of tests left out of the family, for they have no p-value.
  package var undefinedCount: Int { values.count - familySize }

  /// With p₍₁₎ ≤ … ≤ p₍ₘ₎ in ascending order, Holm's are max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎), those of
  /// Benjamini & Hochberg min over j ≥ i of min(1, m p₍ⱼ₎ / j). Equal p-values stay equal, and no order is turned round. O(m
  /// log m).
  ///
  /// - Throws: `Reason` for a p-value that is not in 0 … 1.
  package init(_ values: [Double?], method: Method) throws(Reason) {
    guard values.allSatisfy({ $0.map { $0 >= 0 && $0 <= 1 } ?? true }) else {
      throw Reason("a p-value is not in 0 … 1")
    }
    self.method = method
    let family = values.indices.compactMap { index in values[index].map { (index: index, value: $0) } }
      .sorted { ($0.value, $0.index) < ($1.value, $1.index) }
    familySize = family.count
    var adjusted = values
    let size = Double(family.count)
    switch method {
    case .none: break
    case .holm:
      var largest = 0.0
      for (place, test) in family.enumerated() {
        largest = max(largest, min(1, (size - Double(place)) * test.value))
        adjusted[test.index] = largest
      }
    case .benjaminiHochberg:
      var smallest = 1.0
      for (place, test) in family.enumerated().reversed() {
        smallest = min(smallest, size * test.value / Double(place + 1))
        adjusted[test.index] = smallest
      }
    }
    self.values = adjusted
  }
}
