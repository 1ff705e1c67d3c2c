import Claims
import Outcomes
import Reductions
import Statistics

/// What is drawn by units of repeated trainings: intervals of recall, chance probabilities, verdicts on what chance gives, mean
/// recalls of rule search, noise ceilings.
enum UnitChecks {
  static let all: [CoverageCheck] = recalls + chances + searches + ceilings

  private static let networks = 150
  private static let words = "\(networks) networks of 1 to 4 trainings"

  private static func settings(_ seed: UInt64, resamples: Int = 499) -> BootstrapSettings {
    BootstrapSettings(resamples: resamples, seed: seed)
  }

  private static var recalls: [CoverageCheck] {
    let cases: [(String, UnitPopulation, Double?)] = [
      ("a rule, best tenth", UnitPopulation(correlation: 0.5, kept: 0.25, best: 0.1), nil),
      ("a ranking, best tenth", UnitPopulation(correlation: 0.5, kept: 0.25, best: 0.1), 0.25),
      ("a rule, best 3 %", UnitPopulation(correlation: 0.3, kept: 0.1, best: 0.03), nil),
      ("a rule that keeps nearly all, best tenth", UnitPopulation(correlation: 0.9, kept: 0.6, best: 0.1), nil),
      ("a ranking that keeps nearly nothing, best 3 %", UnitPopulation(correlation: 0, kept: 0.05, best: 0.03), 0.05),
    ]
    return cases.map { name, population, ranking in
      let truth = population.recall
      return CoverageCheck("95 % interval of recall, \(name), \(words)", .atLeast(0.95)) { seed in
        try population.sample(networks: networks, seed: seed).interval(ranking: ranking, settings: settings(seed))
          .map { $0.holds(truth) }
      }
    }
  }

  /// A score that has nothing to do with quality.
  private static let null = UnitPopulation(correlation: 0, kept: 0.25, best: 0.1)

  private static var chances: [CoverageCheck] {
    func check(
      _ name: String, isClustered: Bool, _ expectation: CoverageCheck.Expectation,
      _ hit: @escaping @Sendable (_ recall: Double, _ random: RandomRecall) -> Bool
    ) -> CoverageCheck {
      CoverageCheck("\(name), a score of chance, \(words)", expectation) { seed in
        let sample = try null.sample(networks: networks, seed: seed)
        let members = try sample.members(ranking: 0.25)
        let random = try sample.random(members, isClustered: isClustered, settings: settings(seed, resamples: 999))
        return hit(sample.recall(members), random)
      }
    }
    return [
      check("P ≤ .05 of as much recall, by networks", isClustered: true, .atMost(0.05)) {
        $1.atLeast($0).value <= 0.05
      },
      check("P ≤ .05 of as little recall, by networks", isClustered: true, .atMost(0.05)) {
        $1.atMost($0).value <= 0.05
      },
      check("two-sided P ≤ .5 of recall, by networks", isClustered: true, .atMost(0.5)) { $1.twoSided($0) <= 0.5 },
      check("P ≤ .05 of as much recall, by rows", isClustered: false, .unjudged) { $1.atLeast($0).value <= 0.05 },
      CoverageCheck("a claim of a recall above its chance is told, a score of chance, \(words)", .atMost(0.05)) {
        seed in
        let sample = try null.sample(networks: networks, seed: seed)
        let members = try sample.members(ranking: 0.25)
        let random = try sample.random(members, isClustered: true, settings: settings(seed, resamples: 999))
        let recall = sample.recall(members)
        let interval = try sample.interval(ranking: 0.25, settings: settings(seed))
        let value = RecomputedValue(
          .number(recall), interval: interval.map { $0.lower...$0.upper }, chance: random.twoSided(recall))
        return switch Inference.judge(value, in: .above(0.25)).verdict {
        case .supported, .refuted: true
        case .inconclusive, .notCheckable, .notClaimed: false
        }
      },
    ]
  }

  // MARK: Rule search

  private static func search(_ seed: UInt64, splits: Int) throws -> Outcome<Interval> {
    let sample = try UnitPopulation(correlation: 0.6, kept: 0.25, best: 0.1).sample(networks: networks, seed: seed)
    var generator = SeededGenerator(seed: seed, stream: 1)
    let units = Strata(sample.target.clusters ?? [])
    let other = units.members.map { _ in Double(generator.next(below: 4)) }
    let features = [
      FeatureColumn(name: "score", title: "Score", values: .numbers(sample.scores.map { ($0 * 2).rounded() })),
      FeatureColumn(name: "other", title: "Other", values: .numbers(units.numbers.map { other[$0] })),
    ]
    let search = try RuleSearch(
      FeatureSample(
        features: features, target: sample.target.values, higherIsBetter: true, clusters: sample.target.clusters),
      RuleSearch.Settings(conjuncts: 2, splits: splits, seed: seed))
    let made = (0..<splits).map { search.split($0) }
    let values = made.compactMap { $0.found?.unseen.recall }
    guard splits > 1 else {
      return values.first.map { .success(Interval(lower: $0, upper: $0)) } ?? .failure(Reason("no rule fits"))
    }
    return ResampledSplits.interval(
      values, training: made[0].trainingCount, unseen: made[0].unseenCount, level: 0.95, within: 0...1)
  }

  /// The expected recall on unseen rows of what a search finds in half of the networks, over 4,000 samples.
  private static let expected: Double = {
    let values = (try? Parallel.map(4000) { try search(UInt64($0) &+ 1_000_003, splits: 1).value?.lower }) ?? []
    return Mean.value(values.compactMap { $0 })
  }()

  private static var searches: [CoverageCheck] {
    [
      CoverageCheck("95 % interval of the mean recall of rule search, 20 splits, \(words)", .atLeast(0.95)) { seed in
        try search(seed, splits: 20).value.map { $0.holds(expected) }
      }
    ]
  }

  // MARK: Noise ceilings

  /// Trained networks of one stratum, and how often each is trained, in turn.
  private struct Stratum {
    let networks: Int
    var trainings = [1, 1, 2, 4]
    /// Variance between networks.
    let between: Double
    /// Variance within them.
    var within = 1.0
    /// True when one training in ten fails: its error has three times the deviation of the others.
    var hasFailures = false

    private var sizes: [Int] { (0..<networks).map { trainings[$0 % trainings.count] } }

    /// Expected sums of squares: about the mean, and the part of it that is error.
    var expected: (all: Double, error: Double) {
      let rows = Double(sizes.reduce(0, +))
      let squares = sizes.reduce(0.0) { $0 + Double($1 * $1) }
      return ((rows - squares / rows) * between + (rows - 1) * within, (rows - 1) * within)
    }

    /// The values of each network.
    func draw(_ generator: inout SeededGenerator) -> [[Double]] {
      func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
      // Of variance 0.9 + 0.1 · 9 without the factor.
      let error = (within / (hasFailures ? 1.8 : 1)).squareRoot()
      return sizes.map { size in
        let mean = between.squareRoot() * normal()
        return (0..<size).map { _ in
          let factor = hasFailures && generator.next(below: 10) == 0 ? 3.0 : 1
          return mean + error * factor * normal()
        }
      }
    }
  }

  private static var ceilings: [CoverageCheck] {
    let few = [1, 1, 1, 1, 1, 1, 1, 2]
    let cells = [
      Stratum(networks: 33, trainings: [5, 3, 4, 4, 1], between: 0.5), Stratum(networks: 50, between: 1, within: 0.4),
      Stratum(networks: 80, trainings: few, between: 0.12, within: 0.02),
      Stratum(networks: 110, trainings: few, between: 0.02, within: 0.07),
    ]
    return [
      ceiling("80 networks, errors twice the differences", [Stratum(networks: 80, between: 0.5)]),
      ceiling("80 networks, errors a third of the differences", [Stratum(networks: 80, between: 3)]),
      ceiling("25 networks", [Stratum(networks: 25, between: 1)]),
      ceiling("112 networks, 14 of them trained twice", [Stratum(networks: 112, trainings: few, between: 0.3)]),
      ceiling(
        "three strata",
        [
          Stratum(networks: 40, between: 0.5), Stratum(networks: 60, between: 2), Stratum(networks: 30, between: 1),
        ]),
      ceiling("four strata of unequal noise", cells),
      ceiling("four strata, one training in ten fails", cells.map { failing($0) }),
      ceiling(
        "14 of 112 networks trained twice, one training in ten fails",
        [failing(Stratum(networks: 112, trainings: few, between: 0.3))], .unjudged),
    ]
  }

  private static func failing(_ stratum: Stratum) -> Stratum {
    var stratum = stratum
    stratum.hasFailures = true
    return stratum
  }

  /// How often the interval of the noise ceiling inside strata holds that of the expected sums of squares. Means of strata differ, which
  /// is not to matter.
  private static func ceiling(
    _ name: String, _ strata: [Stratum], _ expectation: CoverageCheck.Expectation = .atLeast(0.95)
  ) -> CoverageCheck {
    let sums = strata.map(\.expected)
    let ceiling = (1 - sums.reduce(0) { $0 + $1.error } / sums.reduce(0) { $0 + $1.all }).squareRoot()
    return CoverageCheck("95 % interval of a noise ceiling of \((ceiling * 100).rounded() / 100), \(name)", expectation)
    {
      seed in
      var generator = SeededGenerator(seed: seed)
      var (target, places, networks): ([Double], [Int], [Int]) = ([], [], [])
      for (place, stratum) in strata.enumerated() {
        for (network, values) in stratum.draw(&generator).enumerated() {
          target += values.map { $0 + 3 * Double(place) }
          places += values.map { _ in place }
          networks += values.map { _ in 1000 * place + network }
        }
      }
      let shares = try VarianceShares(target, strata: places, groups: networks, settings: settings(seed))
      return shares.reliability.noiseCeiling.interval?.value.map { $0.holds(ceiling) }
    }
  }
}
