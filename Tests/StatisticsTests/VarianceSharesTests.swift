import Outcomes
import Testing

@testable import Statistics

@Suite struct VarianceSharesTests {
  private let settings = BootstrapSettings(resamples: 500)

  /// Two strata of means 0 and 10; each of two networks trained twice, one unit from its mean.
  @Test func byHand() throws {
    let target = [-2.0, 0, 0, 2, 8, 10, 10, 12]
    let shares = try VarianceShares(
      target, strata: [0, 0, 0, 0, 1, 1, 1, 1], groups: [0, 0, 1, 1, 2, 2, 3, 3], settings: settings)
    // T = 8·25 + 16, W = 16; error: 4 groups of 2 with squares 2 each, so mean square 2 in each stratum, and 3·2 of 8.
    #expect(try abs(shares.explained.value.get() - 200 / 216) < 1e-12)
    #expect(try abs(shares.noise.value.get() - 16.0 / 216 * (3 * 2 / 8)) < 1e-12)
    #expect(try abs(shares.rest.value.get() - 16.0 / 216 * (1 - 3 * 2.0 / 8)) < 1e-12)
    #expect(try abs(shares.reliability.value.get() - 0.25) < 1e-12)
    #expect(try abs(shares.plainNoise.value.get() - 2 / (216.0 / 7)) < 1e-12)
    #expect(shares.unitCount == 4 && shares.groupCount == 4 && shares.replicatedCount == 4 && shares.strataCount == 2)
  }

  /// The shares are those of the one-way analyses that they are made of, and add up to 1.
  @Test func sameAsItsParts() throws {
    var generator = SeededGenerator(seed: 5)
    let rows = 200
    let groups = (0..<rows).map { _ in generator.next(below: 90) }
    let strata = groups.map { $0 % 4 }
    let target = groups.map { Double($0 % 4) * 3 + Double($0 % 7) + Double(generator.next(below: 1000)) / 300 }
    let shares = try VarianceShares(target, strata: strata, groups: groups, settings: settings)
    func values(of rows: [Int]) -> [[Double]] {
      Dictionary(grouping: rows) { groups[$0] }.sorted { $0.key < $1.key }.map { $0.value.map { target[$0] } }
    }
    let each = try (0..<4).map { stratum in
      try ReplicateReliability(values(of: target.indices.filter { strata[$0] == stratum }))
    }
    let (explained, noise, rest) = try (
      shares.explained.value.get(), shares.noise.value.get(), shares.rest.value.get()
    )
    #expect(abs(explained + noise + rest - 1) < 1e-12)
    let totals = each.map { Double($0.count - 1) * $0.standardDeviation * $0.standardDeviation }
    let pooled = zip(totals, each).reduce(0) { $0 + $1.0 * $1.1.reliability } / totals.reduce(0, +)
    #expect(try abs(shares.reliability.value.get() - pooled) < 1e-12)
    let whole = try ReplicateReliability(values(of: Array(target.indices)))
    #expect(try abs(shares.plainNoise.value.get() - (1 - whole.reliability)) < 1e-12)
    for share in [shares.explained, shares.noise, shares.rest] {
      let (value, interval) = try (share.value.get(), #require(share.interval).get())
      #expect(interval.lower < value && value < interval.upper && interval.standardError > 0)
    }
    // One stratum alone is its own analysis.
    for (stratum, made) in each.enumerated() {
      let rows = target.indices.filter { strata[$0] == stratum }
      let alone = try VarianceShares(
        rows.map { target[$0] }, strata: rows.map { _ in 0 }, groups: rows.map { groups[$0] }, settings: nil)
      #expect(try abs(alone.reliability.value.get() - made.reliability) < 1e-12 && alone.reliability.interval == nil)
    }
  }

  /// Intervals are the same whatever the method of the settings, and hold their values at any level; those of ceilings are those of
  /// the reliability under the ceiling's formula.
  @Test func valuesLieInsideTheirIntervals() throws {
    var generator = SeededGenerator(seed: 3)
    for level in [0.05, 0.5, 0.95] {
      for round in 0..<12 {
        var (target, strata, groups) = ([Double](), [Int](), [Int]())
        for group in 0..<(20 + 3 * round) {
          let scale = Double((1 + group % 3) * (group % 4 == 0 ? 20 : 1))
          for _ in 0..<(1 + generator.next(below: 2 + group % 9)) {
            target.append(scale * Double(generator.next(below: 100)))
            strata.append(group % 3)
            groups.append(group)
          }
        }
        let made = try VarianceShares(
          target, strata: strata, groups: groups, settings: BootstrapSettings(resamples: 199, seed: 2, level: level))
        let reliability = made.reliability
        for share in [made.explained, made.noise, made.rest, reliability, made.plainNoise] {
          let interval = try #require(share.interval).get()
          let value = try share.value.get()
          #expect(interval.lower <= value + 1e-12 && value <= interval.upper + 1e-12)
        }
        let (ends, value) = try (#require(reliability.interval).get(), reliability.value.get())
        let (ceiling, kendall) = (reliability.noiseCeiling, reliability.kendallNoiseCeiling)
        #expect(try #require(ceiling.interval).get().lower == max(0, ends.lower).squareRoot())
        #expect(try #require(kendall.interval).get().upper == Greiner.kendall(max(0, ends.upper).squareRoot()))
        #expect(ceiling.value.value == (value > 0 ? value.squareRoot() : nil))
        #expect(kendall.value.value == ceiling.value.value.map { Greiner.kendall($0) })
        let plain = try VarianceShares(
          target, strata: strata, groups: groups,
          settings: BootstrapSettings(method: .percentile, resamples: 199, seed: 2, level: level))
        #expect(plain.reliability == reliability)
      }
    }
  }

  /// The standard errors' influences are derivatives by the weights of units.
  @Test func influencesAreDerivatives() throws {
    var generator = SeededGenerator(seed: 8)
    let groups = (0..<60).map { _ in generator.next(below: 25) }
    // Some units have rows in two strata; one stratum has no repeats.
    let strata = groups.indices.map { $0 % 20 == 0 ? 2 : groups[$0] % 2 }
    let target = groups.map { Double($0 % 5) + Double(generator.next(below: 1000)) / 300 }
    let sums = ShareSums(target, strata: Strata(strata), groups: groups, clusters: nil)
    var weights = (0..<sums.unitCount).map { Int32(100_000 + 1000 * $0) }
    let totals = sums.totals(weights)
    var squares = [0.0, 0, 0, 0, 0]
    for unit in weights.indices {
      let weight = weights[unit]
      var logarithms: [[Double]] = []
      for change in [Int32(10), -10] {
        weights[unit] = weight + change
        logarithms.append(sums.totals(weights).ratios.compactMap { ShareSums.logarithm($0) })
      }
      weights[unit] = weight
      for place in squares.indices {
        let slope = (logarithms[0][place] - logarithms[1][place]) / 20
        squares[place] += Double(weight) * slope * slope
      }
    }
    for (error, square) in zip(sums.standardErrors(totals, weights), squares) {
      #expect(abs(error - square.squareRoot()) < 1e-5 * error)
    }
  }

  /// Clusters that join groups make fewer units; the values stay.
  @Test func clustersJoinGroups() throws {
    let target = [-2.0, 0, 0, 2, 8, 10, 10, 12]
    let (strata, groups) = ([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3])
    let plain = try VarianceShares(target, strata: strata, groups: groups, settings: settings)
    let joined = try VarianceShares(
      target, strata: strata, groups: groups, clusters: [0, 1, 1, 2, 3, 4, 5, 6], settings: settings)
    #expect(joined.unitCount == 3 && joined.noise.value == plain.noise.value)
  }

  @Test func withoutRepeats() throws {
    let shares = try VarianceShares(
      [1, 2, 3, 4, 6], strata: [0, 0, 0, 1, 1], groups: [0, 1, 2, 3, 4], settings: settings)
    #expect(shares.explained.value.value != nil)
    #expect(shares.noise.value.reason?.text == "no stratum has repeats" && shares.rest.value.value == nil)
    #expect(throws: Reason.self) {
      try VarianceShares([1, 1, 1], strata: [0, 0, 1], groups: [0, 0, 1], settings: settings)
    }
    #expect(throws: Reason.self) { try VarianceShares([1, 2], strata: [0], groups: [0, 0], settings: settings) }
  }

  /// Intervals cover the true shares about as often as they say, with strata that differ in noise and in repeats: of 200 simulated
  /// samples 95 % with a standard error of 1.5 %.
  @Test func coverage() throws {
    let noise = [2.0, 0.5, 1, 0.5]
    let (between, means) = (0.75, [0.0, 1, 3, 4])
    var covered = [0, 0, 0]
    let samples = 200
    for sample in 0..<UInt64(samples) {
      var generator = SeededGenerator(seed: 11, stream: sample)
      func normal() -> Double { Normal.quantile((Double(generator.next(below: 1 << 40)) + 0.5) / Double(1 << 40)) }
      var (target, strata, groups) = ([Double](), [Int](), [Int]())
      // Noisy strata have more trainings of each of fewer networks, as many rows.
      for network in 0..<200 {
        let stratum = generator.next(below: 4)
        let repeats = stratum == 0 ? 2 : 1 + (generator.next(below: 4) == 0 ? 1 : 0)
        let level = means[stratum] + between * normal()
        for _ in 0..<repeats {
          target.append(level + noise[stratum] * normal())
          strata.append(stratum)
          groups.append(network)
        }
      }
      // The strata's shares of the rows differ from a quarter: the truth is that of the sizes expected, 2 : 5/4 : 5/4 : 5/4.
      let found = try VarianceShares(
        target, strata: strata, groups: groups,
        settings: BootstrapSettings(resamples: 199, seed: sample))
      let weights = [2, 1.25, 1.25, 1.25].map { $0 / 5.75 }
      let mean = zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
      let explained = zip(weights, means).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
      let error = zip(weights, noise).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
      let all = explained + error + between * between
      let truth = [explained / all, error / all, between * between / all]
      for (place, share) in [found.explained, found.noise, found.rest].enumerated() {
        guard let interval = share.interval?.value else { continue }
        if interval.lower <= truth[place], truth[place] <= interval.upper { covered[place] += 1 }
      }
    }
    for count in covered {
      #expect(Double(count) / Double(samples) > 0.90 && Double(count) / Double(samples) < 0.99, "\(covered)")
    }
  }
}
