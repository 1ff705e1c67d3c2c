import ArchitectureSearch
import Outcomes
import Statistics
import Testing

struct MannWhitneyChoiceTests {
  @Test("With ten values each, 5 % rejects at U ≤ 27: the critical values of the reference")
  func criticalValues() throws {
    // Ten values of y lie among those of x such that y exceeds x in exactly u of 100 pairs.
    func samples(_ u: Int) -> (x: [Double], y: [Double]) {
      let x = (1...10).map { Double($0) * 10 }
      let y = (0..<10).map { place -> Double in
        let exceeded = min(10, max(0, u - place * 10))
        return Double(exceeded) * 10 + 5 + Double(place) / 100
      }
      return (x, y.sorted())
    }
    for (u, exact, normal, rejects) in [
      (27, 0.04460477602892464, 0.04448650585090664, true), (28, 0.05256121587390938, 0.05205494483011341, false),
    ] {
      let (x, y) = samples(u)
      let test = try MannWhitney(x, y)
      #expect(test.statistic == Double(100 - u))
      #expect(test.isExact)
      #expect(abs(test.pValueGreater - exact) < 1e-12)
      #expect(abs(try MannWhitney(x, y, method: .normal).pValueGreater - normal) < 1e-9)
      var decisions = MannWhitneyDecisions(alpha: 0.05)
      #expect(try decisions.isGreater(x, than: y) == rejects)
      #expect(try !decisions.isGreater(y, than: x))
    }
  }

  /// Samples of ten values about a centre.
  private static func sample(_ centre: Double) throws -> Outcome<CandidateEvaluation> {
    .success(try CandidateEvaluation([(0..<10).map { centre + Double($0) * 0.1 }]))
  }

  private func found(_ centres: [Double], chosen: Int = 1, searches: Int = 200) async throws -> [BenchmarkSearch.Found]
  {
    let search = try BenchmarkSearch(
      BenchmarkSpace(count: centres.count), gains: centres.indices.map { Double($0) },
      evaluations: try centres.map { try Self.sample($0) },
      settings: SearchSettings(choice: .mannWhitney(alpha: 0.05), budgets: [centres.count], chosen: chosen), seed: 1)
    var all: [BenchmarkSearch.Found] = []
    for number in 0..<searches { all.append(try await search.found(number)[0]) }
    return all
  }

  @Test("A clear winner is found in every order, and the next best after it")
  func clear() async throws {
    let all = try await found([0, 5, 10, 15], chosen: 2)
    #expect(all.allSatisfy { $0.chosen == [3, 2] && $0.gain == 3 && $0.isSameInAnotherOrder == true })
  }

  @Test("Candidates without significant differences are chosen by their order alone")
  func undecided() async throws {
    let all = try await found([0, 0.01, 0.02, 0.03], searches: 400)
    for candidate in 0..<4 {
      // 100 expected; the standard deviation is 8.7.
      #expect((65...135).contains(all.count { $0.chosen == [candidate] }))
    }
    let isSame = all.count { $0.isSameInAnotherOrder == true }
    #expect((65...135).contains(isSame))
  }

  @Test("An incumbent stays unless a rival is significantly greater")
  func kept() async throws {
    // 1.0 is not significantly greater than 0.85, and both are than 0: the last never wins, the first two share.
    let all = try await found([0, 0.85, 1.0])
    #expect(all.allSatisfy { $0.chosen != [0] })
    #expect(all.contains { $0.chosen == [1] })
    #expect(all.contains { $0.chosen == [2] })
  }

  @Test("What is chosen at a budget does not depend on the budgets before it")
  func budgets() async throws {
    let values = uniform(20, seed: 3).map { $0 * 2 }
    func last(_ budgets: [Int], _ choice: SearchSettings.Choice) async throws -> [[Int]] {
      let search = try BenchmarkSearch(
        BenchmarkSpace(count: 20), gains: values, evaluations: try values.map { try Self.sample($0) },
        settings: SearchSettings(choice: choice, budgets: budgets, chosen: 3), seed: 1)
      var all: [[Int]] = []
      for number in 0..<20 { all.append(try await search.found(number).last?.chosen ?? []) }
      return all
    }
    for choice in [SearchSettings.Choice.mean, .mannWhitney(alpha: 0.05), .rankSum, .labelledWeights] {
      #expect(try await last([15], choice) == last([2, 7, 15], choice))
    }
  }
}
