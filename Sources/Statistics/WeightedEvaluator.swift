/// Computes coefficients of one sample under changing integer weights of its rows: the columns are ranked once, every
/// evaluation is O(n), O(n log n) for coefficients of pairs. This is what a bootstrap resample or a jackknife value costs.
struct WeightedEvaluator: ~Copyable {
  let sample: PairedSample
  let coefficients: [Coefficient]
  private var ranks: WeightedRanks
  private var counter: RankCounter
  /// The formula of each coefficient, in their order.
  let formulas: [any CoefficientFormula]
  private let unitsInOrder: [Int32]

  init(_ sample: PairedSample, coefficients: [Coefficient]) {
    self.sample = sample
    self.coefficients = coefficients
    let ranked = RankedPairs(x: sample.x, y: sample.y)
    ranks = WeightedRanks(ranked)
    counter = RankCounter(count: ranked.yCount)
    formulas = coefficients.map { $0.formula(ranked, sample) }
    unitsInOrder = ranked.order.map { Int32(truncatingIfNeeded: sample.clusters?[Int($0)] ?? Int($0)) }
  }

  /// The ranks of both columns.
  var ranked: RankedPairs { ranks.ranked }

  /// The rows of each unit, as places among the ranks.
  var members: UnitMembers { UnitMembers(units: unitsInOrder, count: sample.unitCount) }

  /// The values when every row counts once.
  mutating func valuesOfAllRows() -> [Double?] {
    ranks.weighAllOnce()
    return evaluate()
  }

  /// The values when each row counts as often as its unit (its cluster, or the row itself) was drawn.
  mutating func values(unitWeights: [Int32]) -> [Double?] {
    ranks.weigh(units: unitsInOrder, drawn: unitWeights)
    return evaluate()
  }

  private mutating func evaluate() -> [Double?] {
    ranks.tally()
    let counts = ranks.pairCounts(&counter, withConcordance: formulas.contains { $0.readsConcordance })
    return formulas.map { $0.value(&ranks, counts) }
  }
}
