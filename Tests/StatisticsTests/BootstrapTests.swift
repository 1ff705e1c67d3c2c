import Outcomes
import Testing

@testable import Statistics

@Suite struct BootstrapTests {
  /// Weighted evaluation gives what the expanded sample gives, whatever the weights.
  @Test(arguments: [Coefficient.kendallTauB, .kendallTauC, .kendallTauA, .somersD, .spearman, .pearson, .weightedTau])
  func weightsAreRepetitions(_ coefficient: Coefficient) throws {
    let sample = try tiedSample(60, seed: 3, clusterSize: 4)
    var evaluator = WeightedEvaluator(sample, coefficients: [coefficient])
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<25 {
      let weights = (0..<sample.unitCount).map { _ in Int32.random(in: 0...3, using: &generator) }
      let clusters = try #require(sample.clusters)
      let rows = (0..<sample.count).flatMap { row in Array(repeating: row, count: Int(weights[clusters[row]])) }
      let expected = (try? sample.selecting(rows)).flatMap { try? coefficient.value($0) }
      let value = evaluator.values(unitWeights: weights)[0]
      #expect((value == nil) == (expected == nil))
      if let value, let expected { #expect(abs(value - expected) < 1e-12) }
    }
  }

  @Test(arguments: [nil, 3, 70])
  func jackknifeLeavesOneUnitOut(_ clusterSize: Int?) throws {
    let sample = try tiedSample(210, seed: 11, clusterSize: clusterSize)
    var evaluator = WeightedEvaluator(sample, coefficients: [.kendallTauB, .spearman])
    let values = Jackknife.values(&evaluator)
    for unit in [0, 1, sample.unitCount - 1] {
      let rows = (0..<sample.count).filter { (sample.clusters?[$0] ?? $0) != unit }
      let rest = try sample.selecting(rows)
      #expect(try abs(#require(values[0][unit]) - Coefficient.kendallTauB.value(rest)) < 1e-13)
      #expect(try abs(#require(values[1][unit]) - Coefficient.spearman.value(rest)) < 1e-13)
    }
  }

  @Test func intervalsDependOnTheSeedAlone() throws {
    let sample = try tiedSample(80, seed: 2)
    func interval(_ seed: UInt64, _ set: [Coefficient]) throws -> Interval {
      try Bootstrap.intervals(of: set, sample: sample, settings: BootstrapSettings(resamples: 500, seed: seed))[0].get()
    }
    #expect(try interval(1, [.kendallTauB]) == interval(1, [.kendallTauB, .pearson]))
    #expect(try interval(1, [.kendallTauB]) != interval(2, [.kendallTauB]))
  }

  /// Rows repeated within clusters carry no information: the interval is that of the cells.
  @Test func repeatedRowsDoNotNarrowClusteredIntervals() throws {
    let cells = try tiedSample(60, seed: 8)
    let rows = (0..<180).map { $0 / 3 }
    let settings = BootstrapSettings(method: .percentile, resamples: 2000)
    let repeated = try PairedSample(x: rows.map { cells.x[$0] }, y: rows.map { cells.y[$0] }, clusters: rows)
    let naive = try PairedSample(x: repeated.x, y: repeated.y)
    let wide = try Bootstrap.intervals(of: [.spearman], sample: cells, settings: settings)[0].get()
    let clustered = try Bootstrap.intervals(of: [.spearman], sample: repeated, settings: settings)[0].get()
    let narrow = try Bootstrap.intervals(of: [.spearman], sample: naive, settings: settings)[0].get()
    #expect(abs((clustered.upper - clustered.lower) - (wide.upper - wide.lower)) < 0.03)
    #expect(narrow.upper - narrow.lower < 0.75 * (wide.upper - wide.lower))
  }

  @Test func bcaWithoutBiasAndAccelerationIsThePercentileInterval() throws {
    let resampled = (0..<1001).map { Double($0) / 1000 }
    let settings = BootstrapSettings(resamples: 1001)
    let interval = try Bootstrap.interval(0.5, resampled, jackknife: [0.4, 0.5, 0.6], settings).get()
    #expect(abs(interval.lower - 0.025) < 1e-3 && abs(interval.upper - 0.975) < 1e-3)
    #expect(interval.acceleration == 0)
  }

  @Test func intervalsThatDoNotExist() throws {
    let settings = BootstrapSettings(resamples: 200)
    let perfect = try PairedSample(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(throws: Reason.self) {
      try Bootstrap.intervals(of: [.kendallTauB], sample: perfect, settings: settings)[0].get()
    }
    let two = try PairedSample(x: [1, 2, 3, 4], y: [2, 1, 4, 3], clusters: [0, 0, 1, 1])
    #expect(throws: Reason.self) {
      try Bootstrap.intervals(of: [.kendallTauB], sample: two, settings: settings)[0].get()
    }
  }
}
