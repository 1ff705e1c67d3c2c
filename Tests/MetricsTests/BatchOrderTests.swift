import Networks
import Outcomes
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// What the order of the sequences of a batch decides: nothing but rounding, of metrics that are sound.
@Suite struct BatchOrderTests {
  /// Metrics that read the first sequence of the batch alone.
  private static let ofFirst: Set = [
    "activation-distance", "all-matrices-activation-distance", "meco", "token-naswot",
  ]

  private func moved(
    _ architecture: any Architecture, _ names: [String], _ tokens: TokenBatch
  ) throws -> [(column: String, change: Double)] {
    func values(_ tokens: TokenBatch) throws -> [String: Outcome<Double>] {
      try SmallTransformers.measure(architecture, names, tokens)
    }
    let (read, reversed) = (try values(tokens), try values(tokens.reversed()))
    return read.compactMap { column, outcome in
      switch (outcome, reversed[column]) {
      case (.success(let a), .success(let b)?): (column, abs(a - b) / max(abs(a), abs(b), 1e-300))
      case (.failure(let a), .failure(let b)?) where a == b: nil
      default: (column, .infinity)
      }
    }.filter { $0.change > 1e-6 }.sorted { $0.column < $1.column }
  }

  /// Every metric with its own choices, with dropout and without.
  @Test(arguments: [false, true]) func transformers(_ isDropping: Bool) throws {
    let dropout = isDropping ? Dropout(0.2, seed: 1) : nil
    let encoder = try SmallTransformers.encoder()
    var all: [any Architecture] = [
      EncoderArchitecture(encoder.record, encoder.variant, encoder.settings, dropout: dropout)
    ]
    for kind in [DecoderKind.gpt2, .transformerXL] {
      all.append(DecoderArchitecture(try SmallTransformers.decoder(kind).configuration, dropout: dropout))
    }
    for architecture in all {
      let names = MetricCatalog.all.filter { $0.kinds.contains(architecture.kind) }.map(\.id)
      let found = try moved(architecture, names, SmallTransformers.tokens())
      let others = found.filter { !Self.ofFirst.contains($0.column) }
      #expect(others.map { "\($0)" } == [], "\(architecture.kind)")
    }
  }

  @Test(arguments: ["lstm", "mixed"]) func recurrentCells(_ cell: String) throws {
    let architecture = try RecurrentArchitecture(
      recipe(SampleCells.text(cell)),
      LanguageModelSettings(vocabularySize: 61, embeddingSize: 7, hiddenSize: 9, layerCount: 2))
    // ZiCo leaves the last of an odd number of sequences out.
    let tokens = try TokenBatch.textFree(sequenceLength: 9, batchSize: 6, vocabularySize: 61)
    let names = MetricCatalog.all.filter { $0.kinds.contains(.recurrentCell) }.map(\.id)
    let found = try moved(architecture, names, tokens)
    #expect(found.map { "\($0)" } == [])
  }
}
