import Outcomes
import Testing

@testable import Statistics

@Suite struct VarianceExplainedTests {
  private func tested(
    _ columns: [[Double]], _ target: [Double], _ strata: [Int], permutations: Int = 99, seed: UInt64 = 1
  ) throws -> VarianceExplained {
    try VarianceExplained.tests(
      of: [columns], target: target, strata: Strata(strata),
      settings: .init(permutations: permutations, seed: seed))[0].get()
  }

  /// Rank-deficient designs, a column that the strata determine, large offsets.
  @Test func sharesAreThoseOfLeastSquares() throws {
    for design in try EffectFixture.load().designs {
      let given = try tested(design.columns, design.target, design.strata)
      #expect(abs(given.share - design.share) < 1e-9, "\(design.name)")
      #expect(given.rank == design.rank, "\(design.name)")
      let alone = try tested(design.columns, design.target, design.strata.map { _ in 7 })
      #expect(abs(alone.share - design.alone) < 1e-9, "\(design.name)")
      #expect(alone.rank == design.aloneRank, "\(design.name)")
    }
  }

  /// Within four standard errors of the p-value over all orders; ties count as at least as large.
  @Test func pValuesAreThoseOfAllOrders() throws {
    for sample in try EffectFixture.load().enumerated {
      let made = try tested([sample.feature], sample.target, sample.strata, permutations: 20_000)
      #expect(abs(made.share - sample.share) < 1e-12)
      #expect(abs(made.pValue.value - sample.p) < 4 * (sample.p * (1 - sample.p) / 20_000).squareRoot())
    }
  }

  /// One column and one stratum: R² is r², and its mean over all orders is 1/(n − 1).
  @Test func oneColumnIsPearsonSquared() throws {
    var generator = SeededGenerator(seed: 3)
    let x = (0..<30).map { _ in Double(generator.next(below: 1000)) }
    let y = x.map { 0.01 * $0 + Double(generator.next(below: 9)) }
    let made = try tested([x], y, x.map { _ in 0 }, permutations: 20_000)
    let r = try Coefficient.pearson.value(PairedSample(x: x, y: y))
    #expect(abs(made.share - r * r) < 1e-12)
    #expect(abs(made.chanceMean - 1.0 / 29) < 0.001)
    #expect(made.chanceUpper > made.chanceMean && made.chanceUpper < 0.3)
  }

  @Test func theSmallestPossiblePValueIsReached() throws {
    let x = (0..<40).map { Double($0) }
    let made = try tested([x], x, x.map { _ in 0 }, permutations: 199)
    #expect(made.share == 1 && made.pValue == PValue(1.0 / 200, isFloor: true))
  }

  /// Neither the order of strata's numbers nor that of columns nor the unit of the target matters; the seed does.
  @Test func onlyWhatMattersMatters() throws {
    let design = try #require(try EffectFixture.load().designs.first)
    let made = try tested(design.columns, design.target, design.strata)
    let renamed = try tested(
      design.columns.reversed(), design.target.map { $0 * 1e-150 }, design.strata.map { 90 - 7 * $0 })
    #expect(abs(made.share - renamed.share) < 1e-12 && made.pValue == renamed.pValue && made.rank == renamed.rank)
    let again = try tested(design.columns, design.target, design.strata)
    #expect(made == again)
    let other = try tested(design.columns, design.target, design.strata, seed: 2)
    #expect(made.chanceMean != other.chanceMean)
  }

  @Test func severalSetsAreTestedAsEachByItself() throws {
    let design = try #require(try EffectFixture.load().designs.first)
    let sets = design.columns.map { [$0] } + [design.columns]
    let together = VarianceExplained.tests(
      of: sets, target: design.target, strata: Strata(design.strata), settings: .init(permutations: 49))
    for (set, made) in zip(sets, together) {
      let alone = VarianceExplained.tests(
        of: [set], target: design.target, strata: Strata(design.strata), settings: .init(permutations: 49))[0]
      #expect(made == alone)
    }
    // The strata's own number does not vary within them.
    #expect(together[6] == .failure(Reason("no feature varies within the strata")))
  }

  @Test(arguments: [
    ([[1.0, 2, 3]], [1.0, 1, 1], [0, 0, 0], "the target is constant"),
    ([[1, 2, 3]], [1, 1, 5], [0, 0, 1], "the target does not vary within the strata"),
    ([[4, 4, 4]], [1, 2, 3], [0, 0, 0], "no feature varies within the strata"),
    ([[1, 2]], [1, 2, 3], [0, 0, 0], "the columns differ in length"),
    ([[1, .infinity, 2]], [1, 2, 3], [0, 0, 0], "a value is not finite"),
    ([[1, 2, 3]], [1, .nan, 3], [0, 0, 0], "a value is not finite"),
    ([], [1, 2, 3], [0, 0, 0], "no feature varies within the strata"),
  ])
  func undefinedHasAReason(_ columns: [[Double]], _ target: [Double], _ strata: [Int], _ reason: String) {
    let made = VarianceExplained.tests(
      of: [columns], target: target, strata: Strata(strata), settings: .init(permutations: 9))
    #expect(made == [.failure(Reason(reason))])
  }

  /// Residuals are what is left by hand, their partial correlation is Kendall's form of three coefficients, and what the
  /// columns determine leaves none.
  @Test func residualsAreWhatIsLeft() throws {
    let strata = Strata([0, 0, 0, 0])
    let design = try CenteredDesign([[-3, -1, 1, 3]], strata: strata)
    // The line through 1, 0, 0, 3 is 1 + 0.3 x.
    let rest = try #require(design.residuals(of: [1, 0, 0, 3], strata: strata))
    let expected = [0.9, -0.7, -1.3, 1.1]
    for (one, other) in zip(rest, expected) { #expect(abs(one / rest[0] - other / expected[0]) < 1e-12) }
    #expect(design.residuals(of: [1, 2, 3, 4], strata: strata) == nil)
    #expect(design.residuals(of: [2, 2, 2, 2], strata: strata) == nil)
    let (x, y) = ([4.0, 1, 2, 7], [1.0, 5, 2, 2])
    let partial = try Partial.value(.pearson, x: x, y: y, given: [[-3, -1, 1, 3]])
    let sample = try PairedSample(
      x: #require(design.residuals(of: x, strata: strata)), y: #require(design.residuals(of: y, strata: strata)))
    #expect(abs(try Coefficient.pearson.value(sample) - partial) < 1e-12)
  }

  @Test(arguments: [0, -5, 100_001]) func permutationsAreBounded(_ count: Int) {
    let made = VarianceExplained.tests(
      of: [[[1, 2]]], target: [1, 2], strata: Strata([0, 0]), settings: .init(permutations: count))
    #expect(made == [.failure(Reason("the number of permutations is not in 1 … 100,000"))])
  }
}
