import Statistics
import Testing

@testable import Claims

@Suite struct InferenceTests {
  /// Region, ends of the interval, verdict.
  static let cases: [(ClaimedRegion, Double, Double, String)] = [
    (.above(0), 0.01, 0.2, "supported"), (.above(0), 0, 0.2, "inconclusive"), (.above(0), -0.2, 0, "refuted"),
    (.above(0), -0.1, 0.1, "inconclusive"), (.below(-0.3), -0.4, -0.31, "supported"),
    (.below(-0.3), -0.4, -0.3, "inconclusive"), (.below(-0.3), -0.3, -0.1, "refuted"),
    (.atLeast(0.9), 0.9, 1, "supported"), (.atLeast(0.9), 0.8, 0.9, "inconclusive"),
    (.atLeast(0.9), 0.8, 0.89, "refuted"), (.atMost(0.1), 0, 0.1, "supported"), (.atMost(0.1), 0.11, 0.2, "refuted"),
    (.between(lower: 0.3, upper: 0.4), 0.3, 0.4, "supported"),
    (.between(lower: 0.3, upper: 0.4), 0.29, 0.35, "inconclusive"),
    (.between(lower: 0.3, upper: 0.4), 0.41, 0.5, "refuted"),
    (.equivalent(to: 0, margin: 0.05), -0.04, 0.04, "supported"),
    (.equivalent(to: 0, margin: 0.05), -0.05, 0.04, "inconclusive"),
    (.equivalent(to: 0, margin: 0.05), 0.05, 0.2, "refuted"),
    (.equivalent(to: 0.5, margin: 0.1), 0.45, 0.59, "supported"), (.differs(from: 0), 0.1, 0.2, "supported"),
    (.differs(from: 0), -0.1, 0.2, "inconclusive"), (.differs(from: 0), 0, 0.2, "inconclusive"),
    (.differs(from: 0), 0, 0, "refuted"),
  ]

  @Test(arguments: cases) func intervalsAreHeldAgainstRegions(
    _ region: ClaimedRegion, _ lower: Double, _ upper: Double, _ verdict: String
  ) {
    let value = RecomputedValue(.number((lower + upper) / 2), interval: lower...upper)
    let judged = Inference.judge(value, in: region)
    #expect(judged.verdict.words == verdict && judged.basis == .interval)
  }

  /// A wider interval never decides what a narrower one left open, nor turns a decision round.
  @Test func widerIntervalsDecideLess() {
    var generator = SeededGenerator(seed: 5)
    func number() -> Double { Double(Int.random(in: -6...6, using: &generator)) / 2 }
    func pair() -> ClosedRange<Double> {
      let (one, other) = (number(), number())
      return min(one, other)...max(one, other)
    }
    for _ in 0..<20_000 {
      let ends = pair()
      let regions: [ClaimedRegion] = [
        .above(number()), .below(number()), .atLeast(number()), .atMost(number()),
        .between(lower: ends.lowerBound, upper: ends.upperBound), .equivalent(to: number(), margin: 1),
        .differs(from: number()),
      ]
      let (inner, other) = (pair(), pair())
      let outer = min(inner.lowerBound, other.lowerBound)...max(inner.upperBound, other.upperBound)
      for region in regions {
        #expect(!(region.contains(inner) && region.isDisjoint(from: inner)), "\(region) \(inner)")
        if region.contains(outer) { #expect(region.contains(inner), "\(region) \(inner) \(outer)") }
        if region.isDisjoint(from: outer) { #expect(region.isDisjoint(from: inner), "\(region) \(inner) \(outer)") }
        #expect(region.contains(inner.lowerBound) == region.contains(inner.lowerBound...inner.lowerBound))
      }
    }
  }

  /// What chance alone gives often decides nothing, whatever the interval and the basis.
  @Test func valuesThatChanceGivesAreUndecided() {
    for basis in [nil, Inference.Basis.interval, .value] {
      for region in [ClaimedRegion.above(0.5), .below(0.5), .atLeast(0)] {
        let told = RecomputedValue(.number(0.19), interval: 0.1...0.3, chance: 0.05)
        let undecided = RecomputedValue(.number(0.19), interval: 0.1...0.3, chance: 0.0501)
        #expect(Inference.judge(told, in: region, on: basis).verdict.words != "inconclusive")
        let (verdict, on) = Inference.judge(undecided, in: region, on: basis)
        #expect(
          verdict == .inconclusive("chance alone gives a value as far out with probability .050")
            && on == basis ?? .interval)
      }
    }
    let sure = Inference.judge(RecomputedValue(.number(0), chance: 1), in: .above(0)).verdict
    #expect(sure.reason?.hasSuffix("probability 1") == true)
    #expect(
      Inference.judge(RecomputedValue(.number(0), chance: 0.534), in: .above(0)).verdict.reason?.hasSuffix(".53")
        == true)
  }

  @Test func valuesAreJudgedWhereThereIsNoInterval() {
    let plain = RecomputedValue(.number(93))
    #expect(Inference.judge(plain, in: .equivalent(to: 93, margin: 0.5)) == (.supported, .value))
    #expect(Inference.judge(plain, in: .above(100)) == (.refuted, .value))
    #expect(Inference.judge(plain, in: .above(100), on: .interval).verdict.words == "not checkable")
    let open = RecomputedValue(.number(0.1), interval: -0.1...0.3)
    #expect(Inference.judge(open, in: .above(0), on: .value) == (.supported, .value))
    let degenerate = RecomputedValue(.number(1), intervalUndefined: "every resample gives the same value")
    let judged = Inference.judge(degenerate, in: .above(0))
    #expect(judged.verdict.words == "inconclusive" && judged.verdict.reason?.contains("every resample") == true)
    #expect(Inference.judge(degenerate, in: .above(0), on: .value) == (.supported, .value))
  }

  @Test func textsAndReasons() {
    let text = RecomputedValue(.text("constant"))
    #expect(Inference.judge(text, in: .text("constant")).verdict == .supported)
    #expect(Inference.judge(text, in: .text("Constant")).verdict == .refuted)
    #expect(Inference.judge(text, in: .above(0)).verdict.words == "not checkable")
    #expect(Inference.judge(RecomputedValue(.number(1)), in: .text("1")).verdict.words == "not checkable")
    let undefined = RecomputedValue(.undefined("every value of the metric is the same"), interval: 1...2)
    #expect(Inference.judge(undefined, in: .above(0)).verdict == .notCheckable("every value of the metric is the same"))
  }
}
