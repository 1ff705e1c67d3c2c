import Networks
import Tensors

/// Embedded tokens with noise: embedded + size · Var(embedded) · n.
struct NoisedInput<Element: TensorElement> {
  private let plain: NetworkInput<Element>
  /// n [T·B, e] in row-major order, step by step, the sequences in the order of their numbers.
  private let normal: [Double]
  /// For each step and unit the variance over the sequences of the batch, with B in the denominator [T, e].
  private let variances: [Double]
  /// Memory for the sum [T·B, e], written anew for each size of noise.
  private let memory: Tensor<Element>
  private let workspace: Workspace

  /// Computes the variances.
  init(_ plain: NetworkInput<Element>, _ normal: [Double], _ workspace: Workspace) {
    self.plain = plain
    self.normal = normal
    self.workspace = workspace
    memory = workspace.tensor(plain.embedded.rows, plain.embedded.columns)
    let (batchSize, width) = (plain.batchSize, plain.embedded.columns)
    var variances = [Double](repeating: 0, count: plain.sequenceLength * width)
    var means = [Double](repeating: 0, count: width)
    for step in 0..<plain.sequenceLength {
      let rows = plain.embedded.rows(plain.layout.rows(ofStep: step))
      let centered: Tensor<Double> = workspace.tensor(batchSize, width)
      Element.centerColumns(rows, into: centered, means: &means)
      for sequence in 0..<batchSize {
        let values = centered.pointer + sequence * centered.stride
        for unit in 0..<width { variances[step * width + unit] += values[unit] * values[unit] }
      }
      for unit in 0..<width { variances[step * width + unit] /= Double(batchSize) }
      workspace.giveBack(centered)
    }
    self.variances = variances
  }

  /// The input with noise of a size, until the next is asked for.
  func input(_ size: Double) -> NetworkInput<Element> {
    let (batchSize, width) = (plain.batchSize, memory.columns)
    // The loop is over numbers of a known type; over those of any type it would take many times as long.
    let values: Tensor<Double> = workspace.tensor(batchSize, width)
    let sums: Tensor<Float> = workspace.tensor(batchSize, width)
    for step in 0..<plain.sequenceLength {
      let rows = plain.layout.rows(ofStep: step)
      Element.convert(plain.embedded.rows(rows), toDouble: values)
      for sequence in 0..<batchSize {
        let row = step * batchSize + plain.layout.numbers[sequence]
        let (value, sum) = (values.pointer + sequence * values.stride, sums.pointer + sequence * sums.stride)
        for unit in 0..<width {
          sum[unit] = Float(value[unit] + size * variances[step * width + unit] * normal[row * width + unit])
        }
      }
      Element.convert(single: sums, into: memory.rows(rows))
    }
    workspace.giveBack(sums)
    workspace.giveBack(values)
    return NetworkInput(embedded: memory, layout: plain.layout)
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
