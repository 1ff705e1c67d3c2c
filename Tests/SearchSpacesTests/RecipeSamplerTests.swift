import Diagnostics
import Outcomes
import Testing

@testable import SearchSpaces

@Suite struct RecipeSamplerTests {
  @Test func everySampleObeysTheRules() throws {
    var sampler = RecipeSampler(seed: 1)
    let cells = try sampler.sample(count: 300)
    for cell in cells {
      let again = try RecipeParser.read(Array(cell.json.utf8), file: "s", rules: .strict)
      #expect(again.recipe == cell && again.warnings.isEmpty)
    }
    #expect(Set(cells.map(\.hiddenCount)) == [1, 2, 3])
    let operations = Set(cells.flatMap { $0.nodes.map(\.operation) })
    #expect(operations == Set(RecipeOperation.allCases))
    let fanIns = cells.flatMap { cell in cell.linearNodes.map { cell.nodes[$0].inputs.count } }
    // 4 : 1 before cells are discarded; those with a fan-in of 3 connect more and survive more often.
    let share = Double(fanIns.count { $0 == 3 }) / Double(fanIns.count)
    #expect(share > 0.12 && share < 0.4)
  }

  @Test func samplesDependOnSeedAndNumberAlone() throws {
    var (one, other, third) = (RecipeSampler(seed: 5), RecipeSampler(seed: 5), RecipeSampler(seed: 6))
    let few = try one.sample(count: 10)
    let many = try other.sample(count: 30)
    let foreign = try third.sample(count: 10)
    let eleventh = one.next()
    #expect(Array(many.prefix(10)) == few && few != foreign && many[10] == eleventh)
  }

  @Test func distinctSamples() throws {
    var sampler = RecipeSampler(seed: 9)
    let cells = try sampler.sample(count: 64, distinct: true)
    #expect(Set(cells.map(\.structuralDigest)).count == 64)
    var narrow = try RecipeSampler(seed: 9, hiddenCounts: 1...1, intermediateCounts: 2...2)
    #expect(throws: Reason.self) { try narrow.sample(count: 100_000, distinct: true) }
  }

  @Test func theSmallestAndTheLargestSizes() throws {
    for (hidden, intermediate) in [(1, 2), (3, 2), (3, 20)] {
      var sampler = try RecipeSampler(
        seed: 4, hiddenCounts: hidden...hidden, intermediateCounts: intermediate...intermediate)
      let cells = try sampler.sample(count: 5)
      #expect(cells.allSatisfy { $0.hiddenCount == hidden && $0.nodes.count <= hidden + intermediate + 1 })
    }
  }

  @Test func sizesAreBounded() {
    #expect(throws: Reason.self) { try RecipeSampler(seed: 1, hiddenCounts: 0...1, intermediateCounts: 2...3) }
    #expect(throws: Reason.self) { try RecipeSampler(seed: 1, hiddenCounts: 1...4, intermediateCounts: 2...3) }
    #expect(throws: Reason.self) { try RecipeSampler(seed: 1, hiddenCounts: 1...2, intermediateCounts: 1...3) }
    #expect(throws: Reason.self) { try RecipeSampler(seed: 1, hiddenCounts: 1...2, intermediateCounts: 2...21) }
  }
}
