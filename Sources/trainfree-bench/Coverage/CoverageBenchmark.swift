import Statistics

/// Counts on simulated data how often intervals hold the true value, and how often tests reject what is true: with ties, and
/// with clusters of rows that are not independent.
enum CoverageBenchmark {
  /// All checks, by subject.
  static let checks: [(subject: String, checks: [CoverageCheck])] = [
    ("ties and clusters", TieChecks.all), ("pairs of equal size", EqualSizeChecks.all),
    ("truncated rankings", TruncationChecks.all), ("units", UnitChecks.all),
  ]

  /// Settings of a run.
  struct Settings: Equatable {
    /// Trials of each check.
    var simulations = 2000
    /// The seed of the trials.
    var seed: UInt64 = 1
    /// Words of which a check's name has to contain one; all checks without any.
    var words: [String] = []
  }

  static func run(_ settings: Settings) throws {
    print("hits in \(settings.simulations) simulations, seed \(settings.seed); in brackets the binomial 99.9 % band:")
    for (subject, checks) in checks {
      let chosen = checks.filter { check in
        settings.words.isEmpty || settings.words.contains { check.name.contains($0) }
      }
      if !chosen.isEmpty { print(subject) }
      for check in chosen {
        let clock = ContinuousClock()
        let start = clock.now
        let count = try count(check, settings)
        print("  \(check.name): \(words(check, count)), \(tenths((clock.now - start) / .seconds(1))) s")
      }
    }
  }

  /// The trials of a check, each on a seed of its own, spread over all processors. The count is the same on any number.
  static func count(_ check: CoverageCheck, _ settings: Settings) throws -> CoverageCheck.Count {
    let answers = try Parallel.map(settings.simulations) { simulation in
      var seeds = SeededGenerator(seed: settings.seed, stream: UInt64(simulation))
      return try check.trial(seeds.next())
    }
    return answers.reduce(into: CoverageCheck.Count()) { count, answer in
      guard let answer else { return count.unanswered += 1 }
      count.answered += 1
      count.hits += answer ? 1 : 0
    }
  }

  private static func words(_ check: CoverageCheck, _ count: CoverageCheck.Count) -> String {
    guard let share = count.share else { return "no trial has an answer" }
    var words = "\(count.hits), \(percent(share)) %"
    if let band = check.band(trials: count.answered) {
      words += " [\(percent(band.lowerBound)), \(percent(band.upperBound))]\(band.contains(share) ? "" : " OUTSIDE")"
    } else {
      words += " (not judged)"
    }
    return count.unanswered == 0 ? words : words + ", \(count.unanswered) without an answer"
  }

  private static func percent(_ share: Double) -> String { tenths(share * 100) }

  private static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
