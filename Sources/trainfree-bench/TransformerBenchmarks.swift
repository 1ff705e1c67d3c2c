import Datasets
import Foundation
import Metrics
import Networks
import SearchSpaces
import Synchronization
import Tensors

/// Encoders at full size: operations needed, operations a second, against the rate of a large product in the same run.
struct TransformerBenchmarks {
  /// Four layers of each operation and of all, hidden 256, stacks of one layer, batch 8 × 512: a pass forward and backward
  /// with all weights' gradients; then what second derivatives take, and the benchmark's records at 8 × 128.
  static func run() throws {
    print(
      "kernels: \(MeasurementWorker.kernels); encoders of four layers, hidden 256, 8 × 512 tokens, float32, declared networks"
    )
    let tokens = try tokens(steps: 512, batch: 8)
    for (name, operations) in kinds {
      let record = try EncoderRecord(
        hiddenSize: 256,
        layers: (0..<4).map {
          EncoderLayer(
            operation: operations[$0 % operations.count], heads: 4, feedForwardDimension: 1024, feedForwardCount: 1)
        })
      try line("\(name), gradients", record, tokens, ["snip"], passes: 3)
      if operations.count > 1 { try line("\(name), Hessian product", record, tokens, ["grasp"], passes: 3) }
    }
    try records()
  }

  private static let kinds: [(String, [EncoderOperation])] = [
    ("dot products", [.scaledDotProduct]), ("weighted", [.weightedMultiplicative]), ("Fourier", [.fourier]),
    ("cosine", [.cosine]), ("convolution 9", [.convolution9]),
    ("all", [.scaledDotProduct, .weightedMultiplicative, .fourier, .convolution5]),
  ]

  private static func tokens(steps: Int, batch: Int) throws -> TokenBatch {
    let window = DocumentedTokens.window(
      0, seed: 12_345, sequenceLength: steps, batchSize: batch, vocabularySize: EncoderSettings().vocabularySize)
    return try TokenBatch(sequenceLength: steps, batchSize: batch, ids: window.ids)
  }

  /// - Parameter passes: Of how many forward passes the needed operations are.
  private static func line(
    _ name: String, _ record: EncoderRecord, _ tokens: TokenBatch, _ metrics: [String], passes: Double
  ) throws {
    let worker = MeasurementWorker()
    var best: MeasurementResult?
    var rate = 0.0
    let request = MeasurementRequest(
      architecture: EncoderArchitecture(record, .declared), metrics: metrics, tokens: tokens)
    // Drawing the weights is no part of a pass; what it takes is measured by itself.
    let drawing =
      try (0..<3).map { _ in
        try worker.measure(
          MeasurementRequest(
            architecture: EncoderArchitecture(record, .declared), metrics: ["zerolm-attention"],
            tokens: try Self.tokens(steps: 1, batch: 1))
        ).seconds
      }.min() ?? 0
    for _ in 0..<3 {
      rate = max(rate, NetworkBenchmarks.productRate())
      let result = try worker.measure(request)
      if result.seconds < best?.seconds ?? .infinity { best = result }
    }
    guard let best else { return }
    let forward = try record.floatingPointOperations(
      .declared, sequenceLength: tokens.sequenceLength, batchSize: tokens.batchSize)
    let needed = passes * Double(forward.total)
    let seconds = best.seconds - drawing
    print(
      String(
        format:
          "  %@: %.3f s and %.3f s for the weights, %.0f GFLOP needed, %.1f GFLOP/s of these = %.0f %% of %.1f, peak %d MB",
        name, seconds, drawing, needed / 1e9, needed / seconds / 1e9, 100 * needed / seconds / rate, rate / 1e9,
        best.peakBytes / 1_000_000))
  }

  /// A hundred records of the published space at 8 × 128 with the metrics of the paper, by two workers.
  private static func records() throws {
    let records = try PublishedSpace.encoders.space(.published).sample(count: 100, seed: 1).compactMap { record in
      if case .encoder(let encoder) = record { encoder } else { nil }
    }
    let tokens = try tokens(steps: 128, batch: 8)
    let next = Atomic<Int>(0)
    let clock = ContinuousClock()
    let start = clock.now
    DispatchQueue.concurrentPerform(iterations: 2) { _ in
      let worker = MeasurementWorker()
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < records.count else { return }
        _ = try? worker.measure(
          MeasurementRequest(
            architecture: EncoderArchitecture(records[index], .published),
            metrics: MetricCatalog.publishedTransformers, tokens: tokens))
      }
    }
    let seconds = (clock.now - start) / .seconds(1)
    print(
      String(
        format: "  %d records as published, 8 × 128, metrics of the paper, two workers: %.1f s; 500 take %.0f s",
        records.count, seconds, seconds * 500 / Double(records.count)))
  }
}
