import Expressions
import Outcomes
import Statistics
import Testing

@testable import Reductions

@Suite struct ReductionTests {
  static let values: [Double] = [5, 3, 4, 4, 1, 2, 4, 0]

  private func subsets(_ count: Int, _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard count >= size else { return [] }
    return subsets(count - 1, size) + subsets(count - 1, size - 1).map { $0 + [count - 1] }
  }

  /// Every way to break the ties of a membership.
  private func ways(_ members: Membership) -> [[Int]] {
    subsets(members.tied.count, members.places).map { chosen in members.certain + chosen.map { members.tied[$0] } }
  }

  private func target(lower: Bool = false) throws -> ReductionTarget {
    try ReductionTarget(lower ? Self.values.map { -$0 } : Self.values, higherIsBetter: !lower)
  }

  @Test func membershipOfARule() {
    let members = Membership(rule: [.truth(true), .undefined("x"), .truth(false), .undefined("y"), .undefined("x")])
    #expect(members.certain == [0] && members.size == 1 && members.tied.isEmpty)
    #expect(members.unjudged == [.init(reason: "x", count: 2), .init(reason: "y", count: 1)])
  }

  @Test func membershipOfATop() throws {
    let scores: [Double?] = [1, 3, nil, 3, 2, 3, 0]
    let members = try Membership(top: 2, of: scores)
    #expect(members.certain == [] && members.tied == [1, 3, 5] && members.places == 2 && members.size == 2)
    #expect(members.unjudged.map(\.count) == [1])
    let clean = try Membership(top: 3, of: scores)
    #expect(clean.certain == [1, 3, 5] && clean.tied.isEmpty)
    let among = try Membership(top: 1, of: scores, among: [0, 4, 6])
    #expect(among.certain == [4])
    for size in [0, -1, 7] { #expect(throws: Reason.self) { try Membership(top: size, of: scores) } }
  }

  /// Seeded draws take the certain places and so many of the tied ones, each about as often.
  @Test func tiesAreDrawnEvenly() throws {
    let members = try Membership(top: 4, of: [2, 1, 1, 1, 1, 1, 0].map { $0 })
    var counts = [Int](repeating: 0, count: 7)
    for draw in 0..<5000 {
      let places = members.places(seed: 3, draw: draw)
      #expect(places.count == 4 && places == places.sorted() && places.first == 0)
      for place in places { counts[place] += 1 }
    }
    #expect(counts[6] == 0)
    // Chance 3/5 each: standard deviation 35 of 5,000.
    #expect(counts[1...5].allSatisfy { abs($0 - 3000) < 175 })
    #expect(members.places(seed: 3, draw: 9) == members.places(seed: 3, draw: 9))
  }

  /// Every measure is the mean over all ways to break ties, of the subset and of the top set.
  @Test(arguments: 1...8, 1...8) func measuresAreMeansOverTies(_ size: Int, _ top: Int) throws {
    let target = try target()
    let members = try Membership(top: size, of: [2, 7, 2, 2, 7, 1, 2, 0])
    let set = try TopSet(target, size: Double(top))
    let measures = try SubsetMeasures(members, target: target, tops: [.success(set)])
    let all = ways(members)
    func mean(_ value: ([Int]) -> Double) -> Double { all.reduce(0) { $0 + value($1) } / Double(all.count) }
    #expect(abs(measures.mean - mean { $0.reduce(0) { $0 + Self.values[$1] } / Double(size) }) < 1e-12)
    let best = mean { $0.map { Self.values[$0] }.max() ?? 0 }
    #expect(abs(measures.best - best) < 1e-12 && abs(measures.regret - (5 - best)) < 1e-12)
    let sets = ways(set.members)
    let recall =
      sets.reduce(0) { sum, set in sum + mean { Double(Set($0).intersection(set).count) } / Double(top) }
      / Double(sets.count)
    #expect(abs(try measures.recalls[0].get() - recall) < 1e-12)
  }

  /// Random subsets against every subset, written out.
  @Test(arguments: 1...8, [1, 2, 3, 5]) func randomSubsetsAreAllSubsets(_ size: Int, _ top: Int) throws {
    let target = try target()
    let set = try TopSet(target, size: Double(top))
    let random = try RandomSubsets(
      size: size, target: target, tops: [.success(set)], settings: BootstrapSettings(level: 0.8))
    let all = subsets(8, size)
    let sizes = Double(all.count)
    #expect(
      abs(random.mean - all.reduce(0) { $0 + $1.reduce(0) { $0 + Self.values[$1] } / Double(size) } / sizes) < 1e-12)
    let best = all.map { $0.map { Self.values[$0] }.max() ?? 0 }.sorted()
    #expect(abs(random.best - best.reduce(0, +) / sizes) < 1e-12)
    var weights = [Double](repeating: 0, count: 8)
    for place in set.members.certain { weights[place] = 1 }
    for place in set.members.tied { weights[place] = set.members.chance }
    let recalls = all.map { $0.reduce(0) { $0 + weights[$1] } / Double(top) }.sorted()
    let recall = try random.recalls[0].get()
    func quantile(_ values: [Double], _ p: Double) -> Double {
      values[max(0, Int((p * Double(values.count) - 1e-9).rounded(.up)) - 1)]
    }
    #expect(abs(recall.expected - recalls.reduce(0, +) / sizes) < 1e-12)
    #expect(abs(recall.lower - quantile(recalls, 0.1)) < 1e-12 && abs(recall.upper - quantile(recalls, 0.9)) < 1e-12)
    #expect(random.bestBand == quantile(best, 0.1)...quantile(best, 0.9))
    for value in Set(recalls) {
      let (more, less) = (recalls.count { $0 >= value - 1e-9 }, recalls.count { $0 <= value + 1e-9 })
      #expect(abs(recall.atLeast(value).value - Double(more) / sizes) < 1e-12)
      #expect(abs(recall.twoSided(value) - min(1, 2 * Double(min(more, less)) / sizes)) < 1e-12)
    }
  }

  /// A target that is better when lower gives the same numbers with the other sign.
  @Test func directionIsTheTargets() throws {
    let settings = ReductionSettings(tops: [2, 0.5], draws: [1, 2, 3], interval: BootstrapSettings(resamples: 100))
    let kept = Membership(kept: [0, 2, 3, 5])
    let (higher, lower) = (try target(), try target(lower: true))
    let one = try ReductionEvaluation(kept, target: higher, tops: settings.topSets(higher), settings: settings)
    let other = try ReductionEvaluation(kept, target: lower, tops: settings.topSets(lower), settings: settings)
    #expect(one.measures.recalls == other.measures.recalls && one.measures.regret == other.measures.regret)
    #expect(one.measures.mean == -other.measures.mean && one.measures.best == -other.measures.best)
    #expect(one.inside.minimum == -other.inside.maximum && one.random.best == -other.random.best)
    #expect(one.truncation.map(\.enrichments) == other.truncation.map(\.enrichments))
    #expect(one.random.bestBand.lowerBound == -other.random.bestBand.upperBound)
    let draws = try zip(one.bestOfDraws, other.bestOfDraws).map { (try $0.inside.get(), try $1.inside.get()) }.first
    #expect(draws?.0 == -(draws?.1 ?? 0))
  }

  @Test func truncationMeasuresTheBestPart() throws {
    let target = try target()
    let kept = Membership(kept: [0, 2, 4])
    let made = try TruncatedMeasures(kept, target: target, tops: [.success(TopSet(target, size: 1))], share: 0.5)
    // The best half: 5, 4, 4, 4.
    #expect(made.count == 4 && made.inside == 2 && made.mean == 4.5 && made.meanOfAll == 4.25)
    #expect(try made.enrichments[0].get() == 2)
    let none = try TruncatedMeasures(
      Membership(kept: [7]), target: target, tops: [.success(TopSet(target, size: 1))], share: 0.5)
    #expect(none.mean == nil && (try? none.enrichments[0].get()) == nil)
  }

  @Test func wholeAndEmptySpaces() throws {
    let target = try target()
    let settings = ReductionSettings(tops: [3, 99], interval: BootstrapSettings(resamples: 100))
    let tops = settings.topSets(target)
    let whole = try ReductionEvaluation(Membership(kept: Array(0..<8)), target: target, tops: tops, settings: settings)
    #expect(try whole.measures.recalls[0].get() == 1 && whole.measures.regret == 0 && whole.outside == nil)
    #expect(whole.random.standardError == 0 && whole.random.meanBand == whole.random.mean...whole.random.mean)
    #expect((try? whole.measures.recalls[1].get()) == nil)
    #expect(throws: Reason.self) {
      try ReductionEvaluation(Membership(kept: []), target: target, tops: tops, settings: settings)
    }
  }

  @Test func missingTargetsAreNotPlaces() throws {
    let target = try ReductionTarget([nil, 2, nil, 5], higherIsBetter: true, clusters: [7, 8, 8, 9])
    #expect(target.rows == [1, 3] && target.clusters == [8, 9] && target.missing == 2)
    #expect(target.values(of: [10, nil, 30, 40]) == [nil, 40])
    #expect(target.count(of: 0.5) == 1 && target.count(of: 0.001) == 1 && target.count(of: 1e300) == 1_000_000_000)
    #expect(throws: Reason.self) { try ReductionTarget([nil], higherIsBetter: true) }
    #expect(throws: Reason.self) { try ReductionTarget([1, .infinity], higherIsBetter: true) }
  }

  @Test func correlationsInside() throws {
    let target = try target()
    let metric: [Double?] = [8, nil, 6, 5, 4, 3, 2, 1]
    let made = InsideCorrelation(
      metric, target: target, drawn: [0, 1, 2, 4, 5, 7], settings: BootstrapSettings(resamples: 100))
    let sample = try PairedSample(x: [8, 6, 4, 3, 1], y: [5, 4, 1, 2, 0])
    #expect(try made.count == 5 && made.kendallTauB.get() == Coefficient.kendallTauB.value(sample))
    let constant = InsideCorrelation(Array(repeating: 1, count: 8), target: target, drawn: [0, 1, 2], settings: nil)
    #expect((try? constant.kendallTauB.get()) == nil && constant.interval == nil)
  }
}
