import Outcomes
import Statistics
import Testing

@testable import Reductions

@Suite struct RuleSearchTests {
  /// The rule that made the target is found, in every split and in both directions.
  @Test(arguments: [true, false]) func findsWhatIsThere(_ higherIsBetter: Bool) throws {
    let space = try SampleSpace.sample(300, seed: 2, higherIsBetter: higherIsBetter)
    let search = try RuleSearch(space, .init(objective: .recall(share: 0.25), splits: 5))
    #expect(search.method == .exhaustive)
    let splits = (0..<5).map { search.split($0) }
    for split in splits {
      let found = try #require(split.found)
      #expect(found.rule.text == "depth == 4 and width >= 4")
      #expect(found.training.recall == 1 && found.unseen.recall == 1)
      #expect(found.optimism(.recall(share: 0.25)) == 0)
      #expect(split.trainingCount == 150 && split.unseenCount == 150)
    }
    let choices = RuleSearch.choices(splits, .recall(share: 0.25))
    #expect(choices == [.init(rule: try #require(splits[0].found).rule, times: 5, unseen: 1)])
    let whole = try #require(search.whole().found)
    #expect(whole.rule.text == "depth == 4 and width >= 4" && whole.measure.recall == 1)
    let mean = try #require(whole.measure.mean(higherIsBetter: higherIsBetter))
    #expect(abs(mean - (higherIsBetter ? 12.5 : -12.5)) < 0.2)
  }

  /// On noise the found rule looks good on what the search saw, and no better than chance on the rest.
  @Test(arguments: [RuleObjective.recall(share: 0.25), .mean, .enrichment])
  func searchingNoiseIsOptimistic(_ objective: RuleObjective) throws {
    var generator = SeededGenerator(seed: 77)
    var (optimism, unseen, count) = (0.0, 0.0, 0.0)
    for round in 0..<6 {
      var space = try SampleSpace.sample(200, seed: UInt64(round))
      space.target = space.target.map { _ in Double(generator.next(below: 1 << 30)) / Double(1 << 30) }
      let settings = RuleSearch.Settings(objective: objective, minimumSize: 20, splits: 6, seed: 3, cuts: 8)
      let search = try RuleSearch(space, settings)
      for split in (0..<6).map({ search.split($0) }) {
        let found = try #require(split.found)
        guard let difference = found.optimism(objective), let score = found.unseen.score(objective) else { continue }
        optimism += difference
        let chance =
          switch objective {
          case .recall: found.unseen.share
          case .mean: 0.5
          case .enrichment: 1.0
          }
        unseen += score - chance
        count += 1
      }
    }
    #expect(count > 30)
    let scale = objective == .enrichment ? 10.0 : 1
    #expect(optimism / count > 0.1 * scale.squareRoot(), "\(objective)")
    #expect(abs(unseen / count) < 0.05 * scale, "\(objective)")
  }

  @Test func clustersAreNotTornApart() throws {
    let space = try SampleSpace.sample(120, seed: 5, clusterSize: 4)
    let search = try RuleSearch(space, .init(conjuncts: 1, splits: 8, trainingShare: 0.3))
    for index in 0..<8 {
      #expect(search.split(index).trainingCount == 36)
      #expect(search.split(index).unseenCount == 84)
    }
  }

  /// A split depends on its number alone.
  @Test func splitsMayBeMadeInAnyOrder() throws {
    let space = try SampleSpace.sample(90, seed: 6)
    let search = try RuleSearch(space, .init(conjuncts: 2, splits: 4))
    let forward = (0..<4).map { search.split($0) }
    let backward = (0..<4).reversed().map { search.split($0) }
    #expect(forward == backward.reversed())
    #expect(forward[0] != forward[1])
    let other = try RuleSearch(space, .init(conjuncts: 2, splits: 4, seed: 9)).split(0)
    #expect(other != forward[0])
  }

  @Test func frontsRiseAndKeepTheirShare() throws {
    let space = try SampleSpace.sample(160, seed: 8)
    let search = try RuleSearch(space, .init(minimumSize: 4, splits: 1))
    let front = search.whole().front
    #expect(zip(front, front.dropFirst()).allSatisfy { $0.measure.size < $1.measure.size })
    #expect(zip(front, front.dropFirst()).allSatisfy { $0.measure.recall < $1.measure.recall })
    #expect(front.last?.measure.recall == 1)
    let split = search.split(0)
    #expect(split.front.count == RuleSearch.shares.count)
    for (share, found) in zip(RuleSearch.shares, split.front) {
      guard let found else { continue }
      #expect(found.training.share <= share + 1e-12)
    }
  }

  @Test func moreConjunctionsThanTheLimitAreSearchedByBeam() throws {
    let space = try SampleSpace.sample(300, seed: 2)
    let search = try RuleSearch(space, .init(conjuncts: 2, splits: 1, limit: 100, beamWidth: 20))
    #expect(search.method == .beam(width: 20))
    #expect(search.conjunctionCount > 100)
    #expect(search.whole().found?.rule.text == "depth == 4 and width >= 4")
  }

  @Test func conjunctionsAreCounted() {
    #expect(RuleSearch.conjunctions(of: 5, longest: 3) == 5 + 10 + 10)
    #expect(RuleSearch.conjunctions(of: 2, longest: 6) == 3)
    #expect(RuleSearch.conjunctions(of: 300, longest: 3) == 300 + 44_850 + 4_455_100)
    #expect(RuleSearch.conjunctions(of: 4096, longest: 6) == Int.max)
  }

  @Test func nothingFitsWhenRulesMustBeLarge() throws {
    let space = try SampleSpace.sample(100, seed: 3)
    let search = try RuleSearch(space, .init(objective: .recall(share: 0.1), minimumSize: 0.9, splits: 1))
    #expect(search.whole().found == nil && search.split(0).found == nil)
    #expect(RuleSearch.choices([search.split(0)], .recall(share: 0.1)).isEmpty)
  }

  @Test(arguments: [
    (RuleSearch.Settings(conjuncts: 7), "the number of conjuncts is not in 1 … 6"),
    (.init(objective: .recall(share: 0)), "the share that a rule may keep is not in 0 … 1"),
    (.init(objective: .recall(share: .nan)), "the share that a rule may keep is not in 0 … 1"),
    (.init(topSize: .infinity), "the size of the top is not positive"),
    (.init(topSize: 61), "a top of 61 of 60 rows"), (.init(minimumSize: -1), "the smallest size is negative"),
    (.init(splits: 0), "the number of splits is not in 1 … 10,000"),
    (.init(trainingShare: 1), "the training share is not between 0 and 1"),
    (.init(cuts: 0), "the number of cut points is not in 1 … 1,000"),
    (.init(beamWidth: 0), "the width of the beam is not in 1 … 10,000"),
    (.init(limit: -1), "the limit of the exhaustive search is negative"),
  ])
  func settingsAreChecked(_ settings: RuleSearch.Settings, _ reason: String) throws {
    let space = try SampleSpace.sample(60, seed: 1)
    #expect(throws: Reason(reason)) { try RuleSearch(space, settings) }
  }

  @Test func fewRowsAreUndefined() throws {
    let space = try SampleSpace.sample(3, seed: 1)
    #expect(throws: Reason("fewer than four rows or clusters")) { try RuleSearch(space, .init()) }
    #expect(throws: Reason("fewer than four rows or clusters")) {
      try RuleSearch(SampleSpace.sample(9, seed: 1, clusterSize: 3), .init())
    }
  }
}
