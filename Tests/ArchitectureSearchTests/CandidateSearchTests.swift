import ArchitectureSearch
import Outcomes
import Testing

struct CandidateSearchTests {
  static let algorithms: [SearchSettings.Algorithm] = [.random, .evolution(.init(population: 10, sample: 3))]

  @Test(
    "A search evaluates as many distinct candidates as its budget, all within the constraints", arguments: algorithms)
  func budget(_ algorithm: SearchSettings.Algorithm) async throws {
    for isEnumerated in [true, false] {
      let space = DigitSpace(length: 3, isEnumerated: isEnumerated)
      let settings = SearchSettings(
        algorithm, budgets: [5, 40, 80], chosen: 2, constraints: [.init("sum", atLeast: 4, atMost: 12)])
      let search = CandidateSearch(space, scorer: DigitScorer { Double($0[0]) - Double($0[1]) }, settings: settings)
      let run = try await search.run(seed: 7)
      #expect(run.evaluated.count == 80)
      #expect(Set(run.evaluated.map(space.text)).count == 80)
      #expect(run.evaluated.allSatisfy { (4...12).contains($0.reduce(0, +)) })
      #expect(run.selections.map(\.budget) == [5, 40, 80])
      #expect(run.selections.map(\.evaluations) == [5, 40, 80])
      for selection in run.selections {
        let scores = run.evaluated.prefix(selection.budget).map { $0[0] - $0[1] }
        #expect(selection.chosen.map { scores[$0] } == Array(scores.sorted(by: >).prefix(2)))
      }
      let again = try await search.run(seed: 7)
      #expect(again.evaluated == run.evaluated)
      #expect(again.selections == run.selections)
      #expect(try await search.run(seed: 8).evaluated != run.evaluated)
    }
  }

  @Test("A search of a space with fewer candidates than the budget ends with all of them", arguments: algorithms)
  func exhausted(_ algorithm: SearchSettings.Algorithm) async throws {
    for isEnumerated in [true, false] {
      let search = CandidateSearch(
        DigitSpace(length: 1, isEnumerated: isEnumerated), scorer: DigitScorer { $0[0] == 9 ? nil : Double($0[0]) },
        settings: SearchSettings(algorithm, budgets: [20, 50]))
      let run = try await search.run(seed: 1)
      #expect(Set(run.evaluated.map { $0[0] }) == Set(0..<10))
      // The candidate without a value costs an evaluation and is never chosen.
      #expect(run.selections.map(\.evaluations) == [10, 10])
      #expect(run.selections.allSatisfy { $0.chosen.map { run.evaluated[$0][0] } == [8] })
    }
  }

  @Test("Constraints that nothing keeps, and settings that fit nothing, are refused", arguments: algorithms)
  func refused(_ algorithm: SearchSettings.Algorithm) async {
    for settings in [
      SearchSettings(algorithm, budgets: [5], constraints: [.init("sum", atLeast: 1000)]),
      SearchSettings(algorithm, budgets: [5], constraints: [.init("unknown", atLeast: 0)]),
      SearchSettings(algorithm, budgets: []), SearchSettings(algorithm, budgets: [0]),
      SearchSettings(algorithm, budgets: [5], chosen: 0),
      SearchSettings(algorithm, choice: .labelledWeights, budgets: [5]),
    ] {
      let search = CandidateSearch(DigitSpace(length: 2), scorer: DigitScorer { Double($0[0]) }, settings: settings)
      await #expect(throws: Reason.self) { try await search.run(seed: 1) }
    }
  }

  @Test("A random order is a permutation, uniform in its first place")
  func permutation() async throws {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<2000 {
      let search = CandidateSearch(
        DigitSpace(length: 1), scorer: DigitScorer { Double($0[0]) }, settings: SearchSettings(budgets: [10]))
      let run = try await search.run(seed: UInt64(seed))
      #expect(run.evaluated.map { $0[0] }.sorted() == Array(0..<10))
      counts[run.evaluated[0][0]] += 1
    }
    // 200 expected; the standard deviation is 13.4.
    #expect(counts.allSatisfy { (140...260).contains($0) })
  }

  @Test("Evolution climbs where neighbours are alike, and random search does not")
  func climbs() async throws {
    func mean(_ algorithm: SearchSettings.Algorithm) async throws -> Double {
      var sum = 0.0
      for seed in 0..<20 {
        let search = CandidateSearch(
          DigitSpace(length: 8), scorer: DigitScorer { Double($0.reduce(0, +)) },
          settings: SearchSettings(algorithm, budgets: [300]))
        let run = try await search.run(seed: UInt64(seed))
        sum += Double(run.evaluated[run.selections[0].chosen[0]].reduce(0, +)) / 20
      }
      return sum
    }
    let (random, evolved) = (try await mean(.random), try await mean(.evolution(.init(population: 20, sample: 5))))
    #expect(random < 61)
    #expect(evolved > 65)
  }

  @Test("Random searches of two scorers with one seed visit the same candidates")
  func paired() async throws {
    let settings = SearchSettings(budgets: [30])
    let one = CandidateSearch(DigitSpace(length: 3), scorer: DigitScorer { Double($0[0]) }, settings: settings)
    let other = CandidateSearch(DigitSpace(length: 3), scorer: DigitScorer { Double($0[1]) }, settings: settings)
    #expect(try await one.run(seed: 3).evaluated == other.run(seed: 3).evaluated)
  }

  @Test("Ties are coin flips")
  func ties() async throws {
    var chosen = [Int](repeating: 0, count: 4)
    for seed in 0..<1000 {
      let search = CandidateSearch(
        DigitSpace(length: 1), scorer: DigitScorer { $0[0] < 4 ? 1 : 0 }, settings: SearchSettings(budgets: [10]))
      let run = try await search.run(seed: UInt64(seed))
      chosen[run.evaluated[run.selections[0].chosen[0]][0]] += 1
    }
    // 250 expected; the standard deviation is 13.7.
    #expect(chosen.allSatisfy { (190...310).contains($0) })
  }

  /// An enumeration in which every architecture stands twice.
  private struct TwiceSpace: CandidateSpace {
    let inner = DigitSpace(length: 1)
    var count: Int? { 20 }
    func candidate(at index: Int) -> [Int]? { inner.candidate(at: index / 2) }
    func sample(seed: UInt64) -> [Int] { inner.sample(seed: seed) }
    func mutated(_ candidate: [Int], seed: UInt64) -> [Int] { inner.mutated(candidate, seed: seed) }
    func text(of candidate: [Int]) -> String { inner.text(of: candidate) }
    func quantity(_ name: String, of candidate: [Int]) -> Double? { inner.quantity(name, of: candidate) }
  }

  @Test("An architecture that is enumerated twice is evaluated once", arguments: algorithms)
  func twice(_ algorithm: SearchSettings.Algorithm) async throws {
    let search = CandidateSearch(
      TwiceSpace(), scorer: DigitScorer { Double($0[0]) }, settings: SearchSettings(algorithm, budgets: [8, 15]))
    let run = try await search.run(seed: 4)
    #expect(run.evaluated.count == 10)
    #expect(Set(run.evaluated).count == 10)
    #expect(run.selections.map(\.evaluations) == [8, 10])
  }
}
