import Outcomes

/// Intraclass correlation of a complete matrix of subjects × raters (Shrout & Fleiss 1979).
///
/// With n subjects, k raters and the mean squares between subjects (BMS), within subjects (WMS), between raters (JMS) and
/// of the residual (EMS):
///
/// | form | value |
/// |---|---|
/// | 1,1 | (BMS − WMS)/(BMS + (k−1)WMS) |
/// | 2,1 | (BMS − EMS)/(BMS + (k−1)EMS + k(JMS − EMS)/n) |
/// | 3,1 | (BMS − EMS)/(BMS + (k−1)EMS) |
/// | 1,k | (BMS − WMS)/BMS |
/// | 2,k | (BMS − EMS)/(BMS + (JMS − EMS)/n) |
/// | 3,k | (BMS − EMS)/BMS |
///
/// Single-rater forms lie in −1/(k−1) … 1 (form 2,1 in −1 … 1); forms of the mean of k raters reach down to −∞.
package struct IntraclassCorrelation: Sendable, Hashable {
  /// The model, and whether one rater or the mean of all k is judged.
  package enum Form: String, Sendable, Hashable, CaseIterable {
    /// Each subject has raters of its own; one rater.
    case oneWay = "1,1"
    /// Raters are a random sample; one rater, absolute agreement.
    case twoWayRandom = "2,1"
    /// Raters are the only ones of interest; one rater, consistency.
    case twoWayFixed = "3,1"
    /// Each subject has raters of its own; the mean of k.
    case oneWayMean = "1,k"
    /// Raters are a random sample; the mean of k.
    case twoWayRandomMean = "2,k"
    /// Raters are the only ones of interest; the mean of k.
    case twoWayFixedMean = "3,k"
  }

  package let form: Form
  package let value: Double
  /// The interval from the F distribution, or why there is none.
  package let interval: Outcome<Interval>
  /// Number of subjects.
  package let subjects: Int
  /// Number of raters.
  package let raters: Int

  /// Computes it. O(n·k).
  ///
  /// - Parameters:
  ///   - ratings: A row for each subject, a value for each rater.
  ///   - form: The form.
  ///   - level: Coverage of the interval, in (0, 1). Forms 2,1 and 2,k use Satterthwaite's degrees of freedom for the
  ///     residual (Fleiss & Shrout 1978); the ends of 2,k are those of 2,1 by Spearman & Brown's formula.
  /// - Throws: `Reason` for one subject, one rater, a missing value, rows of unequal length, a value that is not
  ///   finite, values that are all the same, or no variance between subjects where the form divides by it.
  package init(_ ratings: [[Double?]], form: Form, level: Double = 0.95) throws(Reason) {
    let squares = try MeanSquares(ratings)
    self.form = form
    subjects = ratings.count
    raters = ratings[0].count
    guard let value = squares.value(form), value.isFinite else {
      throw Reason("the subjects do not differ from one another")
    }
    self.value = value
    guard level > 0, level < 1 else {
      interval = .failure(Reason("the level is not between 0 and 1"))
      return
    }
    if let ends = squares.ends(form, level: level), ends.lower.isFinite, ends.upper.isFinite {
      interval = .success(Interval(lower: ends.lower, upper: ends.upper))
    } else {
      interval = .failure(Reason("the subjects do not vary from rater to rater"))
    }
  }
}

/// The analysis of variance of a complete matrix of subjects × raters.
struct MeanSquares {
  /// Number of subjects.
  let n: Double
  /// Number of raters.
  let k: Double
  /// Mean square between subjects, n − 1 degrees of freedom.
  let between: Double
  /// Mean square within subjects, n(k − 1) degrees of freedom.
  let within: Double
  /// Mean square between raters, k − 1 degrees of freedom.
  let judges: Double
  /// Residual mean square, (n − 1)(k − 1) degrees of freedom.
  let residual: Double

  /// Computes the mean squares of values that are first centred, in a unit near the largest deviation, so that neither their
  /// size nor their offset costs digits; ratios of mean squares are not changed by it.
  init(_ ratings: [[Double?]]) throws(Reason) {
    guard ratings.count >= 2 else { throw Reason("fewer than two subjects") }
    guard ratings[0].count >= 2 else { throw Reason("fewer than two raters") }
    guard ratings.allSatisfy({ $0.count == ratings[0].count }) else {
      throw Reason("the subjects differ in their number of raters")
    }
    guard ratings.allSatisfy({ $0.allSatisfy { $0 != nil } }) else { throw Reason("a rating is missing") }
    var rows = ratings.map { $0.compactMap { $0 } }
    guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw Reason("a value is not finite") }
    let first = rows[0][0]
    guard rows.contains(where: { $0.contains { $0 != first } }) else { throw Reason("every value is the same") }
    try Self.standardize(&rows)
    n = Double(rows.count)
    k = Double(rows[0].count)
    let (rowCount, raterCount) = (n, k)
    let subjectMeans = rows.map { row in row.allSatisfy { $0 == row[0] } ? row[0] : row.reduce(0, +) / raterCount }
    let raterMeans = rows[0].indices.map { rater in rows.reduce(0) { $0 + $1[rater] } / rowCount }
    let mean = subjectMeans.reduce(0, +) / rowCount
    func square(_ value: Double) -> Double { value * value }
    between = raterCount * subjectMeans.reduce(0) { $0 + square($1 - mean) } / (rowCount - 1)
    judges = rowCount * raterMeans.reduce(0) { $0 + square($1 - mean) } / (raterCount - 1)
    var (inside, rest) = (0.0, 0.0)
    for (row, subjectMean) in zip(rows, subjectMeans) {
      for (value, raterMean) in zip(row, raterMeans) {
        inside += square(value - subjectMean)
        rest += square(value - subjectMean - raterMean + mean)
      }
    }
    within = inside / (rowCount * (raterCount - 1))
    // Rows that are constant leave no residual; what is computed then is rounding.
    residual = inside == 0 ? 0 : rest / ((rowCount - 1) * (raterCount - 1))
  }

  /// Puts deviations from the mean of all in place of the values, in a unit that is a power of two: exact but for the
  /// rounding of each deviation.
  private static func standardize(_ rows: inout [[Double]]) throws(Reason) {
    let deviations = CenteredColumn(rows.flatMap(\.self)).deviations
    guard deviations.contains(where: { $0 != 0 }) else { throw Reason("every value is the same") }
    let width = rows[0].count
    for row in rows.indices { rows[row] = Array(deviations[row * width..<(row + 1) * width]) }
  }

  /// The value of a form; nil when its denominator is not positive.
  func value(_ form: IntraclassCorrelation.Form) -> Double? {
    let (numerator, denominator): (Double, Double) =
      switch form {
      case .oneWay: (between - within, between + (k - 1) * within)
      case .twoWayRandom: (between - residual, between + (k - 1) * residual + k * (judges - residual) / n)
      case .twoWayFixed: (between - residual, between + (k - 1) * residual)
      case .oneWayMean: (between - within, between)
      case .twoWayRandomMean: (between - residual, between + (judges - residual) / n)
      case .twoWayFixedMean: (between - residual, between)
      }
    return denominator > 0 ? numerator / denominator : nil
  }

  /// The ends of the interval of a form; nil where F has no value.
  func ends(_ form: IntraclassCorrelation.Form, level: Double) -> (lower: Double, upper: Double)? {
    let tail = 1 - (1 - level) / 2
    switch form {
    case .oneWay, .oneWayMean:
      return ratioEnds(within, freedom: n * (k - 1), tail: tail, isMean: form == .oneWayMean)
    case .twoWayFixed, .twoWayFixedMean:
      return ratioEnds(residual, freedom: (n - 1) * (k - 1), tail: tail, isMean: form == .twoWayFixedMean)
    case .twoWayRandom: return randomEnds(tail: tail)
    case .twoWayRandomMean:
      return randomEnds(tail: tail).map { ends in
        (k * ends.lower / (1 + (k - 1) * ends.lower), k * ends.upper / (1 + (k - 1) * ends.upper))
      }
    }
  }

  private func ratioEnds(
    _ error: Double, freedom: Double, tail: Double, isMean: Bool
  ) -> (lower: Double, upper: Double)? {
    guard error > 0 else { return nil }
    let ratio = between / error
    let low = ratio / FDistribution.quantile(tail, n - 1, freedom)
    let high = ratio * FDistribution.quantile(tail, freedom, n - 1)
    if isMean { return (1 - 1 / low, 1 - 1 / high) }
    return ((low - 1) / (low + k - 1), (high - 1) / (high + k - 1))
  }

  private func randomEnds(tail: Double) -> (lower: Double, upper: Double)? {
    guard residual > 0, let value = value(.twoWayRandom) else { return nil }
    let ratio = judges / residual
    let judgePart = k * value * ratio
    let restPart = n * (1 + (k - 1) * value) - k * value
    let freedom =
      (k - 1) * (n - 1) * (judgePart + restPart) * (judgePart + restPart)
      / ((n - 1) * judgePart * judgePart + restPart * restPart)
    let below = FDistribution.quantile(tail, n - 1, freedom)
    let above = FDistribution.quantile(tail, freedom, n - 1)
    let noise = k * judges + (k * n - k - n) * residual
    return (
      n * (between - below * residual) / (below * noise + n * between),
      n * (above * between - residual) / (noise + n * above * between)
    )
  }
}
