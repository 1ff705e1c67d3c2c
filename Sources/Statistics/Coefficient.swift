import Outcomes

/// Coefficients of association between two columns.
package enum Coefficient: String, Sendable, Hashable, CaseIterable {
  /// Kendall's τ-b: (concordant − discordant) / √((n₀ − n₁)(n₀ − n₂)), n₀ pairs, n₁ and n₂ of them tied in x and in y
  /// (Kendall 1945). O(n log n) at worst. Reason when a column is constant.
  case kendallTauB = "kendall-tau-b"
  /// Stuart's τ-c: 2 (concordant − discordant) m / (n² (m − 1)), m the smaller number of distinct values (Stuart 1953).
  case kendallTauC = "kendall-tau-c"
  /// Kendall's τ-a: (concordant − discordant) / n₀ (Kendall 1938), the mean τ over all orders in which ties can be broken, each
  /// with the same chance: a tied pair counts as a coin flip. 0 for a constant column, for then every order is as likely as its
  /// reverse. Columns of unequal ties can be compared by it, as by τ-b they cannot: τ-b divides by the untied pairs, and so
  /// rewards a column of few values.
  case kendallTauA = "kendall-tau-a"
  /// Somers' d (1962) of the metric x given the target y: (concordant − discordant) / (n₀ − n₂), among the pairs that differ in
  /// y. Pairs tied in x count as coin flips; without ties in y it is τ-a. 0 for a constant metric; reason when the target is
  /// constant. As SciPy's `somersd(y, x)`. Not symmetric: see `symmetric`.
  case somersD = "somers-d"
  /// Spearman's ρ (1904): Pearson's r of the mid-ranks.
  case spearman
  /// Pearson's r: Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² Σ (y − ȳ)²).
  case pearson
  /// Vigna's weighted τ (2015): additive hyperbolic weights 1/(rank + 1), mean over the ranks by x and by y, rank 0 the
  /// best value by the column's direction. Signed as the data are: SciPy's `weightedtau` of columns turned so that larger
  /// is better, times −1 where one of the two was turned.
  case weightedTau = "weighted-tau"
  /// Yilmaz, Aslam & Robertson's τ_AP (2008) with y as the true order, along x from its better end. Signed as the data are.
  /// Reason with ties.
  case tauAP = "tau-ap"

  /// The coefficient's name for people.
  package var title: String { declaration.title }

  /// The letter that figures print.
  package var symbol: String { declaration.symbol }

  /// The orders by which rows at the better end of a column weigh more than others; none for coefficients to which all rows
  /// are alike, where a column's direction is but the sign.
  package var weighting: TopWeighting? { declaration.weighting }

  /// The orders that give the weights of a coefficient.
  package enum TopWeighting: Sendable {
    /// The order of x, from its better end.
    case byFirst
    /// The orders of x and of y, from their better ends.
    case byBoth
  }

  /// True for coefficients to which a tied pair of the metric is a coin flip, so that they compare metrics of unequal ties.
  package var isTieNeutral: Bool { self == .kendallTauA || self == .somersD }

  /// True for coefficients whose denominator shrinks with the ties of the metric, so that a metric of few values gains: they
  /// describe, and do not compare metrics of unequal ties.
  package var rewardsTies: Bool { self == .kendallTauB || self == .spearman }

  /// True for coefficients that count concordant and discordant pairs alike, whose noise ceiling is that of τ.
  package var countsPairs: Bool { [.kendallTauB, .kendallTauC, .kendallTauA, .somersD].contains(self) }

  /// The coefficient for two columns of which neither is the target: τ-a for Somers' d, whose denominator is the target's.
  package var symmetric: Coefficient { self == .somersD ? .kendallTauA : self }

  /// All that tells a coefficient from the others.
  private struct Declaration {
    var title: String
    var symbol: String
    var weighting: TopWeighting?
    var formula: (RankedPairs, PairedSample) -> any CoefficientFormula
  }

  private var declaration: Declaration {
    switch self {
    case .kendallTauB: Declaration(title: "Kendall τ-b", symbol: "τ") { _, _ in KendallTauB() }
    case .kendallTauC: Declaration(title: "Kendall τ-c", symbol: "τ_{c}") { _, _ in KendallTauC() }
    case .kendallTauA: Declaration(title: "Kendall τ-a", symbol: "τ_{a}") { _, _ in KendallTauA() }
    case .somersD: Declaration(title: "Somers' d", symbol: "d") { _, _ in SomersD() }
    case .spearman: Declaration(title: "Spearman ρ", symbol: "ρ") { _, _ in SpearmanRho() }
    case .pearson: Declaration(title: "Pearson r", symbol: "r") { PearsonR($0, $1) }
    case .weightedTau:
      Declaration(title: "weighted τ", symbol: "τ_{w}", weighting: .byBoth) { WeightedTau($0, $1) }
    case .tauAP:
      Declaration(title: "τ_AP", symbol: "τ_{AP}", weighting: .byFirst) { AveragePrecisionTau(sample: $1) }
    }
  }

  /// The formula of the coefficient for a sample and its ranks.
  func formula(_ ranked: RankedPairs, _ sample: PairedSample) -> any CoefficientFormula {
    declaration.formula(ranked, sample)
  }

  /// The value for a sample; in −1 … 1.
  ///
  /// - Throws: `Reason` when the formula has none, such as for a constant column.
  package func value(_ sample: PairedSample) throws(Reason) -> Double {
    let value: Double?
    switch self {
    case .tauAP: return try AveragePrecisionTau.value(sample)
    case .kendallTauB: value = RankedPairs(x: sample.x, y: sample.y).pairCounts().tauB()
    case .kendallTauA: value = RankedPairs(x: sample.x, y: sample.y).pairCounts().tauA()
    case .somersD: value = RankedPairs(x: sample.x, y: sample.y).pairCounts().somersD()
    default:
      var evaluator = WeightedEvaluator(sample, coefficients: [self])
      value = evaluator.valuesOfAllRows()[0]
    }
    guard let value else { throw Reason(reason(sample)) }
    return value
  }

  /// Why a sample has no value of the coefficient.
  func reason(_ sample: PairedSample) -> String {
    let (metric, target) = ((sample.x, sample.first), (sample.y, sample.second))
    for (values, column) in self == .somersD ? [target] : [metric, target]
    where values.allSatisfy({ $0 == values[0] }) {
      return "every value of \(column.name) is the same"
    }
    return "the sums overflow"
  }
}
