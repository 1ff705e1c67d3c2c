import Outcomes

/// Association inside strata: what is left of a coefficient when only rows of one stratum are held against each other.
///
/// Pooled over strata s,
///
/// | coefficient | value |
/// |---|---|
/// | τ-b | Σ Sₛ / √(Σ (n₀ₛ − n₁ₛ) Σ (n₀ₛ − n₂ₛ)): pairs inside strata only, Sₛ concordant less discordant ones, n₀ₛ all, n₁ₛ and n₂ₛ tied ones |
/// | τ-a | Σ Sₛ / Σ n₀ₛ |
/// | Somers' d of x given y | Σ Sₛ / Σ (n₀ₛ − n₂ₛ) |
/// | Spearman ρ | Σ Σ a b / √(Σ Σ a² Σ Σ b²) of mid-ranks a and b in the stratum, less their mean there |
/// | Pearson r | the same of values less their mean in the stratum |
///
/// (Taylor 1987 for ranks with a blocking variable.) Large strata count for more: by their pairs, their cubes, their sums of
/// squares. A stratum with one row, or in which nothing varies, gives nothing; to τ-a and Somers' d one in which the metric does
/// not vary gives coin flips.
package enum WithinStratum {
  /// The coefficients that have a form pooled over strata.
  package static let coefficients: [Coefficient] = [.kendallTauB, .kendallTauA, .somersD, .spearman, .pearson]

  /// A coefficient in all strata together, and in each.
  package struct Association: Sendable {
    /// The pooled value, or why there is none.
    package let pooled: Outcome<Double>
    /// Its resamples, or why there are none; nil when none were asked for.
    package let pooledResamples: Outcome<ResampledValue>?
    /// The value in each stratum, or why there is none.
    package let strata: [Outcome<Double>]
    /// Its resamples, or why there are none, as where strata times resamples exceed 2,000,000; nil when none were asked for.
    package let strataResamples: [Outcome<ResampledValue>]?
  }

  /// Computes coefficients, with bootstrap resamples that draw each stratum's units from that stratum, as many as it has. The
  /// jackknife leaves one unit of one stratum out. O(resamples · n log n).
  ///
  /// - Parameters:
  ///   - coefficients: Those of `WithinStratum.coefficients`; others are undefined.
  ///   - sample: The pairs in strata.
  ///   - settings: The settings of the resamples; nil for none.
  package static func associations(
    _ coefficients: [Coefficient], sample: StratifiedSample, settings: BootstrapSettings?
  ) -> [Association] {
    associations(
      coefficients, sample: sample, settings: settings, greatestCount: StratifiedResamples.greatestCount)
  }

  /// The same with a bound for the values that are kept of each stratum's resamples.
  static func associations(
    _ coefficients: [Coefficient], sample: StratifiedSample, settings: BootstrapSettings?, greatestCount: Int
  ) -> [Association] {
    let known = coefficients.filter { Self.coefficients.contains($0) }
    var evaluator = StratifiedEvaluator(sample, coefficients: known)
    let parts = evaluator.partsOfAllRows()
    var resamples: StratifiedResamples?
    if let settings, settings.fault == nil {
      resamples = StratifiedResamples(
        &evaluator, parts: parts, settings: settings, greatestCount: greatestCount)
    }
    return coefficients.map { coefficient in
      guard let index = known.firstIndex(of: coefficient) else {
        let reason = Reason("\(coefficient.title) has no form that is pooled over strata")
        return Association(
          pooled: .failure(reason), pooledResamples: settings.map { _ in .failure(reason) },
          strata: parts.map { _ in .failure(reason) },
          strataResamples: settings.map { _ in parts.map { _ in .failure(reason) } })
      }
      return association(coefficient, index, parts, sample, settings, resamples)
    }
  }

  private static func association(
    _ coefficient: Coefficient, _ index: Int, _ parts: [[AssociationParts]], _ sample: StratifiedSample,
    _ settings: BootstrapSettings?, _ resamples: StratifiedResamples?
  ) -> Association {
    let pooled = result(
      parts.reduce(AssociationParts()) { $0 + $1[index] },
      coefficient.isTieNeutral
        ? "in no stratum does \(sample.pairs.second.name) vary" : "in no stratum do both columns vary")
    let strata = parts.indices.map { stratum in
      sample.strata[stratum].count < 2
        ? .failure(Reason("fewer than two rows"))
        : result(parts[stratum][index], constant(sample, stratum, coefficient))
    }
    guard let settings else {
      return Association(pooled: pooled, pooledResamples: nil, strata: strata, strataResamples: nil)
    }
    let counts = sample.unitCounts
    func resampled(
      _ value: Outcome<Double>, units: Int, _ made: (StratifiedResamples) -> StratifiedResamples.Series?
    ) -> Outcome<ResampledValue> {
      value.flatMap { value in
        guard let resamples else { return .failure(Reason(settings.fault ?? "no resamples")) }
        guard units >= 3 else { return .failure(Reason("fewer than three rows or clusters")) }
        guard let series = made(resamples) else { return .failure(Reason("too many strata for intervals of each")) }
        return .success(
          ResampledValue(
            value: value, replicates: series.replicates, jackknife: series.jackknife, settings: settings,
            isCoefficient: true))
      }
    }
    return Association(
      pooled: pooled, pooledResamples: resampled(pooled, units: counts.reduce(0, +)) { $0.pooled[index] },
      strata: strata,
      strataResamples: strata.indices.map { stratum in
        resampled(strata[stratum], units: counts[stratum]) { $0.strata?[stratum][index] }
      })
  }

  /// Reason for no coefficient in a stratum: the columns that do not vary there.
  private static func constant(_ sample: StratifiedSample, _ stratum: Int, _ coefficient: Coefficient) -> String {
    let (rows, pairs) = (sample.strata[stratum], sample.pairs)
    let needed =
      coefficient == .somersD ? [(pairs.y, pairs.second)] : [(pairs.x, pairs.first), (pairs.y, pairs.second)]
    let columns = needed.filter { values, _ in rows.allSatisfy { values[$0] == values[rows[0]] } }
    return columns.isEmpty
      ? "the sums overflow"
      : "\(columns.map(\.1.name).joined(separator: " and ")) \(columns.count > 1 ? "do" : "does") not vary in the stratum"
  }

  private static func result(_ parts: AssociationParts, _ reason: String) -> Outcome<Double> {
    parts.coefficient.map { .success($0) } ?? .failure(Reason(reason))
  }
}
