import Outcomes
import Statistics

/// Holds columns against the target on the rows of one part of the data, by one objective.
struct ProxyScorer {
  /// The better target up, on the rows.
  private let target: [Double]
  private let rows: [Int]
  private let strata: [Int]
  private let coefficient: Coefficient
  private let objective: ProxySearchSpec.Objective
  /// What is left of the target's ranks beyond size; nil for other objectives, and where nothing is.
  private var rest: [Double]?
  private var design: CenteredDesign?

  init(
    _ problem: ProxySearchProblem, _ splits: ProxySearchSplits, _ spec: ProxySearchSpec,
    objective: ProxySearchSpec.Objective, rows: [Int]
  ) {
    self.rows = rows
    self.objective = objective
    target = rows.map { problem.higherIsBetter ? problem.target[$0] : -problem.target[$0] }
    strata = rows.map { splits.sizeStrata[$0] }
    coefficient = spec.fitness.coefficient
    guard objective == .beyondSize, !rows.isEmpty else { return }
    let strata = Strata(self.strata)
    let ranks = problem.sizes.map { column in MidRanks.ranks(rows.map { column.values[$0] }) }
    design = Outcome.of { () throws(Reason) in try CenteredDesign(ranks, strata: strata) }.value
    rest = residuals(target)
  }

  /// The coefficient with the target, its better end up; nil where the column lacks a value or there is no coefficient.
  func score(_ values: [Double?]) -> Double? {
    let known = rows.compactMap { values[$0] }
    guard known.count == rows.count, let first = known.first, known.contains(where: { $0 != first }) else { return nil }
    return Outcome.of { () throws(Reason) in
      switch objective {
      case .overall: return try coefficient.value(PairedSample(x: known, y: target))
      case .withinSize:
        let sample = try StratifiedSample(PairedSample(x: known, y: target), strata: strata)
        return try WithinStratum.associations([coefficient], sample: sample, settings: nil)[0].pooled.get()
      case .beyondSize:
        guard let rest, let own = residuals(known) else { throw Reason(ProxyJudgement.isSize) }
        return try Coefficient.pearson.value(PairedSample(x: own, y: rest))
      }
    }.value
  }

  /// Ranks less what strata and ranks of size explain of them.
  private func residuals(_ values: [Double]) -> [Double]? {
    let (ranks, strata) = (MidRanks.ranks(values), Strata(self.strata))
    return design.map { $0.residuals(of: ranks, strata: strata) } ?? strata.deviations(ranks)
  }
}
