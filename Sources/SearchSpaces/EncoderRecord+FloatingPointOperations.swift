import ElementaryFunctions
import Outcomes

extension EncoderRecord {
  /// The tokens of a sequence for which operations are counted unless said otherwise: the length that the benchmark was
  /// fine-tuned with.
  package static let sequenceLength = 128

  /// Floating-point operations of a forward pass of a variant over one sequence of S tokens, two for each multiply-add.
  ///
  /// Counted are products of matrices, convolutions and transforms; not biases, activations, softmax, normalisations,
  /// residuals and look-ups. With h the hidden size, H heads, d = h div H, and for convolutions K, n = max(1, H div 2), a = nd:
  ///
  /// | part | operations |
  /// |---|---|
  /// | projection of the embedding, when h ≠ 128 | 2·S·128·h |
  /// | scaled dot products | 8·S·h² + 4·S²·h |
  /// | weighted dot products | 2·S·h² more |
  /// | Fourier | 2·S·h² + H·5·Sd·log₂(Sd) |
  /// | cosine | 2·S·h² + H·2.5·Sd·log₂(Sd) |
  /// | convolution | 2·S·(5·h·a + h·K + a·nK + a·K + h²) + 4·S²·a |
  /// | feed-forward | 2·S·Σ inᵢ·outᵢ |
  ///
  /// 5·N·log₂N is the usual count of a complex transform of N points, half of it that of a real one.
  ///
  /// - Throws: `Reason` when the length is not in 1 … 8,192.
  package func floatingPointOperations(
    _ variant: EncoderVariant, sequenceLength: Int = Self.sequenceLength
  ) throws(Reason) -> Int {
    guard (1...8192).contains(sequenceLength) else {
      throw Reason("a sequence of \(sequenceLength) tokens is not in 1 … 8,192")
    }
    let (length, hidden) = (sequenceLength, hiddenSize(variant))
    let projection = hidden == 128 ? 0 : 2 * length * 128 * hidden
    return layers.reduce(projection) { sum, layer in
      let widths = [hidden] + feedForwardWidths(layer, variant) + [hidden]
      let stack = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + Self.operations(layer, operation(layer, variant), hidden, length) + 2 * length * stack
    }
  }

  private static func operations(
    _ layer: EncoderLayer, _ operation: EncoderOperation, _ hidden: Int, _ length: Int
  ) -> Int {
    let square = 2 * length * hidden * hidden
    let attention = 4 * square + 4 * length * length * hidden
    switch operation {
    case .scaledDotProduct: return attention
    case .weightedMultiplicative: return attention + square
    case .fourier, .cosine:
      let points = Double(length * max(1, hidden / layer.heads))
      let transform = (operation == .fourier ? 5 : 2.5) * points * Elementary.log2(points)
      return square + Int((Double(layer.heads) * transform).rounded())
    case .convolution5, .convolution9:
      let shape = ConvolutionShape(layer, operation, hidden)
      let (width, kernel) = (shape.width, shape.kernel)
      let products =
        5 * hidden * width + hidden * kernel + width * shape.heads * kernel + width * kernel + hidden * hidden
      return 2 * length * products + 4 * length * length * width
    }
  }
}
