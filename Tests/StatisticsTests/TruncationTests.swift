import ElementaryFunctions
import Outcomes
import Testing

@testable import Statistics

@Suite struct TruncationTests {
  /// The double integral by SciPy 1.17.1 (`dblquad`).
  @Test(arguments: [
    (0.37, 0.5, 0.2323633679189429), (0.37, 0.25, 0.1884830003481438), (0.37, 0.1, 0.1567763201704342),
    (0.9, 0.25, 0.7645124208314624), (0.05, 0.01, 0.0143378437618800),
  ])
  func rangeRestrictionIsItsIntegral(_ tau: Double, _ share: Double, _ expected: Double) {
    #expect(abs(RangeRestriction.kendall(tau, share: share) - expected) < 1e-9)
    #expect(RangeRestriction.kendall(-tau, share: share) == -RangeRestriction.kendall(tau, share: share))
  }

  /// A simulation of the copula by somebody else, at τ −.37 rounded from −.3715.
  @Test(arguments: [(0.5, -0.234), (0.25, -0.191), (0.1, -0.157)])
  func rangeRestrictionIsThatOfSimulatedCopulas(_ share: Double, _ expected: Double) {
    #expect(abs(RangeRestriction.kendall(-0.3715, share: share) - expected) < 0.002)
  }

  @Test(arguments: [0.001, 0.1, 0.37, 0.7, 0.95, 0.999])
  func rangeRestrictionHasItsLimits(_ tau: Double) {
    #expect(RangeRestriction.kendall(tau, share: 1) == tau)
    #expect(abs(RangeRestriction.kendall(tau, share: 0.999_999_9) - tau) < 1e-5)
    var last = tau
    for share in [0.9, 0.5, 0.1, 0.01, 0.001] {
      let value = RangeRestriction.kendall(tau, share: share)
      #expect(value > 0 && value < last)
      #expect(RangeRestriction.kendall(-tau, share: share) == -value)
      last = value
    }
    #expect(RangeRestriction.kendall(0, share: 0.1) == 0)
    #expect(RangeRestriction.kendall(1, share: 0.1) == 1 && RangeRestriction.kendall(-1, share: 0.1) == -1)
    #expect(RangeRestriction.kendall(tau, share: 0) == 0)
  }

  /// The mean of the expected signs over all pairs of normal scores above the cut, 1,200 equally likely ones.
  @Test func rangeRestrictionEqualsAFineSum() {
    let (tau, share) = (0.37, 0.5)
    let correlation = Elementary.sinPi(tau / 2)
    let steepness = correlation / (2 * (1 - correlation * correlation).squareRoot())
    let count = 1200
    let scores = (0..<count).map { Normal.quantile(1 - share * (Double($0) + 0.5) / Double(count)) }
    var sum = 0.0
    for (place, score) in scores.enumerated() {
      for other in scores[..<place] { sum += 2 * Elementary.erf(steepness * abs(score - other)) }
    }
    let expected = sum / Double(count * count)
    #expect(abs(RangeRestriction.kendall(tau, share: share) - expected) < 1e-4)
  }

  /// Evaluating under weights is evaluating the rows repeated as often, cut by themselves.
  @Test(arguments: [Truncation.Order.byFirst, .bySecond], [true, false])
  func weightsAreRepetitions(_ order: Truncation.Order, _ higherIsBetter: Bool) throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let count = 30 + Int(seed)
      let x = (0..<count).map { _ in Double(Int.random(in: 0..<(seed % 2 == 0 ? 6 : 60), using: &generator)) }
      let y = (0..<count).map { _ in Double(Int.random(in: 0..<(seed % 3 == 0 ? 5 : 90), using: &generator)) }
      let clusters = seed % 4 == 0 ? nil : (0..<count).map { _ in Int.random(in: 0..<12, using: &generator) }
      let sample = try PairedSample(
        x: x, y: y, clusters: clusters, first: SampleColumn("the metric", higherIsBetter: higherIsBetter),
        second: SampleColumn("the target", higherIsBetter: higherIsBetter))
      let shares = [0.1, 0.25, 0.5, 0.9, 1]
      var evaluator = TruncatedEvaluator(sample, RankedPairs(x: x, y: y), order: order, shares: shares)
      for _ in 0..<3 {
        var weights = [Int32](repeating: 0, count: sample.unitCount)
        Bootstrap.draw(&weights, from: &generator)
        let repeated = (0..<count).flatMap { row in
          Array(repeating: row, count: Int(weights[sample.clusters?[row] ?? row]))
        }
        let counts = evaluator.counts(unitWeights: weights)
        #expect(counts.count == shares.count)
        for (share, found) in zip(shares, counts) {
          let keys = repeated.map { order == .byFirst ? x[$0] : y[$0] }
          let kept = Truncation.rows(keys, share: share, higherIsBetter: higherIsBetter).map { repeated[$0] }
          let expected = RankedPairs(x: kept.map { x[$0] }, y: kept.map { y[$0] }).pairCounts()
          #expect(
            found.total == expected.total && found.concordance == expected.concordance
              && found.xTies == expected.xTies && found.yTies == expected.yTies, "seed \(seed), share \(share)")
        }
      }
    }
  }

  /// At a share of all the interval is that of the coefficient itself but for the acceleration.
  @Test func allRowsHaveTheIntervalOfTheWhole() throws {
    var generator = SeededGenerator(seed: 3)
    let x = (0..<80).map { _ in Double.random(in: 0..<1, using: &generator) }
    let y = x.map { $0 + Double.random(in: 0..<1, using: &generator) }
    let sample = try PairedSample(x: x, y: y, clusters: (0..<80).map { $0 / 2 })
    let settings = BootstrapSettings(resamples: 199, seed: 5)
    let whole = Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: settings)
    for order in [Truncation.Order.byFirst, .bySecond] {
      let cut = Truncation.intervals(
        of: [.spearman, .kendallTauB], sample: sample, shares: [1], order, settings: settings)
      #expect(cut[0][0] == nil)
      // 40 units are fewer than the groups: each is left out by itself.
      let (found, expected) = try (#require(cut[0][1]?.value), #require(whole[0].value))
      #expect(abs(found.lower - expected.lower) < 1e-12 && abs(found.upper - expected.upper) < 1e-12)
    }
  }

  /// Shares come back in the order they were asked for, and the best tenth of few rows has a reason.
  @Test func sharesKeepTheirOrder() throws {
    let sample = try PairedSample(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 1, 4, 3, 6, 5, 8, 7])
    let settings = BootstrapSettings(method: .percentile, resamples: 99, seed: 1)
    let made = Truncation.intervals(
      of: [.kendallTauB], sample: sample, shares: [0.1, 1, 0.5], .bySecond, settings: settings)
    #expect(made.count == 3 && made[0][0]?.value == nil && made[1][0]?.value != nil)
    #expect(made[0][0]?.reason == Reason("the value is undefined"))
  }

  /// The parts add up, and are what pairs by themselves give.
  @Test func halvesAddUp() throws {
    var generator = SeededGenerator(seed: 11)
    let x = (0..<61).map { _ in Double(Int.random(in: 0..<20, using: &generator)) }
    let y = (0..<61).map { _ in Double(Int.random(in: 0..<30, using: &generator)) }
    let sample = try PairedSample(x: x, y: y, second: SampleColumn("the target", higherIsBetter: false))
    let halves = try ConcordanceByHalves(sample)
    let best = Set(Truncation.rows(y, share: 0.5, higherIsBetter: false))
    var sums = [0, 0, 0]
    var pairs = [0, 0, 0]
    for one in 0..<61 {
      for other in 0..<one {
        let kind = best.contains(one) == best.contains(other) ? (best.contains(one) ? 0 : 1) : 2
        pairs[kind] += 1
        sums[kind] += signum(x[one] - x[other]) * signum(y[one] - y[other])
      }
    }
    let parts = [halves.best, halves.worst, halves.between]
    #expect(parts.map(\.concordance) == sums && parts.map(\.pairs) == pairs)
    #expect(abs(parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    #expect(abs(parts.reduce(0) { $0 + $1.reference } - 1) < 1e-12)
    #expect(throws: Reason.self) { try ConcordanceByHalves(PairedSample(x: [1, 2], y: [1, 1])) }
  }

  /// The area under the curve is Mann and Whitney's, also with ties and clusters.
  @Test func superiorityIsMannWhitneys() throws {
    var generator = SeededGenerator(seed: 2)
    let values = (0..<50).map { _ in Double(Int.random(in: 0..<9, using: &generator)) }
    let kinds = (0..<50).map { _ in Bool.random(using: &generator) }
    let settings = BootstrapSettings(resamples: 299, seed: 1)
    let made = try Superiority.estimate(
      values, isFirst: kinds, clusters: (0..<50).map { $0 / 2 }, settings: settings)
    let expected = try MannWhitney(
      values.indices.filter { kinds[$0] }.map { values[$0] }, values.indices.filter { !kinds[$0] }.map { values[$0] })
    #expect(abs(made.value - expected.effectSize) < 1e-12)
    let ends = try #require(made.interval?.value)
    #expect(ends.lower < made.value && made.value < ends.upper && ends.lower >= 0 && ends.upper <= 1)
    #expect(try Superiority.estimate([1, 2], isFirst: [false, true], settings: nil).value == 1)
    #expect(throws: Reason.self) { try Superiority.estimate([1, 2], isFirst: [true, true], settings: nil) }
  }

  @Test func theBestShareHasOneRule() {
    #expect(TopSize.count(ofShare: 0.1, of: 8794) == 880 && TopSize.count(0.1, of: 8794) == 880)
    #expect(TopSize.count(0.07, of: 100) == 7 && TopSize.count(0.1, of: 500) == 50 && TopSize.count(0.5, of: 7) == 4)
    #expect(TopSize.count(ofShare: 1, of: 7) == 7 && TopSize.count(ofShare: 0.001, of: 7) == 1)
    #expect(Truncation.rows((0..<8794).map(Double.init), share: 0.1, higherIsBetter: true).count == 880)
  }
}

/// −1, 0 or 1.
private func signum(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
