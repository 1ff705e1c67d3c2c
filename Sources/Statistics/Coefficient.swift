import Outcomes

/// Coefficients of association between two columns.
package enum Coefficient: String, Sendable, Hashable, CaseIterable {
  /// Kendall's τ-b: (concordant − discordant) / √((n₀ − n₁)(n₀ − n₂)), n₀ pairs, n₁ and n₂ of them tied in x and in y
  /// (Kendall 1945). O(n log n) at worst. Reason when a column is constant.
  case kendallTauB = "kendall-tau-b"
  /// Stuart's τ-c: 2 (concordant − discordant) m / (n² (m − 1)), m the smaller number of distinct values (Stuart 1953).
  case kendallTauC = "kendall-tau-c"
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
    switch self {
    case .tauAP: return try AveragePrecisionTau.value(sample)
    case .kendallTauB:
      guard let value = RankedPairs(x: sample.x, y: sample.y).pairCounts().tauB() else {
        throw Reason(Self.reason(sample))
      }
      return value
    default:
      var evaluator = WeightedEvaluator(sample, coefficients: [self])
      let value = evaluator.valuesOfAllRows()[0]
      guard let value else { throw Reason(Self.reason(sample)) }
      return value
    }
  }

  static func reason(_ sample: PairedSample) -> String {
    for (values, column) in [(sample.x, sample.first), (sample.y, sample.second)]
    where values.allSatisfy({ $0 == values[0] }) {
      return "every value of \(column.name) is the same"
    }
    return "the sums overflow"
  }
}
