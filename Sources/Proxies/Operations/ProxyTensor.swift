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

/// Sums in one order, whatever computes them: blocks of 128 numbers from the left, the blocks' sums added in pairs. The error
/// grows with the logarithm of the count, not with the count.
enum OrderedSum {
  private static let block = 128

  static func of(_ values: [Double]) -> Double { of(values) { $0 } }

  /// Σ f(x) in the order of the values.
  @inline(__always)
  static func of(_ values: [Double], _ function: (Double) -> Double) -> Double {
    values.withUnsafeBufferPointer { values in
      // Sums of 2^k blocks wait at place k until another is there, as bits of a counter carry over.
      var waiting: [Double] = []
      var blocks = 0
      var start = 0
      while start < values.count {
        let end = min(start + block, values.count)
        var sum = 0.0
        for index in start..<end { sum += function(values[index]) }
        blocks += 1
        for _ in 0..<blocks.trailingZeroBitCount { if let earlier = waiting.popLast() { sum = earlier + sum } }
        waiting.append(sum)
        start = end
      }
      return waiting.reversed().reduce(0) { $1 + $0 }
    }
  }
}
