/// A program of the family that LPZero searches: φ = agg over layers of b(mean u₂(u₁(A)), mean v₂(v₁(B))), each mean over a
/// matrix and over the modules of the layer.
///
/// b is a sum, a difference or a product: a matrix product of two numbers, which LPZero can draw too, has no value.
package struct PairedProxy: Sendable, Hashable, Codable {
  /// An input and the two operations on it.
  package struct Side: Sendable, Hashable, Codable {
    package var input: ProxyInput
    /// The operation on the matrix, u₁.
    package var inner: UnaryOperation
    /// The operation on what that gives, u₂.
    package var outer: UnaryOperation

    package init(_ input: ProxyInput, _ inner: UnaryOperation, _ outer: UnaryOperation) {
      self.input = input
      self.inner = inner
      self.outer = outer
    }
  }

  package var first: Side
  package var second: Side
  package var operation: BinaryOperation
  package var aggregation: ProxyAggregation

  package init(
    _ first: Side, _ operation: BinaryOperation, _ second: Side, aggregation: ProxyAggregation = .mean
  ) {
    self.first = first
    self.second = second
    self.operation = operation
    self.aggregation = aggregation
  }

  /// The operations b of the family.
  package static let operations: [BinaryOperation] = [.sum, .difference, .product]

  /// The formula in the language, what has no effect left out and the sides of a sum or a product in order of their texts.
  /// Programs with one formula have one value, up to rounding.
  package var expression: ProxyExpression {
    var sides = [first.expression, second.expression]
    if operation != .difference { sides.sort { $0.text < $1.text } }
    return ProxyExpression(
      .aggregate(aggregation, .layers, ProxyExpression(.binary(operation, sides[0], sides[1]))))
  }

  /// The canonical text: the identity of the program in a search.
  package var text: String { expression.text }

  /// The value for a network; nil where it is undefined.
  package func value(of features: ProxyFeatures) -> Double? { values(of: [features.tables])[0] }

  /// The value for each network; nil where it is undefined.
  func values(of networks: [[ProxyInput: ProxyFeatures.Table]]) -> [Double?] {
    guard let one = first.column, let other = second.column else { return networks.map { _ in nil } }
    return networks.map { tables in
      guard let left = tables[first.input], let right = tables[second.input], left.layers == right.layers else {
        return nil
      }
      let values = left.layers.indices.map { layer in
        joined(left.values[layer * ProxyFeatures.width + one], right.values[layer * ProxyFeatures.width + other])
      }
      guard !values.isEmpty else { return nil }
      let value = aggregation.value(values)
      return value.isFinite ? value : nil
    }
  }

  private func joined(_ left: Double, _ right: Double) -> Double {
    switch operation {
    case .sum: left + right
    case .difference: left - right
    case .product: left * right
    case .quotient, .matmul: .nan
    }
  }
}

extension PairedProxy.Side {
  /// The place of the pair of operations among the numbers of a layer; nil for operations that LPZero does not have.
  var column: Int? {
    guard let one = inner.numberInLPZero, let other = outer.numberInLPZero else { return nil }
    return one * ProxyFeatures.operationCount + other
  }

  /// The side in the language.
  var expression: ProxyExpression {
    var formula = ProxyExpression(.input(input))
    var isNumber = false
    for operation in Self.reduced([inner, outer]) {
      formula = ProxyExpression(.unary(operation, formula))
      isNumber = isNumber || operation.givesNumber
    }
    if !isNumber { formula = ProxyExpression(.unary(.mean, formula)) }
    return ProxyExpression(.aggregate(.mean, .modules, formula))
  }

  /// The operations without those that change nothing. What they make is averaged at the end, so that a mean changes nothing
  /// where it comes last, or after another operation that gives a number.
  static func reduced(_ operations: [UnaryOperation]) -> [UnaryOperation] {
    var chain: [UnaryOperation] = []
    for operation in operations where operation != .identity {
      guard let last = chain.last else {
        chain.append(operation)
        continue
      }
      if operation == .mean, last.givesNumber { continue }
      if last == .negate, operation == .negate {
        chain.removeLast()
      } else if last == .negate || last == .abs,
        Self.ignoresSigns.contains(operation) || last == .negate && operation == .std
      {
        chain[chain.count - 1] = operation
      } else if Self.isNeverNegative.contains(last), operation == .abs || operation == .relu {
        continue
      } else {
        chain.append(operation)
      }
    }
    if chain.last == .mean { chain.removeLast() }
    return chain
  }

  /// Operations to which a and −a are the same.
  private static let ignoresSigns: Set<UnaryOperation> = [.abs, .square, .frobenius, .l1, .abslog]
  /// Operations that give no negative number.
  private static let isNeverNegative: Set<UnaryOperation> = [
    .abs, .square, .exp, .relu, .frobenius, .l1, .softmax, .sigmoid, .sqrt, .minmax, .std,
  ]
}
