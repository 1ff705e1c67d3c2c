import Outcomes

/// Sums and products of counts that say when they do not fit.
struct ExactCount {
  private(set) var value = 0
  private(set) var isExact = true

  /// Adds a product.
  mutating func add(_ factors: Int...) {
    var product = 1
    for factor in factors {
      let (partial, overflow) = product.multipliedReportingOverflow(by: factor)
      if overflow { isExact = false }
      product = partial
    }
    let (sum, overflow) = value.addingReportingOverflow(product)
    if overflow { isExact = false }
    value = sum
  }

  /// The count.
  ///
  /// - Throws: `Reason` when it does not fit 64 bits.
  func checked(_ name: String) throws(Reason) -> Int {
    guard isExact else { throw Reason("the number of \(name) does not fit 64 bits") }
    return value
  }
}
