import Statistics

/// How often tests at 5 % reject hypotheses that hold, in 2,000 seeded data sets. The middle 99.9 % of the binomial distribution
/// are 69 … 133 rejections.
enum NullRateBenchmarks {
  private static let simulations = 2000

  static func run() throws {
    print("rejections at 5 % in \(simulations) null data sets (69 … 133 is the binomial 99.9 % band):")
    for coefficient in [Coefficient.kendallTauB, .spearman, .pearson] {
      try line("paired bootstrap of \(coefficient.title), n 80, 199 resamples") { generator in
        try pairedBootstrap(coefficient, rows: 80, clusterSize: 1, &generator)
      }
    }
    try line("paired bootstrap of Kendall τ-b, 60 clusters of 3, 199 resamples") { generator in
      try pairedBootstrap(.kendallTauB, rows: 180, clusterSize: 3, &generator)
    }
    try line("Steiger's test, n 50") { generator in
      let (metrics, target) = columns(rows: 50, clusterSize: 1, &generator)
      func pearson(_ x: [Double], _ y: [Double]) throws -> Double {
        try Coefficient.pearson.value(PairedSample(x: x, y: y))
      }
      return try DependentCorrelations(
        first: pearson(metrics[0], target), second: pearson(metrics[1], target),
        between: pearson(metrics[0], metrics[1]),
        count: 50
      ).steiger().pValue
    }
    try line("Mann–Whitney test, 20 against 25") { generator in
      func sample(_ count: Int) -> [Double] { (0..<count).map { _ in normal(&generator) } }
      return try MannWhitney(sample(20), sample(25)).pValue
    }
  }

  private static func line(_ name: String, _ pValue: (inout SeededGenerator) throws -> Double) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var rejected = 0
    for simulation in 0..<simulations {
      var generator = SeededGenerator(seed: 23, stream: UInt64(simulation))
      if try pValue(&generator) <= 0.05 { rejected += 1 }
    }
    let seconds = (((clock.now - start) / .seconds(1)) * 10).rounded(.down) / 10
    print(
      "  \(name): \(rejected), \(Double(rejected * 1000 / simulations) / 10) %, "
        + "\(seconds) s\((69...133).contains(rejected) ? "" : " OUTSIDE")"
    )
  }

  private static func normal(_ generator: inout SeededGenerator) -> Double {
    Normal.quantile(Double.random(in: 1e-12..<1, using: &generator))
  }

  /// Two metrics with one correlation of .4 with the target, errors correlated .5; the rows of a cluster share their metrics.
  private static func columns(
    rows: Int, clusterSize: Int, _ generator: inout SeededGenerator
  ) -> (metrics: [[Double]], target: [Double]) {
    var metrics: [[Double]] = [[], []]
    var target: [Double] = []
    var cell = (signal: 0.0, first: 0.0, second: 0.0)
    for row in 0..<rows {
      if row % clusterSize == 0 {
        let (signal, shared) = (normal(&generator), normal(&generator))
        func metric() -> Double {
          0.4 * signal + 0.84.squareRoot() * 0.5.squareRoot() * (shared + normal(&generator))
        }
        cell = (signal, metric(), metric())
      }
      metrics[0].append(cell.first)
      metrics[1].append(cell.second)
      target.append(clusterSize == 1 ? cell.signal : cell.signal + 0.5 * normal(&generator))
    }
    return (metrics, target)
  }

  private static func pairedBootstrap(
    _ coefficient: Coefficient, rows: Int, clusterSize: Int, _ generator: inout SeededGenerator
  ) throws -> Double {
    let (metrics, target) = columns(rows: rows, clusterSize: clusterSize, &generator)
    let clusters = clusterSize == 1 ? nil : (0..<rows).map { $0 / clusterSize }
    let settings = BootstrapSettings(method: .percentile, resamples: 199, seed: generator.next())
    let values = try metrics.map {
      try Bootstrap.resampled(
        [coefficient], sample: PairedSample(x: $0, y: target, clusters: clusters), settings: settings)[0].get()
    }
    return try values[0].minus(values[1]).pValue().value
  }
}
