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

  /// Groups of 1 to 4 trainings with variance `between` between networks, 1 within.
  private static func groups(_ count: Int, between: Double, _ generator: inout SeededGenerator) -> [[Double]] {
    (0..<count).map { group in
      func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
      let mean = between.squareRoot() * normal()
      return (0..<[1, 1, 2, 4][group % 4]).map { _ in mean + normal() }
    }
  }

  /// Expected reliability, and expected sum of squares, of such groups.
  private static func truth(_ count: Int, between: Double) -> (reliability: Double, total: Double) {
    let sizes = (0..<count).map { Double([1, 1, 2, 4][$0 % 4]) }
    let all = sizes.reduce(0, +)
    let size = (all - sizes.reduce(0) { $0 + $1 * $1 } / all) / Double(count - 1)
    let total = Double(count - 1) * (1 + size * between) + all - Double(count)
    return (1 - (all - 1) / total, total)
  }

  private static var ceilings: [CoverageCheck] {
    let single = [0.5, 3].map { between in
      let ceiling = truth(80, between: between).reliability.squareRoot()
      return CoverageCheck(
        "95 % interval of a noise ceiling of \(Double(Int(ceiling * 100)) / 100), 80 networks", .share(0.95)
      ) {
        seed in
        var generator = SeededGenerator(seed: seed)
        return try ReplicateReliability(groups(80, between: between, &generator)).noiseCeilingInterval.value.map {
          $0.holds(ceiling)
        }
      }
    }
    let parts = [(40, 0.5), (60, 2.0), (30, 1.0)]
    let truths = parts.map { truth($0.0, between: $0.1) }
    let pooled = truths.reduce(0) { $0 + $1.total * $1.reliability } / truths.reduce(0) { $0 + $1.total }
    return single + [
      CoverageCheck("95 % interval of the noise ceiling inside three strata", .share(0.95)) { seed in
        var generator = SeededGenerator(seed: seed)
        var strata: [ReplicateReliability] = []
        for part in parts { strata.append(try ReplicateReliability(groups(part.0, between: part.1, &generator))) }
        return try PooledReliability(strata).noiseCeilingInterval.value.map { $0.holds(pooled.squareRoot()) }
      }
    ]
  }
}
