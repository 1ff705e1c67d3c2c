import Documents
import Outcomes
import Reports
import Statistics

extension EquivalenceVerdict: Codable {}

/// The verdict of the interval of coverage 1 − 2α on a margin, where intervals of coverage 1 − α are reported.
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
  ///   - basis: The basis of the reported interval, whose coverage is 1 − α.
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
  /// The verdict on a margin, or the reason for none; a dash where equivalence is not asked for.
  static func verdict(_ found: Outcome<Equivalence>?) -> ReportTable.Cell {
    switch found {
    case .success(let found): ReportTable.Cell(found.verdict.rawValue)
    case .failure(let reason): .undefined(reason.text)
    case nil: ReportTable.Cell("–")
    }
  }
}
