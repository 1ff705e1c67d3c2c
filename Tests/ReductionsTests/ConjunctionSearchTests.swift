import Statistics
import Testing

@testable import Reductions

@Suite struct ConjunctionSearchTests {
  /// The best value of each size by definition: every set of conditions, whatever they are, row by row.
  private func naive(_ list: ConditionList, _ sample: RuleSample, minimum: Int, longest: Int) -> (
    hits: [Int: Int], sums: [Int: Double]
  ) {
    var (hits, sums) = ([Int: Int](), [Int: Double]())
    func visit(_ chosen: [Int], from start: Int) {
      if !chosen.isEmpty {
        let kept = sample.order.indices.filter { place in
          chosen.allSatisfy { list.rows[$0].contains(sample.order[place]) }
        }
        if kept.count >= minimum, kept.count < sample.count {
          let value = kept.reduce(0) { sum, place in
            sum
              + (place < sample.sureCount
                ? sample.hitUnit : place < sample.sureCount + sample.tiedCount ? sample.topSize - sample.sureCount : 0)
          }
          hits[kept.count] = max(hits[kept.count] ?? 0, value)
          let sum = kept.reduce(0.0) { $0 + sample.goodness[$1] }
          sums[kept.count] = max(sums[kept.count] ?? -.infinity, sum)
        }
      }
      guard chosen.count < longest else { return }
      for next in start..<list.conditions.count { visit(chosen + [next], from: next + 1) }
    }
    visit([], from: 0)
    return (hits, sums)
  }

  /// What the search passes by is never better than what it counts; rounded targets tie at the top's edge.
  @Test(arguments: [1, 2, 3], [true, false])
  func exhaustiveSearchMissesNothing(_ longest: Int, _ rounds: Bool) throws {
    var space = try SampleSpace.sample(70, seed: 4, higherIsBetter: rounds)
    if rounds { space.target = space.target.map { ($0 / 2).rounded() } }
    let list = try ConditionList(space.features, cuts: 3)
    let sample = RuleSample(space, rows: Array(0..<65), topSize: 9)
    let best = ConjunctionSearch(list, sample, minimum: 4, needsSums: true).exhaustive(longest: longest)
    let expected = naive(list, sample, minimum: 4, longest: longest)
    #expect(rounds == (sample.tiedCount > 0))
    for size in 0...sample.count {
      #expect(best.hits.values[size] == expected.hits[size], "size \(size)")
      switch (best.sums?.values[size] ?? nil, expected.sums[size]) {
      case (let made?, let sum?): #expect(abs(made - sum) < 1e-9, "size \(size)")
      case (let made, let sum): #expect(made == nil && sum == nil, "size \(size)")
      }
      guard let hits = best.hits.values[size] else { continue }
      let measure = sample.measured(list.rows(of: best.hits.rules[size], count: 70))
      #expect(measure.size == size && measure.recall == sample.recall(hits))
    }
  }

  /// Of rules that keep the same rows the shortest is named, then the first.
  @Test func theShortestRuleIsNamed() throws {
    let space = try SampleSpace.sample(70, seed: 4)
    let list = try ConditionList(space.features, cuts: 3)
    let sample = RuleSample(space, rows: Array(0..<70), topSize: 7)
    let best = ConjunctionSearch(list, sample, minimum: 1, needsSums: false).exhaustive(longest: 3)
    for (size, rule) in best.hits.rules.enumerated() where !rule.isEmpty {
      let rows = list.rows(of: rule, count: 70)
      for place in rule {
        #expect(list.rows(of: rule.filter { $0 != place }, count: 70) != rows, "size \(size)")
      }
      #expect(rule == rule.sorted())
    }
  }

  /// A beam as wide as the search keeps everything.
  @Test(arguments: [RuleObjective.recall(share: 0.3), .mean, .enrichment])
  func aWideBeamIsExhaustive(_ objective: RuleObjective) throws {
    let space = try SampleSpace.sample(60, seed: 9)
    let list = try ConditionList(space.features, cuts: 3)
    let sample = RuleSample(space, rows: Array(0..<60), topSize: 6)
    let search = ConjunctionSearch(list, sample, minimum: 3, needsSums: true)
    let (all, wide) = (search.exhaustive(longest: 3), search.beam(width: 10_000, longest: 3, objective: objective))
    #expect(all.hits.values == wide.hits.values)
    #expect(all.hits.rules == wide.hits.rules)
    #expect(all.best(objective, in: sample)?.size == wide.best(objective, in: sample)?.size)
    let narrow = search.beam(width: 3, longest: 3, objective: objective)
    #expect(narrow.evaluated < all.evaluated)
    for (size, hits) in narrow.hits.values.enumerated() { #expect(hits ?? 0 <= all.hits.values[size] ?? 0) }
  }

  @Test func hitsCountTiesInPart() throws {
    var space = try SampleSpace.sample(8, seed: 1)
    space.target = [5, 4, 4, 4, 1, 1, 1, 1]
    let sample = RuleSample(space, rows: Array(0..<8), topSize: 3)
    #expect(sample.sureCount == 1 && sample.tiedCount == 3)
    func recall(_ test: (Int) -> Bool) -> Double { sample.measured(RowSet(count: 8, where: test)).recall }
    #expect(recall { $0 < 2 } == 5.0 / 9)
    #expect(recall { $0 < 4 } == 1)
    #expect(recall { $0 >= 4 } == 0)
  }
}
