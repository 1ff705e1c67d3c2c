/// Matrices of one shape among the weights of a network.
package struct WeightMatrices: Sendable, Hashable {
  /// Outputs, the rows of a matrix.
  package var outputs: Int
  /// Inputs, the columns of a matrix.
  package var inputs: Int
  /// Number of such matrices.
  package var count: Int

  package init(outputs: Int, inputs: Int, count: Int = 1) {
    self.outputs = outputs
    self.inputs = inputs
    self.count = count
  }
}

/// Neural Spectral Capacity (Zhu, Zhao & Lu 2026): the sum over weight matrices of ln det(I + WᵀW), each in the limit of large
/// random matrices (`MarchenkoPastur`). It needs the sizes of an architecture and nothing else: no weights, data or seed. More is
/// better. Embeddings, biases, normalisations and the head do not count.
///
/// The value of a shape is kept, so that many architectures of one space cost little more than one.
package struct SpectralCapacity {
  /// The variance s² of the entries of a matrix at initialisation.
  package enum Scale: Sendable, Hashable {
    /// 2/(inputs + outputs), Glorot & Bengio (2010).
    case xavier
    /// 2/inputs, He et al. (2015).
    case kaiming
    /// The same for every matrix, such as 0.02² of GPT-2.
    case constant(variance: Double)

    /// s = 0.02.
    package static let gpt2 = Scale.constant(variance: 0.02 * 0.02)

    func variance(_ matrix: WeightMatrices) -> Double {
      switch self {
      case .xavier: 2 / Double(matrix.inputs + matrix.outputs)
      case .kaiming: 2 / Double(matrix.inputs)
      case .constant(let variance): variance
      }
    }
  }

  /// What decides the capacity of one matrix.
  private struct Key: Hashable, Comparable {
    let larger: Int
    let smaller: Int
    let variance: Double

    init(_ matrix: WeightMatrices, variance: Double) {
      larger = max(matrix.outputs, matrix.inputs)
      smaller = min(matrix.outputs, matrix.inputs)
      self.variance = variance
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.larger, left.smaller, left.variance) < (right.larger, right.smaller, right.variance)
    }
  }

  private var known: [Key: Double] = [:]

  package init() {}

  /// The capacity of the matrices together, in natural logarithms. Networks with the same matrices in another order have the
  /// same bits: they tie.
  ///
  /// - Precondition: Every size is at least 1.
  package mutating func value(of matrices: [WeightMatrices], scale: Scale) -> Double {
    var counts: [Key: Int] = [:]
    for matrix in matrices { counts[Key(matrix, variance: scale.variance(matrix)), default: 0] += matrix.count }
    return counts.sorted { $0.key < $1.key }.reduce(0) { sum, entry in
      let (key, count) = entry
      let one =
        known[key]
        ?? MarchenkoPastur.logDeterminant(rows: key.larger, columns: key.smaller, variance: key.variance)
      known[key] = one
      return sum + Double(count) * one
    }
  }
}

/// Whether the queries, keys and values of a layer are one matrix or matrices of the heads.
package enum AttentionReading: Sendable, Hashable, CaseIterable {
  /// One matrix [3d, d].
  case merged
  /// Three matrices [d/H, d] for each of H heads.
  case perHead

  /// The matrices of self-attention of a width with some heads, the output's among them. The width of a head is rounded down,
  /// to 1 at least.
  func matrices(width: Int, heads: Int) -> [WeightMatrices] {
    let output = WeightMatrices(outputs: width, inputs: width)
    return switch self {
    case .merged: [WeightMatrices(outputs: 3 * width, inputs: width), output]
    case .perHead: [WeightMatrices(outputs: max(1, width / heads), inputs: width, count: 3 * heads), output]
    }
  }
}
