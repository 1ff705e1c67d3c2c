import Outcomes

/// Operations on two values.
package enum BinaryOperation: String, Sendable, Hashable, Codable, CaseIterable {
  /// a + b, entry by entry.
  case sum
  /// a − b, entry by entry.
  case difference
  /// a · b, entry by entry.
  case product
  /// a / b, entry by entry; not one of LPZero's.
  case quotient
  /// The matrix product of [n, m] and [m, p].
  case matmul

  /// LPZero's index of the operation; nil for those that it does not have.
  package var numberInLPZero: Int? {
    switch self {
    case .sum: 0
    case .difference: 1
    case .product: 2
    case .matmul: 3
    case .quotient: nil
    }
  }

  /// How it is written between its operands; `matmul` is a function.
  var sign: String {
    switch self {
    case .sum: "+"
    case .difference: "-"
    case .product: "*"
    case .quotient: "/"
    case .matmul: "matmul"
    }
  }

  /// Larger binds tighter.
  var precedence: Int {
    switch self {
    case .sum, .difference: 1
    case .product, .quotient: 2
    case .matmul: 4
    }
  }

  /// The formula as the documentation has it.
  package var formula: String {
    switch self {
    case .sum: "a + b, entry by entry"
    case .difference: "a − b, entry by entry"
    case .product: "a · b, entry by entry"
    case .quotient: "a / b, entry by entry"
    case .matmul: "the matrix product of [n, m] and [m, p]"
    }
  }

  /// The most entries of a matrix product.
  static let greatestProduct = 1 << 24

  /// The value for two tensors. A number goes with every entry of the other; otherwise shapes are equal.
  ///
  /// - Throws: `Reason` when shapes do not go together.
  package func applied(to left: ProxyTensor, _ right: ProxyTensor) throws(Reason) -> ProxyTensor {
    switch self {
    case .sum: return try Self.entrywise(left, right, name: "added") { $0 + $1 }
    case .difference: return try Self.entrywise(left, right, name: "subtracted") { $0 - $1 }
    case .product: return try Self.entrywise(left, right, name: "multiplied") { $0 * $1 }
    case .quotient: return try Self.entrywise(left, right, name: "divided") { $0 / $1 }
    case .matmul: return try Self.matrixProduct(left, right)
    }
  }

  private static func entrywise(
    _ left: ProxyTensor, _ right: ProxyTensor, name: String, _ operation: (Double, Double) -> Double
  ) throws(Reason) -> ProxyTensor {
    if left.shape == right.shape {
      return ProxyTensor(
        shape: left.shape, unchecked: left.values.indices.map { operation(left.values[$0], right.values[$0]) })
    }
    if right.isNumber {
      return ProxyTensor(shape: left.shape, unchecked: left.values.map { operation($0, right.values[0]) })
    }
    if left.isNumber {
      return ProxyTensor(shape: right.shape, unchecked: right.values.map { operation(left.values[0], $0) })
    }
    throw Reason("matrices of shapes \(left.shapeText) and \(right.shapeText) cannot be \(name) entry by entry")
  }

  private static func matrixProduct(_ left: ProxyTensor, _ right: ProxyTensor) throws(Reason) -> ProxyTensor {
    guard left.shape.count == 2, right.shape.count == 2, left.shape[1] == right.shape[0] else {
      throw Reason("there is no matrix product of shapes \(left.shapeText) and \(right.shapeText)")
    }
    let (rows, inner, columns) = (left.shape[0], left.shape[1], right.shape[1])
    guard rows <= greatestProduct / columns else {
      throw Reason("the matrix product of \(left.shapeText) and \(right.shapeText) is too large")
    }
    var values = [Double](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for middle in 0..<inner {
        let factor = left.values[row * inner + middle]
        for column in 0..<columns {
          values[row * columns + column] += factor * right.values[middle * columns + column]
        }
      }
    }
    return ProxyTensor(shape: [rows, columns], unchecked: values)
  }
}
