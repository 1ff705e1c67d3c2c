import Documents
import Outcomes
import Reports
import Statistics

extension EquivalenceVerdict: Codable {}

/// What the interval of coverage 1 − 2α says of a margin, where intervals of coverage 1 − α are reported.
struct Equivalence: Codable, Sendable, Hashable {
  /// The value judged.
  var value: Double
  /// The difference that would not matter.
  var margin: Double
  /// Coverage of the interval judged, 1 − 2α.
  var level: Double
  var lower: Double
  var upper: Double
  var verdict: EquivalenceVerdict
  /// Rows that the value is of, their clusters, and how the interval was made, as in `Estimate.Basis`.
  var n: Int?
  var clusters: Int?
  var method: String?
  var seed: Int?

  /// Judges a resampled value.
  ///
  /// - Parameters:
  ///   - basis: How the reported interval was made; its coverage is 1 − α.
  ///   - level: That coverage.
  /// - Returns: The reason when there is no interval.
  static func outcome(
    _ resampled: Outcome<ResampledValue>, margin: Double, level: Double, basis: Estimate.Basis
  ) -> Outcome<Equivalence> {
    let level = EquivalenceVerdict.level(for: level)
    return resampled.flatMap { value in
      value.interval(level: level).map { found in
        Equivalence(
          value: value.value, margin: margin, level: level, lower: found.lower, upper: found.upper,
          verdict: EquivalenceVerdict(found, margin: margin), n: basis.n, clusters: basis.clusters,
          method: basis.method, seed: basis.seed)
      }
    }
  }
}

extension ReportTable.Cell {
  /// What an interval says of a margin, or why there is none; a dash where it was not asked.
  static func verdict(_ found: Outcome<Equivalence>?) -> ReportTable.Cell {
    switch found {
    case .success(let found): ReportTable.Cell(found.verdict.rawValue)
    case .failure(let reason): .undefined(reason.text)
    case nil: ReportTable.Cell("–")
    }
  }
}
