import Testing

@testable import Statistics

/// The closed forms of leaving one unit out are what leaving it out gives.
@Suite struct JackknifeTests {
  enum Units: CaseIterable, CustomTestStringConvertible {
    case rows, pairs, mixed, large, two, one

    func clusters(_ count: Int, _ generator: inout SeededGenerator) -> [Int]? {
      switch self {
      case .rows: nil
      case .pairs: (0..<count).map { $0 / 2 }
      case .mixed:
        (0..<count).map { row in row % 3 == 0 ? 0 : Int.random(in: 1...max(1, count / 3), using: &generator) }
      case .large: (0..<count).map { $0 < count / 2 ? 0 : $0 }
      case .two: (0..<count).map { $0 % 2 }
      case .one: (0..<count).map { _ in 7 }
      }
    }

    var testDescription: String { "\(self)" }
  }

  private func check(_ sample: PairedSample, _ name: String) throws {
    var evaluator = WeightedEvaluator(sample, coefficients: Coefficient.allCases)
    let values = Jackknife.values(&evaluator)
    // What coefficients share is found whoever asks: each alone gives what it gives among others.
    for (index, coefficient) in Coefficient.allCases.enumerated() {
      var alone = WeightedEvaluator(sample, coefficients: [coefficient])
      #expect(Jackknife.values(&alone) == [values[index]], "\(name), \(coefficient)")
    }
    for unit in 0..<sample.unitCount {
      let rows = (0..<sample.count).filter { (sample.clusters?[$0] ?? $0) != unit }
      let rest = try? sample.selecting(rows)
      for (index, coefficient) in Coefficient.allCases.enumerated() {
        let expected = rest.flatMap { try? coefficient.value($0) }
        let value = values[index][unit]
        #expect((value == nil) == (expected == nil), "\(name), \(coefficient), unit \(unit)")
        if let value, let expected {
          #expect(abs(value - expected) < 1e-12, "\(name), \(coefficient), unit \(unit)")
        }
      }
    }
  }

  /// With ties, few rows, constant remainders, directions of either kind.
  @Test(arguments: Units.allCases, [2, 3, 7, 40, 150])
  func equalsLeavingOut(_ units: Units, _ count: Int) throws {
    for seed in 0..<6 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, stream: UInt64(count))
      let levels = [2, 4, 12, 10_000][Int(seed % 4)]
      let x = (0..<count).map { _ in Double(Int.random(in: 0..<levels, using: &generator)) }
      let y = x.map { ($0 + Double(Int.random(in: 0..<levels, using: &generator))).rounded() }
      let sample = try PairedSample(
        x: x, y: y, clusters: units.clusters(count, &generator),
        first: SampleColumn("x", higherIsBetter: seed % 2 == 0),
        second: SampleColumn("y", higherIsBetter: seed % 3 == 0))
      try check(sample, "seed \(seed)")
    }
  }

  @Test(arguments: Units.allCases)
  func equalsLeavingOutWithoutTies(_ units: Units) throws {
    for (seed, count) in [(1, 2), (2, 5), (3, 90)] as [(UInt64, Int)] {
      var generator = SeededGenerator(seed: seed)
      let x = (0..<count).shuffled(using: &generator).map { Double($0) }
      let y = (0..<count).shuffled(using: &generator).map { Double($0) * 1e-3 }
      let clusters = units.clusters(count, &generator)
      for isHigher in [true, false] {
        try check(
          PairedSample(x: x, y: y, clusters: clusters, first: SampleColumn("x", higherIsBetter: isHigher)),
          "\(count) rows")
      }
    }
  }

  /// A row that is nearly all of the spread, and rows far from zero.
  @Test(arguments: [1e3, 1e9, 1e17]) func outliersCostNoDigits(_ size: Double) throws {
    var generator = SeededGenerator(seed: 5)
    var x = (0..<30).map { _ in Double.random(in: 0..<1, using: &generator) }
    let y = x.map { 1e6 + $0 + Double.random(in: 0..<1, using: &generator) }
    x[7] = size
    try check(PairedSample(x: x, y: y), "outlier \(size)")
    try check(PairedSample(x: y, y: x, clusters: (0..<30).map { $0 / 4 }), "outlier \(size) in a cluster")
  }

  /// One tie: leaving out either of its rows gives a value to τ_AP.
  @Test func leavingOutATieGivesAValue() throws {
    try check(PairedSample(x: [1, 2, 3, 4, 4], y: [2, 1, 3, 5, 4]), "tie")
  }

  @Test(arguments: Units.allCases) func equalsLeavingOutInsideStrata(_ units: Units) throws {
    var generator = SeededGenerator(seed: 23)
    let count = 60
    let x = (0..<count).map { _ in Double(Int.random(in: 0..<6, using: &generator)) }
    let y = x.map { $0 + Double(Int.random(in: 0..<6, using: &generator)) }
    let pairs = try PairedSample(x: x, y: y, clusters: units.clusters(count, &generator))
    let sample = try StratifiedSample(pairs, strata: (0..<count).map { $0 % 7 == 0 ? 1 : 0 })
    var evaluator = StratifiedEvaluator(sample, coefficients: WithinStratum.coefficients)
    for stratum in sample.strata.indices {
      let made = evaluator.partsWithoutEachUnit(ofStratum: stratum)
      var drawn = [Int32](repeating: 1, count: sample.unitCounts[stratum])
      for unit in drawn.indices {
        drawn[unit] = 0
        let expected = evaluator.parts(ofStratum: stratum, drawn: drawn)
        drawn[unit] = 1
        for (one, other) in zip(made[unit], expected) {
          #expect(abs(one.product - other.product) <= 1e-12 * max(1, abs(other.product)))
          #expect(abs(one.xSpread - other.xSpread) <= 1e-12 * max(1, other.xSpread))
          #expect(abs(one.ySpread - other.ySpread) <= 1e-12 * max(1, other.ySpread))
        }
      }
    }
  }
}
