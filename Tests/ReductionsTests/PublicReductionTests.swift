import Expressions
import Outcomes
import Statistics
import Tables
import TestSupport
import Testing

@testable import Reductions

/// Facts of the 500 released architectures; skipped without TRAINFREE_DATA.
@Suite(.needsPublicData("serianni2023")) struct PublicReductionTests {
  private func table() throws -> Table {
    try PublicData.load("serianni2023/bert-benchmark", skipsMalformed: false).table
  }

  private func evaluate(_ rule: String, _ table: Table) throws -> ReductionEvaluation {
    let target = try ReductionTarget(try #require(table["glue"]).numbers, higherIsBetter: true)
    let settings = ReductionSettings()
    let values = try #require(ExpressionParser.parse(rule).expression).values(in: table)
    return try ReductionEvaluation(
      Membership(rule: values), target: target, tops: settings.topSets(target), settings: settings)
  }

  @Test func depthAndHiddenSize() throws {
    let table = try table()
    let deep = try evaluate("depth == 4", table)
    #expect(deep.measures.size == 261 && abs(deep.measures.mean - 71.71) < 0.005)
    #expect(try deep.measures.recalls[2].get() == 1)
    let wide = try evaluate("depth == 4 and hidden_size == 256", table)
    #expect(wide.measures.size == 133 && abs(wide.measures.mean - 73.11) < 0.005 && wide.measures.regret == 0)
    #expect(try wide.measures.recalls.prefix(4).map { try $0.get() } == [1, 1, 1, 1])
    let interval = try wide.location.mean.interval.get()
    // Mean ± 1.96·SE is [72.978, 73.240].
    #expect(abs(interval.lower - 72.978) < 0.004 && abs(interval.upper - 73.240) < 0.004)
    #expect(try abs(1 / wide.random.recalls[0].get().expected - 3.76) < 0.005)
  }

  /// The exact chance that 261 of 500 architectures hold all of the best hundred by luck, far below 1e-16.
  @Test func smallChancesKeepTheirDigits() throws {
    let table = try table()
    let target = try ReductionTarget(try #require(table["glue"]).numbers, higherIsBetter: true)
    let chance = try RandomRecall(TopSet(target, size: 100), count: 500, size: 261).atLeast(1)
    #expect(abs(chance.value - 6.911702170012113e-34) < 1e-44)
  }

  /// Depth ties half of the pairs: τ-b is .682, and .482 when ties are broken at random.
  @Test func depthIsNotBetterThanItsTiesAllow() throws {
    let table = try table()
    func column(_ name: String) throws -> [Double] { try #require(table[name]).numbers.compactMap(\.self) }
    let sample = try PairedSample(x: column("depth"), y: column("glue"))
    func rounded(_ coefficient: Coefficient) throws -> Double { try (coefficient.value(sample) * 1000).rounded() }
    #expect(try rounded(.kendallTauB) == 682 && rounded(.kendallTauA) == 482 && rounded(.somersD) == 482)
    #expect(abs(TiedPairs(sample).first - 0.49997) < 1e-5)
    var generator = SeededGenerator(seed: 1)
    let draws = try (0..<200).map { _ in
      let order = (0..<sample.count).shuffled(using: &generator).map { 1e-6 * Double($0) }
      return try Coefficient.kendallTauB.value(
        PairedSample(x: zip(sample.x, order).map { $0 + $1 }, y: sample.y))
    }
    #expect(abs(draws.reduce(0, +) / 200 - 0.482) < 0.004)
  }

  @Test func largestByParameters() throws {
    let table = try table()
    let target = try ReductionTarget(try #require(table["glue"]).numbers, higherIsBetter: true)
    let tops = try [10.0, 50].map { Result<TopSet, Reason>.success(try TopSet(target, size: $0)) }
    for (column, expected) in [("parameters-published", [0.60, 0.58]), ("parameters-as-trained", [0.90, 0.88])] {
      let members = try Membership(top: 133, of: try #require(table[column]).numbers)
      let recalls = try SubsetMeasures(members, target: target, tops: tops).recalls.map { try $0.get() }
      #expect(zip(recalls, expected).allSatisfy { abs($0 - $1) < 0.005 }, "\(recalls)")
    }
  }

  /// Counts over layers are the columns that the importer counts by itself.
  @Test func layerCountsAreTheImportersOwn() throws {
    let table = try table()
    for (text, column) in [
      ("count(layer.operation == \"SA\")", "sa-count"), ("count(layer.operation-parameter == \"9\")", "dsc9-count"),
      ("mean(layer.heads)", "mean-heads"), ("max(layer.feed-forward-dimension)", "max-feed-forward-dimension"),
      ("sum(layer.feed-forward-layers)", "feed-forward-layers"), ("count(layer.heads > 0)", "depth"),
    ] {
      let values = try #require(ExpressionParser.parse(text).expression).values(in: table).map(\.number)
      #expect(values == table[column]?.numbers, "\(text)")
    }
  }
}
