import Outcomes
import Statistics

/// Holds columns against the target on rows, all of them or inside strata of size.
struct ProxyScorer {
  private let target: [Double]
  private let strata: [Int]?
  private let coefficient: Coefficient

  init(_ problem: ProxySearchProblem, _ splits: ProxySearchSplits, _ spec: ProxySearchSpec) {
    target = problem.higherIsBetter ? problem.target : problem.target.map { -$0 }
    strata = spec.objective == .withinSize ? splits.sizeStrata : nil
    coefficient = spec.fitness.coefficient
  }

  /// The coefficient with the target, its better end up; nil where the column lacks a value or there is no coefficient.
  func score(_ values: [Double?], rows: [Int]) -> Double? {
    let known = rows.compactMap { values[$0] }
    guard known.count == rows.count, let first = known.first, known.contains(where: { $0 != first }),
      let sample = Outcome.of({ () throws(Reason) in
        try PairedSample(x: known, y: rows.map { target[$0] })
      }).value
    else { return nil }
    guard let strata else {
      return Outcome.of { () throws(Reason) in try coefficient.value(sample) }.value
    }
    guard
      let stratified = Outcome.of({ () throws(Reason) in
        try StratifiedSample(sample, strata: rows.map { strata[$0] })
      }).value
    else { return nil }
    return WithinStratum.associations([coefficient], sample: stratified, settings: nil)[0].pooled.value
  }
}
