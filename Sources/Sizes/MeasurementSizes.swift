/// The sizes of a measurement: what they are called, what they are when nobody says, and what they may be. The command line,
/// specs and the engine take them from here. Defaults are those of NAS-Bench-NLP on Penn Treebank.
package enum MeasurementSizes {
  /// One of them.
  package struct Size: Sendable, Hashable {
    /// The key in specs and, after two dashes, the option of the command line.
    package let name: String
    /// What it is, in a sentence.
    package let summary: String
    /// The default.
    package let standard: Int
    /// What it may be by itself; `SizeBounds` bounds sizes together.
    package let range: ClosedRange<Int>
  }

  /// Tokens V.
  package static let vocabulary = Size(
    name: "vocabulary", summary: "Number of tokens.", standard: 10_000, range: 2...1_000_000)
  /// Width of the embedding e.
  package static let embedding = Size(
    name: "embedding", summary: "Width of the embedding.", standard: 400, range: 1...8192)
  /// Width of the hidden states h.
  package static let hidden = Size(
    name: "hidden", summary: "Width of the hidden states.", standard: 600, range: 1...8192)
  /// Recurrent layers L.
  package static let layers = Size(name: "layers", summary: "Number of recurrent layers.", standard: 3, range: 1...32)
  /// Time steps T of a batch.
  package static let steps = Size(name: "steps", summary: "Time steps of a batch.", standard: 70, range: 1...4096)
  /// Columns B of a batch.
  package static let columns = Size(name: "columns", summary: "Columns of a batch.", standard: 50, range: 1...4096)

  /// Whether the decoder's weights are the embedding's when nobody says.
  package static let isTied = true
  /// The tokens that are read when nobody says: the sequence that needs no text.
  package static let tokens = "text-free"
  /// Seeds of weights and noise.
  package static let seeds = 0...Int(UInt32.max)
  /// Numbers of batches.
  package static let batches = 0...999_999
  /// The most tokens of a batch, 2²⁰.
  package static let batchTokens = 1 << 20
  /// Metrics that are no more than a size, and take no memory for a network.
  package static let countMetrics: Set<String> = ["parameters", "flops"]
}
