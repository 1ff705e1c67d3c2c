import Outcomes
import Reports
import Specs
import Statistics
import Tables

/// The reliability of a target from replicates, and the noise ceilings that it sets, with intervals by units.
struct ReliabilityEstimates {
  let reliability: Estimate
  /// Noise ceiling of Pearson's r and Spearman's ρ.
  let noiseCeiling: Estimate
  /// Noise ceiling of Kendall's τ.
  let kendallNoiseCeiling: Estimate

  /// States what shares of a variance tell.
  ///
  /// - Parameters:
  ///   - n: Rows that the reliability is of.
  ///   - interval: The intervals that the shares were made with; nil for values without intervals.
  ///   - unit: What units are called; nil where rows have none.
  init(_ shares: VarianceShares, n: Int, interval: IntervalSpec?, unit: UnitNoun?) {
    let basis = interval?.basis(of: shares, n: n, unit: unit) ?? Estimate.Basis(n: n)
    reliability = Estimate(shares.reliability.value, interval: shares.reliability.interval, basis: basis)
    // The standard deviation of resampled reliabilities is not one of ceilings.
    func ceiling(_ ceiling: VarianceShares.Estimate) -> Estimate {
      Estimate(
        ceiling.value, ends: ceiling.interval.map { $0.map { min($0.lower, $0.upper)...max($0.lower, $0.upper) } },
        basis: basis)
    }
    noiseCeiling = ceiling(shares.reliability.noiseCeiling)
    kendallNoiseCeiling = ceiling(shares.reliability.kendallNoiseCeiling)
  }

  /// States why there is no reliability.
  init(_ reason: Reason) {
    let none = Estimate(.failure(reason))
    (reliability, noiseCeiling, kendallNoiseCeiling) = (none, none, none)
  }
}

extension IntervalSpec {
  /// The basis of shares of a variance: their intervals have one method, and draw repeats together in any case.
  ///
  /// - Parameters:
  ///   - n: Rows that the shares are of.
  ///   - unit: What units are called; nil where rows have none.
  func basis(of shares: VarianceShares, n: Int, unit: UnitNoun?) -> Estimate.Basis {
    basis(n: n, clusters: shares.unitCount, unit: unit ?? .cluster, method: VarianceShares.method)
  }

  /// The note on brackets around shares of a variance, as `brackets(_:of:)`.
  func bracketsOfShares(of units: String) -> MarkdownText {
    brackets(named: "\(VarianceShares.method) intervals", of: units)
  }
}
