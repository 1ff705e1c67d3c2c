/// Coefficients inside strata in every resample and without each unit.
struct StratifiedResamples {
  /// The values of one coefficient.
  struct Series {
    /// By resample.
    var replicates: [Double?] = []
    /// By unit; empty for percentile intervals.
    var jackknife: [Double?] = []
  }

  /// Of all strata together, by coefficient.
  private(set) var pooled: [Series]
  /// Of each stratum, by coefficient; nil where these would be more values than are kept.
  private(set) var strata: [[Series]]?

  /// The most values that are kept of all strata's resamples, for each coefficient.
  static let greatestCount = 2_000_000

  /// Draws the resamples: in each, the strata in order from one stream of the seed.
  init(
    _ evaluator: inout StratifiedEvaluator, parts: [[AssociationParts]], settings: BootstrapSettings, greatestCount: Int
  ) {
    let coefficients = evaluator.coefficients
    pooled = coefficients.map { _ in Series() }
    let (count, overflow) = parts.count.multipliedReportingOverflow(by: settings.resamples)
    if !overflow, count <= greatestCount { strata = parts.map { _ in coefficients.map { _ in Series() } } }
    let counts = evaluator.sample.unitCounts
    var drawn = counts.map { [Int32](repeating: 0, count: $0) }
    for resample in 0..<settings.resamples {
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(resample))
      var sums = coefficients.map { _ in AssociationParts() }
      for stratum in counts.indices {
        Bootstrap.draw(&drawn[stratum], from: &generator)
        for (index, parts) in evaluator.parts(ofStratum: stratum, drawn: drawn[stratum]).enumerated() {
          sums[index] = sums[index] + parts
          strata?[stratum][index].replicates.append(parts.coefficient)
        }
      }
      for index in sums.indices { pooled[index].replicates.append(sums[index].coefficient) }
    }
    if settings.method == .bca { leaveOut(&evaluator, parts) }
  }

  private mutating func leaveOut(_ evaluator: inout StratifiedEvaluator, _ parts: [[AssociationParts]]) {
    for stratum in evaluator.sample.unitCounts.indices {
      let others = pooled.indices.map { index in
        parts.indices.reduce(AssociationParts()) { $1 == stratum ? $0 : $0 + parts[$1][index] }
      }
      for rests in evaluator.partsWithoutEachUnit(ofStratum: stratum) {
        for (index, rest) in rests.enumerated() {
          strata?[stratum][index].jackknife.append(rest.coefficient)
          pooled[index].jackknife.append((others[index] + rest).coefficient)
        }
      }
    }
  }
}
