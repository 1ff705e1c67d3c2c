import Networks
import Outcomes
import Sizes
import Tensors
import Testing

@testable import Metrics

/// Every metric on encoders and decoders: at the smallest sizes, alone and together, on every path of the kernels.
@Suite struct TransformerMetricTests {
  private func values(_ result: MeasurementResult) -> [String] { result.outcomes.map { "\($0.column): \($0.outcome)" } }

  @Test func samplesAreThere() throws {
    #expect(try SampleTransformer.make(heads: 2).count == SampleTransformer.all.count)
    #expect(try SampleTransformer.make(heads: 1, layers: 1, hidden: 6).count == SampleTransformer.smallest.count)
  }

  /// One token, one sequence, one head, one layer: a value or a reason, and never an infinite number.
  @Test(arguments: SampleTransformer.smallest + SampleTransformer.all)
  func degenerateSizes(_ sample: SampleTransformer) throws {
    let worker = MeasurementWorker()
    for (steps, sequences) in [(1, 1), (1, 4), (2, 1), (4, 2), (20, 1)] {
      for precision in NumericPrecision.allCases {
        let result = try worker.measure(sample.request(precision, steps: steps, sequences: sequences))
        for (column, outcome) in result.outcomes {
          switch outcome {
          case .success(let number): #expect(number.isFinite, "\(sample) \(column)")
          case .failure(let reason): #expect(!reason.text.isEmpty, "\(sample) \(column)")
          }
        }
      }
    }
  }

  /// At ordinary sizes the reasons are few, and known.
  @Test(arguments: SampleTransformer.all) func ordinarySizesHaveValues(_ sample: SampleTransformer) throws {
    let result = try MeasurementWorker().measure(sample.request(.float64))
    let missing = result.outcomes.filter { $0.outcome.value == nil }.map(\.column)
    let expected: Set<String> = [
      // No matrix is so large.
      "head-importance", "head-importance-32", "all-matrices-importance",
      // Few units have few signs, and few tokens repeat them.
      "token-naswot", "activation-distance", "naswot",
      // What some operations do not have.
      "attention-entropy", "layer-1-head-entropy", "layer-2-head-entropy", "layer-1-kernel-entropy",
      "layer-2-kernel-entropy",
    ]
    #expect(Set(missing).isSubset(of: expected), "\(missing)")
  }

  @Test(arguments: SampleTransformer.all, NumericPrecision.allCases)
  func metricsDoNotTouchOneAnother(_ sample: SampleTransformer, _ precision: NumericPrecision) throws {
    let together = values(try MeasurementWorker().measure(sample.request(precision)))
    let reused = MeasurementWorker()
    var alone: [String] = []
    for metric in sample.metrics { alone += values(try reused.measure(sample.request(precision, [metric]))) }
    #expect(alone.count == together.count)
    for (one, all) in zip(alone, together) { #expect(one == all, "\(sample)") }
    let reversed = values(try reused.measure(sample.request(precision, sample.metrics.reversed())))
    #expect(Set(reversed) == Set(together))
  }

  @Test(arguments: SampleTransformer.all, NumericPrecision.allCases)
  func kernelPathsAgree(_ sample: SampleTransformer, _ precision: NumericPrecision) throws {
    let request = try sample.request(precision)
    let paths = KernelPath.all.filter(\.isAvailable)
    let all = try paths.map { path in try path.run { () throws in try MeasurementWorker().measure(request).outcomes } }
    for (path, outcomes) in zip(paths, all) {
      for (found, expected) in zip(outcomes, all[0]) {
        #expect(found.column == expected.column && found.outcome == expected.outcome, "\(path): \(found.column)")
      }
    }
  }

  /// What is asked for beforehand is enough, for all metrics and for those that take most.
  @Test(arguments: SampleTransformer.all + SampleTransformer.smallest, NumericPrecision.allCases)
  func needsBoundPeaks(_ sample: SampleTransformer, _ precision: NumericPrecision) throws {
    let used = MeasurementWorker()
    for (steps, sequences) in [(1, 1), (5, 30), (20, 7)] {
      let single = [
        "ntk-trace-all", "token-covariance", "w-pca-stack", "grasp-all", "synaptic-diversity", "parameters",
      ]
      for metrics in [sample.metrics] + single.map({ [$0] }) {
        let request = try sample.request(precision, metrics, steps: steps, sequences: sequences)
        let need = try MemoryNeed.bytes(of: request, MetricCatalog.needs(ofAll: metrics))
        let peak = try used.measure(request).peakBytes
        #expect(peak <= need, "\(sample) \(metrics) \(steps) \(sequences): \(peak) bytes, \(need) asked for")
      }
    }
  }

  /// The mean is the sum divided by the number of tensors.
  @Test func meansAreSumsOverTensors() throws {
    let sample = try #require(SampleTransformer.all.first)
    // Two layers, SDP and WMA, with a feed-forward layer each: 4 + 5 matrices of operations, 2 + 2 of stacks.
    let counts = [
      "synaptic-diversity": 9.0, "synaptic-saliency": 4, "dss": 13, "head-confidence": 7, "softmax-confidence": 2,
      "activation-distance": 2, "all-matrices-diversity": 13, "synaptic-saliency-ones": 4,
    ]
    let names = counts.keys.sorted()
    let result = try MeasurementWorker().measure(sample.request(.float64, names + names.map { "\($0)-mean" }))
    for (index, name) in names.enumerated() {
      let (sum, mean) = (result.outcomes[index].outcome.value, result.outcomes[index + names.count].outcome.value)
      #expect(
        try abs(#require(sum) / #require(counts[name]) - #require(mean)) <= 1e-13 * abs(#require(mean)), "\(name)")
    }
  }
}

extension MetricCatalog {
  /// The needs of several metrics.
  fileprivate static func needs(ofAll names: [String]) -> Set<MetricNeed> {
    Set(names.flatMap { needs(of: $0) })
  }
}
