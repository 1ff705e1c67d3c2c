import Outcomes
import Testing

@testable import Statistics

/// No input traps, and no number that is not finite comes out.
@Suite struct HostileInputTests {
  /// Finite values of every magnitude, with repetitions.
  private func values(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    var values: [Double] = []
    while values.count < count {
      let value = Double(bitPattern: generator.next())
      if !value.isFinite { continue }
      switch generator.next() % 8 {
      case 0: values.append(values.last ?? 0)
      case 1: values.append(-0.0)
      case 2: values.append(value.nextUp.isFinite ? value.nextUp : value)
      case 3: values.append(Double(generator.next() % 3))
      default: values.append(value)
      }
    }
    return values
  }

  @Test func anyFiniteValuesAreRankedAsTheyCompare() {
    var generator = SeededGenerator(seed: 41)
    for count in 0..<120 {
      let column = values(count, &generator)
      let ranks = DenseRanks(column)
      let distinct = Array(Set(column)).sorted()
      #expect(ranks.distinctCount == distinct.count)
      #expect(column.indices.allSatisfy { distinct[Int(ranks.ranks[$0])] == column[$0] })
      let stable = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
      #expect(ranks.order.map { Int($0) } == stable)
    }
  }

  /// Neighbouring numbers share the half of the pattern that the radix sort looks at.
  @Test func neighbouringValuesAreToldApart() {
    var generator = SeededGenerator(seed: 6)
    var column = [1.0]
    for _ in 0..<500 { column.append(column[column.count - 1].nextUp) }
    column += column.map { -$0 }
    column.shuffle(using: &generator)
    let ranks = DenseRanks(column)
    #expect(ranks.distinctCount == column.count)
    #expect(ranks.order.map { column[Int($0)] } == column.sorted())
  }

  @Test func coefficientsAreFiniteAndWithinOne() throws {
    var generator = SeededGenerator(seed: 42)
    var defined = 0
    for round in 0..<150 {
      let count = 2 + round % 30
      let sample = try PairedSample(x: values(count, &generator), y: values(count, &generator))
      for coefficient in Coefficient.allCases {
        guard let value = try? coefficient.value(sample) else { continue }
        defined += 1
        #expect(value.isFinite && abs(value) <= 1, "round \(round), \(coefficient)")
      }
    }
    #expect(defined > 400)
  }

  @Test func intervalsAreFinite() throws {
    var generator = SeededGenerator(seed: 43)
    var defined = 0
    for round in 0..<25 {
      let count = 8 + round
      let clusters: [Int]? =
        round % 2 == 0 ? nil : (0..<count).map { _ in Int(truncatingIfNeeded: generator.next() % 6) }
      let sample = try PairedSample(x: values(count, &generator), y: values(count, &generator), clusters: clusters)
      let settings = BootstrapSettings(resamples: 60, seed: UInt64(round))
      let set: [Coefficient] = [.kendallTauB, .kendallTauC, .spearman, .pearson]
      for result in Bootstrap.intervals(of: set, sample: sample, settings: settings) {
        guard let interval = try? result.get() else { continue }
        defined += 1
        #expect(interval.lower.isFinite && interval.upper.isFinite && interval.lower <= interval.upper)
        #expect(interval.bias.isFinite && interval.acceleration.isFinite && interval.standardError.isFinite)
      }
    }
    #expect(defined > 50)
  }

  @Test(arguments: [
    BootstrapSettings(resamples: -1), BootstrapSettings(resamples: 0), BootstrapSettings(resamples: .max),
    BootstrapSettings(level: 0), BootstrapSettings(level: 1), BootstrapSettings(level: .nan),
    BootstrapSettings(method: .percentile, level: 2),
  ])
  func settingsWithoutAMeaningGiveAReason(_ settings: BootstrapSettings) throws {
    let sample = try tiedSample(20, seed: 1)
    #expect(throws: Reason.self) {
      try Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: settings)[0].get()
    }
  }

  /// |a| is at most 1/6, reached when one unit decides alone; z₀ + z above 6 then breaks the formula.
  @Test func accelerationThatBreaksTheFormulaGivesAReason() throws {
    let resampled = (0..<1000).map { Double($0) / 1000 }
    var jackknife = [Double](repeating: 0.5, count: 1_000_000)
    jackknife[0] = -1000
    let usual = BootstrapSettings(resamples: 1000)
    let extreme = BootstrapSettings(resamples: 1000, level: 0.9999)
    #expect(try Bootstrap.interval(0.9985, resampled, jackknife: jackknife, usual).get().acceleration > 0.166)
    #expect(throws: Reason.self) {
      try Bootstrap.interval(0.9985, resampled, jackknife: jackknife, extreme).get()
    }
  }

  @Test func sharesOfAnySize() {
    let target: [Double] = [3, 1, 2]
    #expect(Truncation.rows(target, share: .nan, higherIsBetter: true) == [])
    #expect(Truncation.rows(target, share: .infinity, higherIsBetter: true) == [0, 1, 2])
    #expect(Truncation.rows(target, share: 1e300, higherIsBetter: true) == [0, 1, 2])
    #expect(Truncation.rows(target, share: -1e300, higherIsBetter: true) == [0])
    #expect(Truncation.rows([], share: 0.5, higherIsBetter: true) == [])
  }

  @Test func numbersBeyondTheLargestGiveAReason() {
    let huge = [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude, 0]
    #expect(throws: Reason.self) { try TopMeasures(scores: [1, 2, 3], target: huge, size: 2) }
    #expect(throws: Reason.self) { try TopMeasures(scores: [1, .nan, 3], target: [1, 2, 3], size: 2) }
    #expect(throws: Reason.self) { try TopMeasures(scores: [1, 2, 3], target: [1, .infinity, 3], size: 2) }
    #expect(throws: Reason.self) { try TopMeasures(scores: [1, 2, 3], target: [1, 2, 3], size: 0) }
    #expect(throws: Reason.self) { try ColumnSummary(huge) }
  }

  @Test func clustersMustFitTheRows() {
    let pairs = PairedColumns(
      metric: [1, 2, 3], target: [1, 2, 3], metricHigherIsBetter: true, targetHigherIsBetter: true, clusters: [0])
    for policy in MissingPolicy.allCases { #expect(throws: Reason.self) { try pairs.sample(policy) } }
  }

  @Test func rowsWithoutAFiniteValueHaveNoLexicographicScore() {
    #expect(Lexicographic.scores([[1, .nan, 3, 0, .infinity, 3], [0, 0, 2, 0, 0, 1]]) == [1, nil, 3, 0, nil, 2])
  }
}
