import Outcomes
import Testing

@testable import Statistics

@Suite struct IntraclassTests {
  /// Six subjects rated by four judges: table 2 of Shrout & Fleiss (1979).
  private let published: [[Double?]] = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
  ]

  @Test func incompleteBetaAgreesWithSciPy() throws {
    for row in try SciPyFixture.load().beta {
      let value = IncompleteBeta.regularized(row[0], a: row[1], b: row[2])
      #expect(abs(value - row[3]) <= 1e-11 * row[3] + 1e-300, "\(row): \(value)")
    }
    #expect(IncompleteBeta.regularized(-1, a: 1, b: 1) == 0 && IncompleteBeta.regularized(2, a: 1, b: 1) == 1)
    for (a, b) in [(0, 1), (1, -1), (.nan, 1), (1, Double.infinity)] {
      #expect(IncompleteBeta.regularized(0.5, a: a, b: b).isNaN)
    }
  }

  /// I_x(1, b) = 1 − (1−x)ᵇ and I_x(a, b) + I_{1−x}(b, a) = 1.
  @Test(arguments: [0.001, 0.2, 0.5, 0.77, 0.99])
  func incompleteBetaHasItsClosedForms(_ x: Double) {
    for b in 1...6 {
      let power = (0..<b).reduce(1.0) { product, _ in product * (1 - x) }
      #expect(abs(IncompleteBeta.regularized(x, a: 1, b: Double(b)) - (1 - power)) < 1e-14)
      let both =
        IncompleteBeta.regularized(x, a: 3.5, b: Double(b)) + IncompleteBeta.regularized(1 - x, a: Double(b), b: 3.5)
      #expect(abs(both - 1) < 1e-14)
    }
  }

  @Test func quantilesOfFAgreeWithSciPy() throws {
    for row in try SciPyFixture.load().f {
      let value = FDistribution.quantile(row[0], row[1], row[2])
      #expect(abs(value - row[3]) <= 1e-10 * row[3], "\(row): \(value)")
      #expect(abs(FDistribution.cumulative(value, row[1], row[2]) - row[0]) < 1e-12)
    }
    #expect(FDistribution.quantile(0, 2, 3) == 0 && FDistribution.quantile(1, 2, 3) == .infinity)
    #expect(FDistribution.quantile(0.5, 0, 3).isNaN && FDistribution.cumulative(1, -1, 3).isNaN)
    #expect(FDistribution.cumulative(.infinity, 2, 3) == 1 && FDistribution.cumulative(-1, 2, 3) == 0)
  }

  @Test(arguments: zip(IntraclassCorrelation.Form.allCases, [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]))
  func publishedExampleIsMet(_ form: IntraclassCorrelation.Form, _ printed: Double) throws {
    #expect(abs(try IntraclassCorrelation(published, form: form).value - printed) <= 0.005)
  }

  @Test(arguments: IntraclassCorrelation.Form.allCases)
  func valuesAndIntervalsAgreeWithTheFixture(_ form: IntraclassCorrelation.Form) throws {
    for fixture in try SciPyFixture.load().intraclass {
      let expected = try #require(fixture.forms[form.rawValue])
      let made = try IntraclassCorrelation(fixture.ratings, form: form, level: fixture.level)
      let interval = try made.interval.get()
      for (value, other) in zip([made.value, interval.lower, interval.upper], expected) {
        #expect(abs(value - other) <= 1e-9 * max(1, abs(other)))
      }
      #expect(made.subjects == fixture.ratings.count && made.raters == fixture.ratings[0].count)
    }
  }

  @Test(arguments: IntraclassCorrelation.Form.allCases)
  func scaleAndOffsetDoNotMatter(_ form: IntraclassCorrelation.Form) throws {
    let value = try IntraclassCorrelation(published, form: form).value
    for (scale, offset) in [(1e-300, 0.0), (1e300, 0.0), (-2.0, 1e6)] {
      let moved = published.map { $0.map { $0.map { $0 * scale + offset } } }
      #expect(abs(try IntraclassCorrelation(moved, form: form).value - value) < 1e-9)
    }
  }

  @Test func ratersThatAgreeHaveOneAndNoInterval() throws {
    for form in IntraclassCorrelation.Form.allCases {
      let made = try IntraclassCorrelation([[0.1, 0.1, 0.1], [0.7, 0.7, 0.7]], form: form)
      #expect(made.value == 1)
      #expect(throws: Reason.self) { try made.interval.get() }
    }
  }

  @Test func whatHasNoValueSaysWhy() {
    let cases: [([[Double?]], String)] = [
      ([], "fewer than two subjects"), ([[1, 2]], "fewer than two subjects"), ([[1], [2]], "fewer than two raters"),
      ([[1, 2], [3]], "the subjects differ in their number of raters"), ([[1, nil], [3, 4]], "a rating is missing"),
      ([[1, .nan], [3, 4]], "a value is not finite"), ([[5, 5], [5, 5]], "every value is the same"),
    ]
    for (ratings, reason) in cases {
      #expect(throws: Reason(reason)) { try IntraclassCorrelation(ratings, form: .twoWayRandom) }
    }
    #expect(throws: Reason("the subjects do not differ from one another")) {
      try IntraclassCorrelation([[1, 2], [1, 2]], form: .oneWayMean)
    }
  }

  @Test func midRanksShareTies() {
    #expect(MidRanks.ranks([3, 1, 3, 2, 3, -0.0, 0]) == [6, 3, 6, 4, 6, 1.5, 1.5])
    #expect(MidRanks.ranks([]).isEmpty)
  }

  @Test func comparisonsAreTheirDefinition() throws {
    let comparison = try ColumnComparison(
      computed: [1.0005, -2, 3.3, nil, 0, 7, 1], published: [1, -2, 3, 4, 0, nil, 0])
    #expect(comparison.count == 5 && comparison.withoutError == 1)
    #expect(abs(comparison.medianRelativeError - 0.00025) < 1e-12)
    #expect(abs(comparison.maximumRelativeError - 0.1) < 1e-12)
    #expect(comparison.shareWithinTolerance == 0.6)
    let reversed = try ColumnComparison(computed: [3, 2, 1], published: [1, 2, 3])
    #expect(try reversed.kendallTauB.get() == -1 && reversed.spearman.get() == -1)
    #expect(throws: Reason("no row has both values")) {
      try ColumnComparison(computed: [1, nil], published: [nil, 1])
    }
    #expect(throws: Reason("every published value is 0")) { try ColumnComparison(computed: [1], published: [0]) }
    let constant = try ColumnComparison(computed: [2, 2], published: [2, 2])
    #expect(constant.maximumRelativeError == 0)
    #expect(throws: Reason.self) { try constant.kendallTauB.get() }
  }
}
