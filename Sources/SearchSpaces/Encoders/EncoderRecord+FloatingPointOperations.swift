import ElementaryFunctions
import Outcomes

/// Floating-point operations of a forward pass of an encoder, two for each multiply-add.
package struct EncoderFloatingPointOperations: Sendable, Hashable {
  /// How the transforms of LT layers are counted: the one point in which the two counts differ.
  package enum Transforms: Sendable, Hashable, CaseIterable {
    /// As products with the matrices of the transform, as the networks that are measured compute them. With d the width of a head:
    /// 2·N·h·(d + S) for a cosine transform, twice that for a Fourier transform.
    case dense
    /// As fast transforms: of N points 5·N·log₂N for a Fourier transform, half of it for a cosine transform. What one would run,
    /// and what the columns `flops-…` of the catalogue have.
    case fast
  }

  /// The projection of the embedding to the hidden size; 0 where the two are equal.
  package let embeddingProjection: Int
  /// The operations of all layers.
  package let operations: Int
  /// The feed-forward stacks of all layers.
  package let feedForward: Int

  /// All of them.
  package var total: Int { embeddingProjection + operations + feedForward }
}

extension EncoderRecord {
  /// The tokens of a sequence for which operations are counted unless said otherwise: the length that the benchmark was
  /// fine-tuned with.
  package static let sequenceLength = 128

  /// Floating-point operations of a forward pass of a variant over one sequence, with fast transforms.
  ///
  /// - Throws: `Reason` when the length is not in 1 … 8,192.
  package func floatingPointOperations(
    _ variant: EncoderVariant, sequenceLength: Int = Self.sequenceLength
  ) throws(Reason) -> Int {
    try floatingPointOperations(variant, sequenceLength: sequenceLength, batchSize: 1, transforms: .fast).total
  }

  /// Floating-point operations of a forward pass of a variant over B sequences of S tokens, N = B·S in all.
  ///
  /// Counted are products of matrices, convolutions and transforms; not biases, activations, softmax, normalisations,
  /// residuals and look-ups. With h the hidden size, H heads, d = h div H, and for convolutions K, n = max(1, H div 2), a = nd:
  ///
  /// | part | operations |
  /// |---|---|
  /// | projection of the embedding, when h ≠ 128 | 2·N·128·h |
  /// | scaled dot products | 8·N·h² + 4·B·S²·h |
  /// | weighted dot products | 2·N·h² more |
  /// | Fourier and cosine | 2·N·h² and the transforms, see `Transforms` |
  /// | convolution | 2·N·(5·h·a + h·K + a·nK + a·K + h²) + 4·B·S²·a |
  /// | feed-forward | 2·N·Σ inᵢ·outᵢ |
  ///
  /// - Throws: `Reason` when the length is not in 1 … 8,192, there is no sequence, or the number does not fit 64 bits.
  package func floatingPointOperations(
    _ variant: EncoderVariant, sequenceLength: Int, batchSize: Int,
    transforms: EncoderFloatingPointOperations.Transforms = .dense
  ) throws(Reason) -> EncoderFloatingPointOperations {
    guard (1...8192).contains(sequenceLength) else {
      throw Reason("a sequence of \(sequenceLength) tokens is not in 1 … 8,192")
    }
    guard batchSize >= 1 else { throw Reason("a batch of \(batchSize) sequences is not possible") }
    let (length, hidden) = (sequenceLength, hiddenSize(variant))
    func times(_ count: Int) throws(Reason) -> Int {
      var all = ExactCount()
      all.add(count, batchSize)
      return try all.checked("operations")
    }
    let counts = EncoderFloatingPointOperations(
      embeddingProjection: try times(hidden == 128 ? 0 : 2 * length * 128 * hidden),
      operations: try times(
        layers.reduce(0) { $0 + Self.operations($1, operation($1, variant), hidden, length, transforms) }),
      feedForward: try times(
        layers.reduce(0) { sum, layer in
          let widths = [hidden] + feedForwardWidths(layer, variant) + [hidden]
          return sum + 2 * length * zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        }))
    var sum = ExactCount()
    sum.add(counts.embeddingProjection)
    sum.add(counts.operations)
    sum.add(counts.feedForward)
    _ = try sum.checked("operations")
    return counts
  }

  private static func operations(
    _ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int, _ length: Int,
    _ transforms: EncoderFloatingPointOperations.Transforms
  ) -> Int {
    let square = 2 * length * hidden * hidden
    let attention = 4 * square + 4 * length * length * hidden
    switch operation {
    case .scaledDotProduct: return attention
    case .weightedMultiplicative: return attention + square
    case .fourier, .cosine:
      let width = max(1, hidden / layer.heads)
      switch transforms {
      case .dense: return square + (operation == .fourier ? 2 : 1) * 2 * length * hidden * (width + length)
      case .fast:
        let points = Double(length * width)
        let transform = (operation == .fourier ? 5 : 2.5) * points * Elementary.log2(points)
        return square + Int((Double(layer.heads) * transform).rounded())
      }
    case .convolution5, .convolution9:
      let shape = ConvolutionShape(layer, operation, hidden)
      let (width, kernel) = (shape.width, shape.kernel)
      let products =
        5 * hidden * width + hidden * kernel + width * shape.heads * kernel + width * kernel + hidden * hidden
      return 2 * length * products + 4 * length * length * width
    }
  }
}
