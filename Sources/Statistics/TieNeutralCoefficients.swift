/// τ-a: S / n₀.
struct KendallTauA: CoefficientFormula {
  var readsConcordance: Bool { true }

  func value(_: inout WeightedRanks, _ counts: PairCounts) -> Double? { counts.tauA() }

  func values(without units: UnitsLeftOut) -> [Double??] { units.pairs.map { .some($0.tauA()) } }
}

/// Somers' d of x given y: S / (n₀ − n₂).
struct SomersD: CoefficientFormula {
  var readsConcordance: Bool { true }

  func value(_: inout WeightedRanks, _ counts: PairCounts) -> Double? { counts.somersD() }

  func values(without units: UnitsLeftOut) -> [Double??] { units.pairs.map { .some($0.somersD()) } }
}
