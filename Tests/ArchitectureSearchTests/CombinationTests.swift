import ArchitectureSearch
import ElementaryFunctions
import Outcomes
import Statistics
import Testing

struct CombinationTests {
  private static let members = zip(uniform(40, seed: 1), uniform(40, seed: 2)).map { [$0, ($1 * 8).rounded()] }

  @Test("The rank aggregation is the sum of logarithms of average ranks over their number")
  func byHand() {
    let pool = RankAggregation([[1, 5], [2, 5], [3, 1]])
    func sum(_ one: Double, _ other: Double) -> Double { Elementary.log(one / 3) + Elementary.log(other / 3) }
    #expect([[1.0, 5], [2, 5], [3, 1]].map { pool.score($0) } == [sum(1, 2.5), sum(2, 2.5), sum(3, 1)])
  }

  @Test(
    "The rank aggregation does not change with monotone transforms or the order of the pool, and does as the pool grows"
  )
  func invariance() {
    let pool = RankAggregation(Self.members)
    let scores = Self.members.map { pool.score($0) }
    let transformed = Self.members.map { [Elementary.exp(3 * $0[0]), $0[1] * $0[1] * $0[1] - 7] }
    let other = RankAggregation(transformed)
    #expect(transformed.map { other.score($0) } == scores)
    let turned = RankAggregation(Self.members.reversed())
    #expect(Self.members.map { turned.score($0) } == scores)
    var grown = RankAggregation()
    for member in Self.members { grown.add(member) }
    #expect(Self.members.map { grown.score($0) } == scores)
    grown.add([0, 0])
    #expect(grown.score(Self.members[0]) != scores[0])
  }

  @Test("Weights are found with as many labels as allowed, and the best member labelled is the answer")
  func labels() {
    let gains = Self.members.map { -$0[0] + $0[1] / 8 }
    for labels in [1, 2, 5, 40, 100] {
      var asked: [Int] = []
      var generator = SeededGenerator(seed: 9)
      let found = LabelledWeights(Self.members, labels: labels, using: &generator) {
        asked.append($0)
        return gains[$0]
      }
      #expect(found.labelled.count == min(labels, 40))
      #expect(asked == found.labelled)
      #expect(Set(asked).count == asked.count)
      #expect(found.weights.allSatisfy { abs($0) <= 1 })
    }
  }

  @Test("Metrics are brought to 0 … 1; one that is constant does not count")
  func normalised() {
    #expect(LabelledWeights.normalised([[2, 7], [4, 7], [3, 7]]) == [[0, 0], [1, 0], [0.5, 0]])
    // The same weights rank otherwise after a monotone transform: this combination is not invariant.
    let plain = LabelledWeights.normalised([[0, 4], [1, 3.9], [2, 0]]).map { $0[0] + $0[1] }
    let squared = LabelledWeights.normalised([[0, 4], [1, 3.9], [4, 0]]).map { $0[0] + $0[1] }
    #expect(plain[1] > plain[0])
    #expect(squared[1] < plain[1])
  }

  @Test("Searches choose by combinations of metrics")
  func searches() async throws {
    let parts = Self.members
    let gains = parts.map { $0[0] + $0[1] / 8 }
    let pool = RankAggregation(parts)
    let best = parts.indices.max { pool.score(parts[$0]) < pool.score(parts[$1]) }
    func found(_ choice: SearchSettings.Choice, chosen: Int) async throws -> BenchmarkSearch.Found {
      let search = try BenchmarkSearch(
        BenchmarkSpace(count: 40), gains: gains,
        evaluations: parts.map { .success(try CandidateEvaluation($0.map { [$0] })) },
        settings: SearchSettings(choice: choice, budgets: [40], chosen: chosen), seed: 2)
      return try await search.found(0)[0]
    }
    #expect(try await found(.rankSum, chosen: 1).chosen == [try #require(best)])
    let labelled = try await found(.labelledWeights, chosen: 8)
    #expect(labelled.chosen.count == 8)
    #expect(labelled.gain == labelled.chosen.map { gains[$0] }.max())
    #expect(try await found(.labelledWeights, chosen: 8) == labelled)
  }

  @Test("The coefficient of variation is the mean over architectures, by variance and by standard deviation")
  func variation() throws {
    let made = try VariationCoefficient([[1, 3], [-10, -14, -12]])
    #expect(abs(made.varianceOverMean - (2.0 / 2 + 4.0 / 12) / 2) < 1e-15)
    #expect(abs(made.deviationOverMean - (2.0.squareRoot() / 2 + 2.0 / 12) / 2) < 1e-15)
    for samples in [[], [[1.0]], [[1, -1]], [[1, .infinity]]] {
      #expect(throws: Reason.self) { try VariationCoefficient(samples) }
    }
  }
}
