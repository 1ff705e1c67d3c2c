import Statistics

/// Coefficients of metrics with unequal ties, of networks with repeated trainings: coverage of their intervals and of those of
/// differences, and rejections of equality where it holds.
enum TieChecks {
  static let all: [CoverageCheck] = intervals + differences + rejections + few

  private static let resamples = 499
  /// Networks with one training each, and with one to four.
  private static let (rows, clusters) = (80, 300)
  private static let coefficients: [Coefficient] = [.kendallTauA, .somersD]

  private static func settings(_ seed: UInt64, _ method: BootstrapSettings.Method = .bca) -> BootstrapSettings {
    BootstrapSettings(method: method, resamples: resamples, seed: seed)
  }

  private static func words(_ isRepeated: Bool) -> String {
    isRepeated ? "\(clusters) networks of 1 to 4 trainings" : "\(rows) rows"
  }

  private static var intervals: [CoverageCheck] {
    coefficients.flatMap { coefficient in
      [(TiedPopulation.Metric.coarse, false), (.coarse, true), (.fine, true)].map { metric, isRepeated in
        let name = metric == .coarse ? "two-valued" : "24-valued"
        let population = TiedPopulation.equal
        let truth = population.value(coefficient, metric)
        return CoverageCheck(
          "95 % BCa interval of \(coefficient.title), \(name) metric, \(words(isRepeated))", .share(0.95)
        ) { seed in
          let sample = population.sample(networks: isRepeated ? clusters : rows, isRepeated: isRepeated, seed: seed)
          let interval = Bootstrap.intervals(
            of: [coefficient], sample: try sample.pairs(metric, isClustered: isRepeated), settings: settings(seed))[0]
          return interval.value.map { $0.holds(truth) }
        }
      }
    }
  }

  /// The two-valued metric less the other, with all resamples.
  private static func difference(
    _ coefficient: Coefficient, _ population: TiedPopulation, isRepeated: Bool, isClustered: Bool,
    _ method: BootstrapSettings.Method, networks: Int? = nil, seed: UInt64
  ) throws -> ResampledValue {
    let sample = population.sample(
      networks: networks ?? (isRepeated ? clusters : rows), isRepeated: isRepeated, seed: seed)
    let values = try [TiedPopulation.Metric.coarse, .fine].map { metric in
      try Bootstrap.resampled(
        [coefficient], sample: try sample.pairs(metric, isClustered: isClustered), settings: settings(seed, method))[0]
        .get()
    }
    return try values[0].minus(values[1])
  }

  private static var differences: [CoverageCheck] {
    let populations = [("equal", TiedPopulation.equal), ("unequal", .better)]
    return coefficients.flatMap { coefficient in
      populations.flatMap { name, population in
        let truth = population.value(coefficient, .coarse) - population.value(coefficient, .fine)
        return [false, true].map { isRepeated in
          CoverageCheck(
            "95 % BCa interval of Δ \(coefficient.title), \(name) metrics, \(words(isRepeated))", .share(0.95)
          ) { seed in
            try difference(
              coefficient, population, isRepeated: isRepeated, isClustered: isRepeated, .bca, seed: seed
            ).interval().value.map { $0.holds(truth) }
          }
        }
      }
    }
  }

  private static var rejections: [CoverageCheck] {
    func check(
      _ coefficient: Coefficient, isRepeated: Bool, isClustered: Bool, _ expectation: CoverageCheck.Expectation,
      _ remark: String = ""
    ) -> CoverageCheck {
      CoverageCheck(
        "p ≤ .05 of Δ \(coefficient.title), equal metrics, \(words(isRepeated))\(remark)", expectation
      ) { seed in
        try difference(
          coefficient, .equal, isRepeated: isRepeated, isClustered: isClustered, .percentile, seed: seed
        ).pValue().value <= 0.05
      }
    }
    let isSafe = [Coefficient.kendallTauA, .somersD].flatMap { coefficient in
      [false, true].map { check(coefficient, isRepeated: $0, isClustered: $0, .share(0.05)) }
    }
    return isSafe + [
      check(.kendallTauB, isRepeated: true, isClustered: true, .unjudged, ", τ-b rewards ties"),
      check(.somersD, isRepeated: true, isClustered: false, .unjudged, " drawn as rows"),
    ]
  }

  /// Differences of few networks of unequal size: the standard deviation of their resamples is about 5 % too small. Not judged:
  /// they say how far intervals can be trusted there.
  private static var few: [CoverageCheck] {
    [BootstrapSettings.Method.bca, .percentile].map { method in
      CoverageCheck(
        "95 % \(method == .bca ? "BCa" : "percentile") interval of Δ Somers' d, equal metrics, \(rows) networks of 1 to 4 trainings",
        .unjudged
      ) { seed in
        try difference(
          .somersD, .equal, isRepeated: true, isClustered: true, method, networks: rows, seed: seed
        ).interval().value.map { $0.holds(0) }
      }
    }
  }
}

extension Interval {
  /// True when a number lies in the interval.
  func holds(_ number: Double) -> Bool { lower <= number && number <= upper }
}
