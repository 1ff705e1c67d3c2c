import Outcomes

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
