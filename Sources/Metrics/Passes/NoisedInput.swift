import Networks
import Tensors

/// Embedded tokens with noise: embedded + size · Var(embedded) · n.
struct NoisedInput<Element: TensorElement> {
  private let plain: NetworkInput<Element>
  /// n [T·B, e] in row-major order.
  private let normal: [Double]
  /// For each step and unit the variance over the sequences of the batch, with B in the denominator [T, e].
  private let variances: [Double]
  /// Where the sum is written, one after the other.
  private let memory: Tensor<Element>

  /// Computes the variances.
  init(_ plain: NetworkInput<Element>, _ normal: [Double], _ workspace: Workspace) {
    self.plain = plain
    self.normal = normal
    memory = workspace.tensor(plain.embedded.rows, plain.embedded.columns)
    let (batchSize, width) = (plain.batchSize, plain.embedded.columns)
    var variances = [Double](repeating: 0, count: plain.sequenceLength * width)
    var means = [Double](repeating: 0, count: width)
    for step in 0..<plain.sequenceLength {
      let rows = plain.embedded.rows(step * batchSize..<(step + 1) * batchSize)
      let centered: Tensor<Double> = workspace.tensor(batchSize, width)
      Element.centerColumns(rows, into: centered, means: &means)
      for unit in 0..<width {
        var squares = 0.0
        for sequence in 0..<batchSize { squares += centered[sequence, unit] * centered[sequence, unit] }
        variances[step * width + unit] = squares / Double(batchSize)
      }
      workspace.giveBack(centered)
    }
    self.variances = variances
  }

  /// The input with noise of a size, until the next is asked for.
  func input(_ size: Double) -> NetworkInput<Element> {
    let width = memory.columns
    for row in 0..<memory.rows {
      let base = row / plain.batchSize * width
      for unit in 0..<width {
        let noise = size * variances[base + unit] * normal[row * width + unit]
        memory[row, unit] = Element(Float(Double(plain.embedded[row, unit]) + noise))
      }
    }
    return NetworkInput(embedded: memory, sequenceLength: plain.sequenceLength, batchSize: plain.batchSize)
  }
}

/// Standard normal noise as NumPy's legacy generator draws it, kept for the next architecture.
final class NoiseCache {
  private var seed: UInt32?
  private var values: [Double] = []

  /// `RandomState(seed).normal(size:)` in row-major order.
  func normal(seed: UInt32, count: Int) -> [Double] {
    if seed != self.seed || values.count != count {
      var generator = NumPyGenerator(seed: seed)
      values = generator.normal(count: count)
      self.seed = seed
    }
    return values
  }
}
