import Outcomes
import Testing

@testable import Statistics

/// τ-a and Somers' d: ties count as coin flips.
@Suite struct TieNeutralTests {
  /// The mean τ over all orders of some values in which ties are broken, each with the same chance.
  private func meanOverBrokenTies(_ x: [Double], _ y: [Double]) throws -> Double {
    let (lefts, rights) = (Self.broken(x), Self.broken(y))
    let values = try lefts.flatMap { left in
      try rights.map { right in try Coefficient.kendallTauB.value(PairedSample(x: left, y: right)) }
    }
    return values.reduce(0, +) / Double(values.count)
  }

  /// Every column without ties that keeps the order of the different values.
  private static func broken(_ values: [Double]) -> [[Double]] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var all: [[Int]] = [[]]
    for row in order {
      // The row goes to each place among those with its value, which are the last ones.
      var longer: [[Int]] = []
      for places in all {
        let tied = places.reversed().prefix { values[$0] == values[row] }.count
        for place in places.count - tied...places.count {
          var next = places
          next.insert(row, at: place)
          longer.append(next)
        }
      }
      all = longer
    }
    return all.map { places in
      var ranks = [Double](repeating: 0, count: values.count)
      for (rank, row) in places.enumerated() { ranks[row] = Double(rank) }
      return ranks
    }
  }

  @Test func tauAIsTheMeanOverBrokenTies() throws {
    var generator = SeededGenerator(seed: 41)
    for count in [2, 3, 5, 6] {
      for _ in 0..<12 {
        func column() -> [Double] { (0..<count).map { _ in Double(generator.next(below: 3)) } }
        let (x, y) = (column(), column())
        let value = try Coefficient.kendallTauA.value(PairedSample(x: x, y: y))
        #expect(try abs(meanOverBrokenTies(x, y) - value) < 1e-12, "\(x) \(y)")
      }
    }
  }

  /// Among pairs that differ in the target, of which the metric's ties are broken.
  @Test func somersDIsTauWithoutTiesOfTheTarget() throws {
    for seed in 0..<10 as Range<UInt64> {
      let sample = try tiedSample(80, seed: seed)
      let counts = RankedPairs(x: sample.x, y: sample.y).pairCounts()
      let value = try Coefficient.somersD.value(sample)
      #expect(abs(value * Double(counts.pairs - counts.yTies) - Double(counts.concordance)) < 1e-9)
      let untied = try PairedSample(x: sample.x, y: (0..<80).map { sample.y[$0] + 1e-6 * Double($0) })
      #expect(try Coefficient.somersD.value(untied) == Coefficient.kendallTauA.value(untied))
    }
  }

  /// A two-valued metric loses by τ-b's division by untied pairs alone.
  @Test func valuesOfAFewValuedMetricAreNotLifted() throws {
    let y = (0..<40).map(Double.init)
    let sample = try PairedSample(x: y.map { $0 < 20 ? 0 : 1 }, y: y)
    let share = 400.0 / 780
    #expect(try abs(Coefficient.kendallTauA.value(sample) - share) < 1e-15)
    #expect(try abs(Coefficient.somersD.value(sample) - share) < 1e-15)
    #expect(try abs(Coefficient.kendallTauB.value(sample) - share.squareRoot()) < 1e-15)
    let ties = TiedPairs(sample)
    #expect(abs(ties.first - 380.0 / 780) < 1e-15 && ties.second == 0)
  }

  @Test func constantColumnsAreCoinFlips() throws {
    let flat = try PairedSample(x: [1, 1, 1], y: [1, 2, 3])
    let still = try PairedSample(x: [1, 2, 3], y: [1, 1, 1])
    #expect(try Coefficient.kendallTauA.value(flat) == 0 && Coefficient.kendallTauA.value(still) == 0)
    #expect(try Coefficient.somersD.value(flat) == 0)
    #expect(throws: Reason("every value of the target is the same")) { try Coefficient.somersD.value(still) }
    #expect(TiedPairs(flat) == TiedPairs(flat) && TiedPairs(flat).first == 1 && TiedPairs(flat).second == 0)
  }

  /// Pairs, not coefficients, are added up over strata; a stratum of a constant metric adds coin flips.
  @Test func strataAddTheirPairs() throws {
    let pairs = try PairedSample(x: [1, 2, 3, 5, 5, 5, 7], y: [1, 3, 2, 1, 2, 2, 4])
    let sample = try StratifiedSample(pairs, strata: [0, 0, 0, 1, 1, 1, 2])
    let made = WithinStratum.associations([.kendallTauA, .somersD], sample: sample, settings: nil)
    // First stratum: 3 pairs, 2 concordant, 1 discordant; second: 3 pairs tied in the metric, 1 in the target too.
    #expect(try abs(made[0].pooled.get() - 1.0 / 6) < 1e-15)
    #expect(try abs(made[1].pooled.get() - 1.0 / 5) < 1e-15)
    #expect(made[0].strata[1].value == 0 && made[1].strata[1].value == 0)
    #expect(made[1].strata[2].reason?.text == "fewer than two rows")
  }
}
