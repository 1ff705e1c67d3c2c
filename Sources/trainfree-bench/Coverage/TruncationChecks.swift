import Statistics

/// Coefficients among the best share of a ranking: coverage of their intervals with ties and clusters, and how often an interval
/// excludes what range restriction alone leaves where a Gaussian copula holds; failed rows told apart.
enum TruncationChecks {
  static let all: [CoverageCheck] = intervals + references + [superiority]

  private static let resamples = 999
  private static let networks = 200

  /// Rows of networks: a metric of the network, and a target with correlation ρ that trainings of a network share in part; both may be
  /// rounded to steps.
  private struct Population {
    var correlation = 0.55
    /// The step to which metric and target are rounded; 0 for none.
    var metricStep = 0.0
    var targetStep = 0.0
    var isRepeated = false

    func sample(networks: Int, seed: UInt64) throws -> PairedSample {
      var generator = SeededGenerator(seed: seed)
      func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
      func rounded(_ value: Double, _ step: Double) -> Double { step > 0 ? (value / step).rounded() * step : value }
      var (x, y, clusters) = ([Double](), [Double](), [Int]())
      let spread = (1 - correlation * correlation).squareRoot()
      for network in 0..<networks {
        let (metric, shared) = (normal(), normal())
        for _ in 0..<(isRepeated ? [1, 1, 2, 4][network % 4] : 1) {
          x.append(rounded(metric, metricStep))
          y.append(
            rounded(correlation * metric + spread * 0.5.squareRoot() * (shared + normal()), targetStep))
          clusters.append(network)
        }
      }
      return try PairedSample(x: x, y: y, clusters: isRepeated ? clusters : nil)
    }
  }

  private static func words(_ isRepeated: Bool) -> String {
    isRepeated ? "\(networks) networks of 1 to 4 trainings" : "\(networks) rows"
  }

  private static func words(_ order: Truncation.Order, _ share: Double) -> String {
    "best \(Int((share * 100).rounded())) % by the \(order == .bySecond ? "target" : "metric")"
  }

  private static func interval(
    _ sample: PairedSample, _ share: Double, _ order: Truncation.Order, _ method: BootstrapSettings.Method, seed: UInt64
  ) -> Interval? {
    let settings = BootstrapSettings(method: method, resamples: resamples, seed: seed)
    return Truncation.intervals(of: [.somersD], sample: sample, shares: [share], order, settings: settings)[0][0]?.value
  }

  /// Cuts whose intervals are judged.
  private static let cuts: [(order: Truncation.Order, share: Double)] = [
    (.bySecond, 0.5), (.bySecond, 0.25), (.byFirst, 0.5), (.byFirst, 0.25),
  ]

  private static let tied = Population(metricStep: 0.1, targetStep: 0.02)

  /// The sample whose values stand for those of the population; rows of one network differ from others as networks do.
  private static let large = try? tied.sample(networks: 200_000, seed: 1)

  /// The true value of each cut.
  private static let truths = cuts.map { cut in
    large.flatMap { try? Coefficient.somersD.value(Truncation.sample($0, share: cut.share, cut.order)) }
  }

  private static var intervals: [CoverageCheck] {
    cuts.indices.flatMap { index in
      let (order, share) = cuts[index]
      return [BootstrapSettings.Method.bca, .percentile].flatMap { method in
        [false, true].map { isRepeated in
          var population = tied
          population.isRepeated = isRepeated
          let name = method == .bca ? "BCa" : "percentile"
          return CoverageCheck(
            "95 % \(name) interval of Somers' d, \(words(order, share)), \(words(isRepeated))",
            method == .bca ? .unjudged : .atLeast(0.95)
          ) { [population] seed in
            guard let truth = truths[index] else { return nil }
            let sample = try population.sample(networks: networks, seed: seed)
            return interval(sample, share, order, method, seed: seed).map { $0.holds(truth) }
          }
        }
      }
    }
  }

  private static var references: [CoverageCheck] {
    let cases: [(Truncation.Order, Double)] = [(.bySecond, 0.5), (.bySecond, 0.25), (.bySecond, 0.1), (.byFirst, 0.25)]
    return cases.flatMap { order, share in
      [false, true].map { isRepeated in
        CoverageCheck(
          "range restriction outside the percentile interval where it holds, \(words(order, share)), \(words(isRepeated))",
          .atMost(0.05)
        ) { seed in
          let sample = try Population(isRepeated: isRepeated).sample(networks: networks, seed: seed)
          let kept = try Truncation.sample(sample, share: share, order)
          let reference = RangeRestriction.kendall(
            try Coefficient.somersD.value(sample), share: Double(kept.count) / Double(sample.count))
          return interval(sample, share, order, .percentile, seed: seed).map { !$0.holds(reference) }
        }
      }
    }
  }

  /// True for rows that are not in the worst quarter by the target, which stands for failure.
  private static func others(_ sample: PairedSample) -> [Bool] { sample.y.map { $0 > -0.6744897501960817 } }

  /// The true chance that one of the others has the better metric.
  private static let trueSuperiority = large.flatMap {
    try? Superiority.estimate($0.x, isFirst: others($0), settings: nil).value
  }

  private static var superiority: CoverageCheck {
    var population = tied
    population.isRepeated = true
    return CoverageCheck("95 % BCa interval of the area under the curve, \(words(true))", .share(0.95)) {
      [population] seed in
      guard let truth = trueSuperiority else { return nil }
      let sample = try population.sample(networks: networks, seed: seed)
      let settings = BootstrapSettings(resamples: resamples, seed: seed)
      let made = try Superiority.estimate(
        sample.x, isFirst: others(sample), clusters: sample.clusters, settings: settings)
      return made.interval?.value?.holds(truth)
    }
  }
}
