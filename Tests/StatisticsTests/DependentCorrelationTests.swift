import Outcomes
import Testing

@testable import Statistics

/// Published worked examples, as R's cocor is tested with.
@Suite struct DependentCorrelationTests {
  /// Steiger's case A (1980, p. 249; cocor gives the seventh digit) and an example of DEPCOR (Silver, Hittner & May 2006).
  @Test func steigerMeetsPublishedExamples() throws {
    let paper = try DependentCorrelations(first: 0.4, second: 0.5, between: 0.1, count: 103).steiger()
    #expect(abs(paper.statistic + 0.8887185) < 5e-8)
    let program = try DependentCorrelations(first: 0.3, second: 0.4, between: 0.5, count: 100).steiger()
    #expect(abs(program.statistic + 1.0718) < 5e-5 && abs(program.pValue - 0.2838) < 5e-5)
  }

  /// The example of Meng, Rosenthal & Rubin (1992), whose interval ends are printed as −.129 and 1.671.
  @Test func mengMeetsItsPaper() throws {
    let paper = try DependentCorrelations(first: 0.63, second: -0.03, between: -0.19, count: 15)
    let test = try paper.meng()
    #expect(abs(test.statistic - 1.68) < 0.005 && abs(test.pValueGreater - 0.047) < 5e-4)
    let interval = try paper.mengInterval()
    #expect(abs(interval.lower + 0.129) < 5e-4 && abs(interval.upper - 1.672) < 5e-4)
    let program = try DependentCorrelations(first: 0.3, second: 0.4, between: 0.5, count: 100).meng()
    #expect(abs(program.statistic + 1.0707) < 5e-5 && abs(program.pValue - 0.2843) < 5e-5)
  }

  /// Rows of May & Hittner (1997) for n = 50.
  @Test(arguments: [
    (0.5, 0.2, 0.0, 1.62), (0.5, 0.2, 0.3, 1.91), (0.5, 0.2, 0.8, 3.50), (0.7, 0.4, 0.1, 2.10), (0.7, 0.4, 0.6, 2.94),
  ])
  func mengMeetsATable(_ first: Double, _ second: Double, _ between: Double, _ printed: Double) throws {
    let test = try DependentCorrelations(first: first, second: second, between: between, count: 50).meng()
    #expect(abs(test.statistic - printed) < 0.005)
  }

  /// The example of Zou (2007, p. 409).
  @Test func zouMeetsItsPaper() throws {
    let interval = try DependentCorrelations(first: 0.396, second: 0.179, between: 0.088, count: 66).zou()
    #expect(abs(interval.lower + 0.093) < 5e-4 && abs(interval.upper - 0.517) < 5e-4)
  }

  /// The first two tests see which of the metrics comes first only by the sign; the interval is turned round.
  @Test func orderOfTheMetricsIsASign() throws {
    let one = try DependentCorrelations(first: 0.62, second: -0.2, between: 0.15, count: 40)
    let other = try DependentCorrelations(first: -0.2, second: 0.62, between: 0.15, count: 40)
    #expect(try abs(one.steiger().statistic + other.steiger().statistic) < 1e-13)
    #expect(try abs(one.meng().statistic + other.meng().statistic) < 1e-13)
    let (left, right) = (try one.zou(level: 0.9), try other.zou(level: 0.9))
    #expect(abs(left.lower + right.upper) < 1e-13 && abs(left.upper + right.lower) < 1e-13)
  }

  /// Metrics without any correlation with one another or with the target: the variance of a difference is twice 1/(n − 3).
  @Test func unrelatedMetricsHaveIndependentErrors() throws {
    let correlations = try DependentCorrelations(first: 0, second: 0, between: 0, count: 103)
    let interval = try correlations.mengInterval()
    #expect(abs(interval.upper - 1.959964 * (2.0 / 100).squareRoot()) < 1e-6)
    #expect(try correlations.steiger().pValue == 1 && correlations.meng().pValue == 1)
  }

  @Test func whatCannotBeComparedSaysWhy() throws {
    let copies = try DependentCorrelations(first: 0.4, second: 0.4, between: 1, count: 20)
    #expect(throws: Reason("the two metrics determine each other")) { try copies.steiger() }
    #expect(throws: Reason("the two metrics determine each other")) { try copies.meng() }
    let width = try copies.zou()
    #expect(abs(width.lower + width.upper) < 1e-12)
    let impossible = try DependentCorrelations(first: 0.9, second: -0.9, between: 0.9, count: 20)
    #expect(throws: Reason("the three correlations cannot occur together")) { try impossible.zou() }
    for (first, between, count) in [(1.0, 0.0, 10), (0.5, 1.5, 10), (0.5, 0.1, 3), (.nan, 0.1, 10), (0.5, .nan, 10)] {
      #expect(throws: Reason.self) {
        try DependentCorrelations(first: first, second: 0.1, between: between, count: count)
      }
    }
    #expect(throws: Reason.self) { try copies.zou(level: 1) }
    #expect(throws: Reason.self) { try impossible.mengInterval(level: .nan) }
  }
}
