import ElementaryFunctions

/// The means of u(A) for LPZero's twenty operations u on one tensor, in two passes over it.
///
/// They are those of `UnaryOperation.mean(of:)` up to rounding: sums are shared, one exponential serves three operations, the mean of
/// a softmax is one over the length of its axis, that of z-normalised entries 0. A mean that is nothing but the rounding of
/// entries that cancel is 0.
struct OperationMeans {
  /// The sums of a pass, by their place in the array of totals.
  private enum Sum: Int, CaseIterable {
    case entries, magnitudes, squares, positives, roots, inverses, logarithms, magnitudeLogarithms, powers, sigmoids
  }

  /// Magnitudes up to which exponentials are added up without being scaled.
  private static let greatestExponent = 300.0

  /// The means, in the order of `UnaryOperation.ofLPZero`.
  static func of(_ tensor: ProxyTensor) -> [Double] {
    guard tensor.values.count > 1, let sums = OperationMeans(tensor) else {
      return UnaryOperation.ofLPZero.map { $0.mean(of: tensor) }
    }
    return UnaryOperation.ofLPZero.map { sums.mean($0) }
  }

  private let tensor: ProxyTensor
  private var totals = Sum.allCases.map { _ in OrderedTotal() }
  private var least = Double.infinity
  private var most = -Double.infinity
  /// Σ e^a over the first axis.
  private var columns: [Double]

  /// Adds up; nil when an entry is not finite.
  private init?(_ tensor: ProxyTensor) {
    self.tensor = tensor
    let width = tensor.values.count / (tensor.shape.first ?? 1)
    columns = [Double](repeating: 0, count: width)
    var column = 0
    var start = 0
    while start < tensor.values.count {
      let end = min(start + OrderedSum.block, tensor.values.count)
      guard addBlock(start..<end, &column, width) else { return nil }
      start = end
    }
  }

  private mutating func addBlock(_ places: Range<Int>, _ column: inout Int, _ width: Int) -> Bool {
    let guardTerm = UnaryOperation.guardTerm
    var (entries, magnitudes, squares, positives, roots, inverses) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var (logarithms, magnitudeLogarithms, powers, sigmoids) = (0.0, 0.0, 0.0, 0.0)
    let ofOne = Elementary.log(1 + guardTerm)
    for place in places {
      let a = tensor.values[place]
      guard a.isFinite else { return false }
      if a < least { least = a }
      if a > most { most = a }
      entries += a
      magnitudes += abs(a)
      squares += a * a
      inverses += 1 / (a + guardTerm)
      if a > 0 {
        positives += a
        roots += a.squareRoot()
        logarithms += Elementary.log(a + guardTerm)
      } else {
        logarithms += ofOne
      }
      if a != 0 { magnitudeLogarithms += Elementary.log(abs(a)) }
      let power = Elementary.exp(a)
      powers += power
      sigmoids += a > 40 ? 1 : power / (1 + power)
      columns[column] += power
      column = column + 1 == width ? 0 : column + 1
    }
    let sums = [
      entries, magnitudes, squares, positives, roots, inverses, logarithms, magnitudeLogarithms, powers, sigmoids,
    ]
    for (index, sum) in sums.enumerated() { totals[index].add(sum) }
    return true
  }

  private func total(_ sum: Sum) -> Double { totals[sum.rawValue].value }

  private func mean(_ operation: UnaryOperation) -> Double {
    let count = Double(tensor.values.count)
    let sum = total(.entries)
    let settled = abs(sum) <= 1e-13 * total(.magnitudes) ? 0 : sum
    switch operation {
    case .log: return total(.logarithms) / count
    case .abslog: return total(.magnitudeLogarithms) / count
    case .abs: return total(.magnitudes) / count
    case .square: return total(.squares) / count
    case .exp: return total(.powers) / count
    case .zNormalise: return 0
    case .relu: return total(.positives) / count
    case .invert: return total(.inverses) / count
    case .frobenius: return total(.squares).squareRoot()
    case .normSum: return settled / (count + UnaryOperation.guardTerm)
    case .l1: return total(.magnitudes) / (count + UnaryOperation.guardTerm)
    case .softmax: return Double(columns.count) / count
    case .sigmoid: return total(.sigmoids) / count
    case .logsoftmax:
      guard max(abs(least), abs(most)) <= Self.greatestExponent else { return operation.mean(of: tensor) }
      return sum / count - OrderedSum.of(columns) { Elementary.log($0) } / Double(columns.count)
    case .sqrt: return total(.roots) / count
    case .negate: return -settled / count
    case .minmax: return (sum / count - least) / (most - least + UnaryOperation.guardTerm)
    case .mean, .identity: return settled / count
    case .std, .sum, .min, .max: return operation.mean(of: tensor)
    }
  }
}
