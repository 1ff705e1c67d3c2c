/// The sizes of a measurement, with their names, defaults and ranges. The command line, specs and the engine take them from
/// here. Defaults are those of NAS-Bench-NLP on Penn Treebank.
package enum MeasurementSizes {
  /// A size that specs and the command line can set.
  package struct Size: Sendable, Hashable {
    /// The key in specs and, after two dashes, the option of the command line.
    package let name: String
    /// One sentence on the size, the description of its key in specs.
    package let summary: String
    /// The default.
    package let standard: Int
    /// The values allowed for this size alone; `SizeBounds` bounds sizes together.
    package let range: ClosedRange<Int>
  }

  /// Number of tokens V in the vocabulary.
  package static let vocabulary = Size(
    name: "vocabulary", summary: "Number of tokens.", standard: 10_000, range: 2...1_000_000)
  /// Width of the embedding e.
  package static let embedding = Size(
    name: "embedding", summary: "Width of the embedding.", standard: 400, range: 1...8192)
  /// Width of the hidden states h.
  package static let hidden = Size(
    name: "hidden", summary: "Width of the hidden states.", standard: 600, range: 1...8192)
  /// Number of recurrent layers L.
  package static let layers = Size(name: "layers", summary: "Number of recurrent layers.", standard: 3, range: 1...32)
  /// Number of time steps T of a batch.
  package static let sequenceLength = Size(
    name: "steps", summary: "Time steps of a batch.", standard: 70, range: 1...4096)
  /// Number of sequences B of a batch, which are read side by side as its columns.
  package static let batchSize = Size(name: "columns", summary: "Columns of a batch.", standard: 50, range: 1...4096)

  /// Default of `tied`: the decoder's weights are the embedding's.
  package static let isTied = true
  /// Default of the tokens that are read: the sequence that needs no text.
  package static let tokens = "text-free"
  /// Range of the seeds of weights and noise.
  package static let seeds = 0...Int(UInt32.max)
  /// Range of the numbers of batches, counted from 0.
  package static let batches = 0...999_999
  /// The most tokens of a batch, 2²⁰.
  package static let batchTokens = 1 << 20
  /// Metrics that are no more than a size, and take no memory for a network.
  package static let countMetrics: Set<String> = [
    "parameters", "flops", "layer-parameters", "non-embedding-parameters",
  ]
}

/// Bounds of sizes together: what is fine by itself can ask for too much memory. They leave room for the published sizes
/// several times over.
package enum SizeBounds {
  /// The products that are over their bounds, each in words, such as `vocabulary × embedding is 1000000 × 4096, over
  /// 268435456`; empty when the sizes are fine together.
  package static func problems(
    vocabulary: Int, embedding: Int, hidden: Int, layers: Int, sequenceLength: Int, batchSize: Int
  ) -> [String] {
    let products: [(words: String, factors: [Int], bound: Int)] = [
      ("vocabulary × embedding", [vocabulary, embedding], 1 << 28),
      ("steps × columns", [sequenceLength, batchSize], MeasurementSizes.batchTokens),
      ("hidden × hidden × layers", [hidden, hidden, layers], 1 << 25),
      ("steps × columns × vocabulary", [sequenceLength, batchSize, vocabulary], 1 << 29),
      ("steps × columns × hidden × layers", [sequenceLength, batchSize, hidden, layers], 1 << 26),
      ("steps × columns × embedding", [sequenceLength, batchSize, embedding], 1 << 26),
    ]
    return products.compactMap { words, factors, bound in
      guard factors.reduce(1.0, { $0 * Double($1) }) > Double(bound) else { return nil }
      return "\(words) is \(factors.map(String.init).joined(separator: " × ")), over \(bound)"
    }
  }
}

/// The version of the released code that a value follows: the two define some metrics differently.
package enum MetricProtocol: String, Sendable, Hashable, CaseIterable {
  /// The version behind `RNN_results.csv`.
  case results
  /// The version behind the ablation files.
  case notebook
}

/// The floating-point type that a network is evaluated in. Weights are drawn in single precision in both.
package enum NumericPrecision: String, Sendable, Hashable, CaseIterable {
  /// Single precision, 32 bits.
  case float32
  /// Double precision, 64 bits.
  case float64
}
