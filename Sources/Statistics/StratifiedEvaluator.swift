/// Computes coefficients inside strata, of all strata together and of each, under changing weights of their units.
struct StratifiedEvaluator: ~Copyable {
  let sample: StratifiedSample
  let coefficients: [Coefficient]
  private var strata: [WeightedStratum]
  private var counter: RankCounter

  /// Ranks every stratum by itself.
  init(_ sample: StratifiedSample, coefficients: [Coefficient]) {
    self.sample = sample
    self.coefficients = coefficients
    let x = CenteredColumn(sample.pairs.x, groups: sample.strata).deviations
    let y = CenteredColumn(sample.pairs.y, groups: sample.strata).deviations
    strata = zip(sample.strata, sample.units).map { rows, units in
      WeightedStratum(
        x: rows.map { sample.pairs.x[$0] }, y: rows.map { sample.pairs.y[$0] }, units: units,
        xDeviations: rows.map { x[$0] }, yDeviations: rows.map { y[$0] })
    }
    counter = RankCounter(count: strata.map(\.yCount).max() ?? 0)
  }

  /// The parts of each stratum, by coefficient, when its rows count as often as their units were drawn.
  mutating func parts(ofStratum stratum: Int, drawn: [Int32]) -> [AssociationParts] {
    strata[stratum].parts(of: coefficients, drawn: drawn, counter: &counter)
  }

  /// The parts of each stratum without each of its units, by unit and coefficient.
  mutating func partsWithoutEachUnit(ofStratum stratum: Int) -> [[AssociationParts]] {
    strata[stratum].partsWithoutEachUnit(
      of: coefficients, unitCount: sample.unitCounts[stratum], counter: &counter)
  }

  /// The parts of every stratum when each row counts once.
  mutating func partsOfAllRows() -> [[AssociationParts]] {
    sample.unitCounts.indices.map { parts(ofStratum: $0, drawn: Array(repeating: 1, count: sample.unitCounts[$0])) }
  }
}
