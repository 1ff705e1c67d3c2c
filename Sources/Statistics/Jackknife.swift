/// Values of coefficients with one unit (cluster or row) left out at a time.
///
/// Each has a closed form: what a unit gives to the sums of a coefficient is taken out of the sums of all rows. O(n log n)
/// in all for rows by themselves and for clusters of a bounded size; clusters of over √n rows, of which there are at most
/// √n, are evaluated one by one in O(n log n) each.
enum Jackknife {
  /// The values of every coefficient of an evaluator, by unit; nil where a coefficient is undefined.
  static func values(_ evaluator: inout WeightedEvaluator) -> [[Double?]] {
    let members = evaluator.members
    let closed = closedForms(evaluator, members)
    var values = closed.map { forms in forms.map { form in form.flatMap(\.self) } }
    let open = (0..<members.count).filter { unit in closed.contains { $0[unit] == nil } }
    guard !open.isEmpty else { return values }
    var weights = [Int32](repeating: 1, count: members.count)
    for unit in open {
      weights[unit] = 0
      for (index, value) in evaluator.values(unitWeights: weights).enumerated() where closed[index][unit] == nil {
        values[index][unit] = value
      }
      weights[unit] = 1
    }
    return values
  }

  /// By coefficient and unit: the value or that there is none; nil where the unit has to be left out by itself.
  private static func closedForms(
    _ evaluator: borrowing WeightedEvaluator, _ members: UnitMembers
  ) -> [[Double??]] {
    let (ranked, coefficients) = (evaluator.ranked, evaluator.coefficients)
    let needsPairs = coefficients.contains { $0 == .kendallTauB || $0 == .kendallTauC }
    let net = coefficients.contains { $0 != .pearson && $0 != .tauAP } ? NetConcordance.byPlace(ranked) : []
    let distinct = DistinctWithout(ranked, members)
    let pairs = needsPairs ? PairsWithout.counts(ranked, members, net: net) : []
    let (xDeviations, yDeviations) = (evaluator.xDeviations, evaluator.yDeviations)
    let sample = evaluator.sample
    return coefficients.map { coefficient -> [Double??] in
      switch coefficient {
      case .kendallTauB: pairs.map { .some($0.total >= 2 ? $0.tauB() : nil) }
      case .kendallTauC: pairs.indices.map { pairs[$0].tauC(distinct: min(distinct.x[$0], distinct.y[$0])) }
      case .spearman: RanksWithout.parts(ranked, members, net: net).map { $0.map(\.coefficient) }
      case .pearson:
        SumsWithout.parts(xDeviations, yDeviations, members, distinct: distinct).map { $0.map(\.coefficient) }
      case .weightedTau: TopWeightedWithout.weightedTau(ranked, sample, members, net: net, distinct: distinct)
      case .tauAP: TopWeightedWithout.averagePrecisionTau(ranked, sample, members)
      }
    }
  }
}
