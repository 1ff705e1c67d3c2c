import Outcomes

/// Numbers in row-major order with a shape; a number by itself has the shape [].
package struct ProxyTensor: Sendable, Hashable {
  /// Positive lengths of the axes.
  package let shape: [Int]
  package let values: [Double]

  /// Creates a tensor.
  ///
  /// - Throws: `Reason` when a length is not positive or there is not one number for each entry.
  package init(shape: [Int], values: [Double]) throws(Reason) {
    var count = 1
    for length in shape {
      guard length > 0 else { throw Reason("a matrix has no entries") }
      let product = count.multipliedReportingOverflow(by: length)
      guard !product.overflow else { throw Reason("a matrix is too large") }
      count = product.partialValue
    }
    guard count == values.count else {
      throw Reason("\(values.count) numbers cannot fill the shape [\(shape.map(String.init).joined(separator: ", "))]")
    }
    self.shape = shape
    self.values = values
  }

  /// A number by itself.
  package init(_ number: Double) {
    shape = []
    values = [number]
  }

  /// A tensor of which the caller knows that the numbers fill the shape.
  init(shape: [Int], unchecked values: [Double]) {
    self.shape = shape
    self.values = values
  }

  /// True for a number by itself.
  package var isNumber: Bool { shape.isEmpty }

  /// The shape as messages show it.
  var shapeText: String { "[\(shape.map(String.init).joined(separator: ", "))]" }

  /// The mean of all entries: what LPZero reduces a matrix to.
  package var mean: Double { OrderedSum.of(values) / Double(values.count) }
}
