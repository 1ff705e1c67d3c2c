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
  /// The adjusted p-values in the order given; nil where there is none. One that would be smaller if a p-value at its floor were
  /// smaller is a bound itself.
  package let adjusted: [PValue?]
  /// The adjusted p-values as numbers.
  package var values: [Double?] { adjusted.map { $0?.value } }
  /// Number of tests in the family: those that have a p-value.
  package let familySize: Int

  /// Number of tests left out of the family, for they have no p-value.
  package var undefinedCount: Int { adjusted.count - familySize }

  /// With p₍₁₎ ≤ … ≤ p₍ₘ₎ in ascending order, Holm's are max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎), those of
  /// Benjamini & Hochberg min over j ≥ i of min(1, m p₍ⱼ₎ / j). Equal p-values stay equal, and no order is turned round. O(m
  /// log m).
  ///
  /// - Throws: `Reason` for a p-value that is not in 0 … 1.
  package init(_ values: [Double?], method: Method) throws(Reason) {
    try self.init(of: values.map { $0.map { PValue($0) } }, method: method)
  }

  /// The same of p-values of which some may be at their floor.
  package init(of tests: [PValue?], method: Method) throws(Reason) {
    guard tests.allSatisfy({ $0.map { $0.value >= 0 && $0.value <= 1 } ?? true }) else {
      throw Reason("a p-value is not in 0 … 1")
    }
    self.method = method
    let family = tests.indices.compactMap { index in tests[index].map { (index: index, test: $0) } }
      .sorted { ($0.test.value, $0.index) < ($1.test.value, $1.index) }
    familySize = family.count
    var adjusted = tests
    let size = Double(family.count)
    switch method {
    case .none: break
    case .holm:
      var largest = (value: 0.0, isFloor: false)
      for (place, member) in family.enumerated() {
        let value = min(1, (size - Double(place)) * member.test.value)
        if value > largest.value || (value == largest.value && !member.test.isFloor) {
          largest = (value, member.test.isFloor)
        }
        adjusted[member.index] = PValue(largest.value, isFloor: largest.isFloor)
      }
    case .benjaminiHochberg:
      var smallest = (value: 1.0, isFloor: false)
      for (place, member) in family.enumerated().reversed() {
        let value = size * member.test.value / Double(place + 1)
        if value < smallest.value || (value == smallest.value && member.test.isFloor) {
          smallest = (value, member.test.isFloor)
        }
        adjusted[member.index] = PValue(smallest.value, isFloor: smallest.isFloor || member.test.isFloor)
      }
    }
    self.adjusted = adjusted
  }
}
