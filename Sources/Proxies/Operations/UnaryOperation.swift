import ElementaryFunctions

/// Operations on one value: LPZero's twenty (Dong et al. 2024, released code), in the order of its table, and three more.
///
/// Each takes a tensor of any shape and leaves it as it is. Those that are none of LPZero's are `sum`, `min` and `max`.
package enum UnaryOperation: String, Sendable, Hashable, Codable, CaseIterable {
  case log
  case abslog
  case abs
  case square
  case exp
  case zNormalise = "z-normalise"
  case relu
  case invert
  case frobenius
  case normSum = "norm-sum"
  case l1
  case softmax
  case sigmoid
  case logsoftmax
  case sqrt
  case negate
  case minmax
  case mean
  case std
  case identity
  case sum
  case min
  case max

  /// LPZero's operations, at the places of its table.
  package static let ofLPZero = Array(allCases.prefix(20))

  /// LPZero's index of the operation; nil for those that it does not have.
  package var numberInLPZero: Int? { Self.ofLPZero.firstIndex(of: self) }

  /// True for operations whose value is one number; those of others have the shape of the operand.
  package var givesNumber: Bool {
    switch self {
    case .frobenius, .normSum, .l1, .mean, .std, .sum, .min, .max: true
    default: false
    }
  }

  /// True for those two of which LPZero's code writes into its operand: entries that the logarithm does not take become 1.
  var writesInReleasedCode: Bool { self == .log || self == .abslog }

  /// What is added to keep denominators from 0.
  static let guardTerm = 1e-9

  /// The formula as the documentation has it; n entries a of the operand A.
  package var formula: String {
    switch self {
    case .log: "ln(a + 10⁻⁹), with 1 in place of an a ≤ 0"
    case .abslog: "ln |a|, with 1 in place of 0"
    case .abs: "|a|"
    case .square: "a²"
    case .exp: "eᵃ"
    case .zNormalise: "(a − mean) / SD with n − 1; 0 where that is undefined"
    case .relu: "max(a, 0)"
    case .invert: "1 / (a + 10⁻⁹)"
    case .frobenius: "√Σ a²"
    case .normSum: "Σ a / (n + 10⁻⁹)"
    case .l1: "Σ |a| / (n + 10⁻⁹)"
    case .softmax: "softmax along the first axis; 1 for a number"
    case .sigmoid: "1 / (1 + e⁻ᵃ)"
    case .logsoftmax: "logarithm of the softmax along the first axis; 0 for a number"
    case .sqrt: "√max(a, 0)"
    case .negate: "−a, also written -A"
    case .minmax: "(a − min) / (max − min + 10⁻⁹)"
    case .mean: "Σ a / n"
    case .std: "standard deviation with n − 1; undefined for a number"
    case .identity: "a"
    case .sum: "Σ a"
    case .min: "the smallest a"
    case .max: "the largest a"
    }
  }

  /// The value for a tensor, as IEEE 754 has it: NaN and infinities are passed on. Sums are in a fixed order. O(n).
  package func applied(to tensor: ProxyTensor) -> ProxyTensor {
    if let function = entryFunction(tensor.values) {
      return ProxyTensor(shape: tensor.shape, unchecked: tensor.values.map(function))
    }
    if let number = number(tensor.values) { return ProxyTensor(number) }
    return Self.softmax(tensor, isLogarithm: self == .logsoftmax)
  }

  /// The mean of the value for a tensor: that of `applied(to:)`, bit by bit, without making it where that is not needed.
  package func mean(of tensor: ProxyTensor) -> Double {
    if let function = entryFunction(tensor.values) {
      return OrderedSum.of(tensor.values, function) / Double(tensor.values.count)
    }
    return number(tensor.values) ?? applied(to: tensor).mean
  }

  /// What becomes of each entry; nil for operations that are not entry by entry.
  private func entryFunction(_ values: [Double]) -> ((Double) -> Double)? {
    switch self {
    case .log: return { Elementary.log(($0 <= 0 ? 1 : $0) + Self.guardTerm) }
    case .abslog: return { $0 == 0 ? 0 : Elementary.log(Swift.abs($0)) }
    case .abs: return { Swift.abs($0) }
    case .square: return { $0 * $0 }
    case .exp: return { Elementary.exp($0) }
    case .zNormalise:
      let (mean, deviation) = Self.moments(values)
      return { entry in
        let value = (entry - mean) / deviation
        return value.isNaN ? 0 : value
      }
    case .relu: return { $0 > 0 || $0.isNaN ? $0 : 0 }
    case .invert: return { 1 / ($0 + Self.guardTerm) }
    case .sigmoid: return Self.sigmoid
    case .sqrt: return { $0 > 0 || $0.isNaN ? $0.squareRoot() : 0 }
    case .negate: return { -$0 }
    case .minmax:
      let (least, most) = Self.extremes(values)
      let range = most - least + Self.guardTerm
      return { ($0 - least) / range }
    case .identity: return { $0 }
    case .frobenius, .normSum, .l1, .softmax, .logsoftmax, .mean, .std, .sum, .min, .max: return nil
    }
  }

  /// The number that the entries are made; nil for operations that keep the shape.
  private func number(_ values: [Double]) -> Double? {
    let count = Double(values.count)
    switch self {
    case .frobenius: return OrderedSum.of(values) { $0 * $0 }.squareRoot()
    case .normSum: return OrderedSum.of(values) / (count + Self.guardTerm)
    case .l1: return OrderedSum.of(values) { Swift.abs($0) } / (count + Self.guardTerm)
    case .mean: return OrderedSum.of(values) / count
    case .std: return Self.moments(values).deviation
    case .sum: return OrderedSum.of(values)
    case .min: return Self.extremes(values).least
    case .max: return Self.extremes(values).most
    default: return nil
    }
  }

  /// The operand as LPZero's code leaves it behind; nil for operations that do not write.
  func writtenOperand(_ tensor: ProxyTensor) -> ProxyTensor? {
    switch self {
    case .log: ProxyTensor(shape: tensor.shape, unchecked: tensor.values.map { $0 <= 0 ? 1 : $0 })
    case .abslog: ProxyTensor(shape: tensor.shape, unchecked: tensor.values.map { $0 == 0 ? 1 : $0 })
    default: nil
    }
  }

  /// The mean, and the standard deviation with n − 1; that of one number is NaN.
  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = OrderedSum.of(values) / Double(values.count)
    let squares = OrderedSum.of(values) { ($0 - mean) * ($0 - mean) }
    return (mean, values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan)
  }

  /// The smallest and the largest number; NaN for both when one is NaN.
  private static func extremes(_ values: [Double]) -> (least: Double, most: Double) {
    var (least, most) = (Double.infinity, -Double.infinity)
    for value in values {
      if value.isNaN { return (.nan, .nan) }
      if value < least { least = value }
      if value > most { most = value }
    }
    return (least, most)
  }

  private static func sigmoid(_ value: Double) -> Double {
    let power = Elementary.exp(-Swift.abs(value))
    return (value >= 0 ? 1 : power) / (1 + power)
  }

  /// Softmax over the first axis, or its logarithm: less the largest entry of each column, so that nothing overflows.
  private static func softmax(_ tensor: ProxyTensor, isLogarithm: Bool) -> ProxyTensor {
    let rows = tensor.shape.first ?? 1
    let columns = tensor.values.count / rows
    var largest = [Double](repeating: -.infinity, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = tensor.values[row * columns + column]
        if value > largest[column] || value.isNaN { largest[column] = value }
      }
    }
    var values = tensor.values
    var totals = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = row * columns + column
        let shifted = values[place] - largest[column]
        let power = Elementary.exp(shifted)
        totals[column] += power
        values[place] = isLogarithm ? shifted : power
      }
    }
    if isLogarithm { totals = totals.map { Elementary.log($0) } }
    for row in 0..<rows {
      for column in 0..<columns {
        if isLogarithm {
          values[row * columns + column] -= totals[column]
        } else {
          values[row * columns + column] /= totals[column]
        }
      }
    }
    return ProxyTensor(shape: tensor.shape, unchecked: values)
  }
}
