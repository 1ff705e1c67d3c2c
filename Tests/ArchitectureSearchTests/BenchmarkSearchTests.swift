import ArchitectureSearch
import Outcomes
import Statistics
import Testing

struct BenchmarkSearchTests {
  /// The expected gain of the best by score among so many drawn without replacement: Σ over places by ascending score of
  /// C(place, draws − 1)/C(n, draws) times the gain.
  private static func expected(_ gains: [Double], _ scores: [Double], draws: Int) -> Double {
    func choose(_ n: Int, _ k: Int) -> Double {
      k > n ? 0 : (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    return order.enumerated().reduce(0) {
      $0 + gains[$1.element] * choose($1.offset, draws - 1) / choose(gains.count, draws)
    }
  }

  private static func gains(
    _ gains: [Double], _ scores: [Double], _ settings: SearchSettings, searches: Int
  ) async throws -> [[BenchmarkSearch.Found]] {
    let search = try BenchmarkSearch(
      BenchmarkSpace(count: gains.count), gains: gains, evaluations: evaluations(scores), settings: settings, seed: 5)
    var all: [[BenchmarkSearch.Found]] = []
    for number in 0..<searches { all.append(try await search.found(number)) }
    return all
  }

  @Test("A drawn space has a candidate for each place, and mutations go to neighbours that were drawn")
  func drawn() throws {
    let space = try BenchmarkSpace(count: 4, neighbours: [[1], [0, 2], [1, 3], [2]])
    let some = space.drawn([0, 1, 1, 3])
    #expect(some.count == 4)
    for seed in 0..<50 as Range<UInt64> {
      #expect([1, 2].contains(some.mutated(0, seed: seed)))
      #expect(some.mutated(1, seed: seed) == 0)
      // None of the neighbours of place 3 was drawn.
      #expect([0, 1, 2].contains(some.mutated(3, seed: seed)))
    }
  }

  @Test("Random search finds on average what the closed form says")
  func closedForm() async throws {
    let (gains, scores) = (uniform(60, seed: 1), uniform(60, seed: 2))
    let mixed = zip(gains, scores).map { $0 + $1 }
    let all = try await Self.gains(gains, mixed, SearchSettings(budgets: [1, 5, 20, 60]), searches: 2000)
    for (place, budget) in [1, 5, 20, 60].enumerated() {
      let values = all.compactMap { $0[place].gain }
      let error = try ColumnSummary(values).standardDeviation ?? 0
      let expected = Self.expected(gains, mixed, draws: budget)
      #expect(abs(Mean.value(values) - expected) <= 4 * error / 2000.0.squareRoot() + 1e-12)
    }
  }

  @Test("A score that is the target has a regret that never rises with the budget, and none in the end")
  func monotone() async throws {
    let gains = uniform(50, seed: 3)
    let all = try await Self.gains(gains, gains, SearchSettings(budgets: [1, 2, 4, 8, 16, 32, 50, 100]), searches: 30)
    for found in all {
      let found = found.compactMap(\.gain)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(found.last == gains.max())
    }
  }

  @Test("More that are chosen find at least as much")
  func chosen() async throws {
    let (gains, scores) = (uniform(50, seed: 4), uniform(50, seed: 5))
    let one = try await Self.gains(gains, scores, SearchSettings(budgets: [20], chosen: 1), searches: 30)
    let five = try await Self.gains(gains, scores, SearchSettings(budgets: [20], chosen: 5), searches: 30)
    for (one, five) in zip(one, five) {
      #expect(five[0].chosen.count == 5)
      #expect(five[0].chosen[0] == one[0].chosen[0])
      #expect(try #require(one[0].gain) <= #require(five[0].gain))
    }
  }

  @Test("The expected best of random draws, and of draws from strata, agree with going through all of them")
  func randomChoice() throws {
    let gains = [3.0, 1, 4, 1, 5, 9, 2]
    var sum = 0.0
    var count = 0.0
    for a in gains.indices {
      for b in gains.indices where b != a {
        for c in gains.indices where c != a && c != b {
          sum += max(gains[a], gains[b], gains[c])
          count += 1
        }
      }
    }
    #expect(abs(try RandomChoice.expectedBest(gains, draws: 3) - sum / count) < 1e-12)
    #expect(throws: Reason.self) { try RandomChoice.expectedBest(gains, draws: 8) }
    // Sizes 1 1 | 2 3 | 4 5 5: the mid-ranks 1.5, 1.5, 3, 4, 5, 6.5, 6.5 of 7 fall into thirds as 0 0 1 1 1 2 2.
    let sizes = [1.0, 1, 2, 3, 4, 5, 5]
    sum = 0
    for a in [3.0, 1] { for b in [4.0, 1, 5] { for c in [9.0, 2] { sum += max(a, b, c) / 12 } } }
    let strata = try RandomChoice.expectedBestOfStrata(gains, sizes: sizes, strata: 3)
    #expect(abs(strata.value - sum) < 1e-12)
    #expect(strata.labels == 3)
    // All of one size are one stratum, which costs one label.
    let flat = try RandomChoice.expectedBestOfStrata(gains, sizes: gains.map { _ in 1 }, strata: 3)
    #expect(abs(flat.value - Mean.value(gains)) < 1e-12)
    #expect(flat.labels == 1)
    #expect(throws: Reason.self) { try RandomChoice.expectedBestOfStrata(gains, sizes: [1], strata: 3) }
  }

  @Test("Each row's neighbours are the nearest by features, equally near ones together")
  func neighbours() throws {
    let features: [SearchFeature] = [.init([0, 1, 2, 10]), .levels(["a", "a", "b", "b"])]
    #expect(try NearestRows.neighbours(of: features, count: 1) == [[1], [0], [3], [2]])
    #expect(
      try NearestRows.neighbours(of: [.levels(["a", "a", "a", "b"])], count: 1) == [
        [1, 2], [0, 2], [0, 1], [0, 1, 2],
      ])
    #expect(throws: Reason.self) { try NearestRows.neighbours(of: [.init([1, 2]), .init([1])], count: 1) }
    let space = try BenchmarkSpace(count: 4, neighbours: [[1], [0], [3], [2]])
    #expect((0..<20).allSatisfy { space.mutated(2, seed: $0) == 3 })
    let free = try BenchmarkSpace(count: 4)
    #expect(Set((0..<100).map { free.mutated(2, seed: $0) }) == [0, 1, 3])
    #expect(throws: Reason.self) { try BenchmarkSpace(count: 0) }
  }
}
