import Documents

/// A relation by which a column y may be made from a column x, with constants a and b.
package enum ColumnRelation: String, FieldWord {
  /// y = x.
  case equal
  /// y = −x.
  case opposite
  /// y = a·x.
  case factor
  /// y = x + b.
  case offset
  /// y = a·x + b.
  case affine

  /// Number of rows that fix its constants.
  var rowsNeeded: Int {
    switch self {
    case .equal, .opposite: 0
    case .factor, .offset: 1
    case .affine: 2
    }
  }
}

/// A relation with constants fitted to pairs of numbers, and how far it holds.
///
/// The factor is the median of yᵢ/xᵢ over rows with xᵢ ≠ 0, the offset the median of yᵢ − xᵢ; of an affine relation the slope
/// is the median of the slopes to the row of the median x (the lower of two), the intercept the median of yᵢ − a·xᵢ. A few
/// rows that do not fit do not move them.
///
/// The error of a row is |y − f(x)| / max(|y|, |f(x)|) for a relation without an offset, in 0 … 2; for one with an offset
/// it is |y − f(x)| / max(|y − m|, |f(x) − m|, d), m the median of y and d the median of |y − m| (its mean when that is 0),
/// because an offset as large as one likes would make any relative error small.
struct FittedRelation: Sendable {
  let relation: ColumnRelation
  let factor: Double
  let offset: Double
  /// The error of each row, in the order of the rows.
  let errors: [Double]
  /// The median of |y − f(x)| relative to d; nil when y does not vary.
  let spreadError: Double?

  /// Fits a relation; nil when no number fits.
  ///
  /// - Precondition: As many x as y, at least one.
  init?(_ relation: ColumnRelation, x: [Double], y: [Double], center: Center) {
    guard let (factor, offset) = Self.constants(relation, x, y), factor.isFinite, offset.isFinite, factor != 0 else {
      return nil
    }
    self.relation = relation
    self.factor = factor
    self.offset = offset
    let isShifted = relation == .offset || relation == .affine
    var errors: [Double] = []
    var residuals: [Double] = []
    errors.reserveCapacity(x.count)
    residuals.reserveCapacity(x.count)
    for (x, y) in zip(x, y) {
      let fitted = factor * x + offset
      guard fitted.isFinite else { return nil }
      let residual = abs(y - fitted)
      residuals.append(residual)
      let error =
        isShifted
        ? residual / max(abs(y - center.median), abs(fitted - center.median), center.deviation)
        : Quantities.relativeDifference(y, fitted)
      errors.append(error.isFinite ? error : y == fitted ? 0 : 2)
    }
    self.errors = errors
    spreadError = center.deviation > 0 ? Quantities.median(residuals).map { $0 / center.deviation } : nil
  }

  /// Location and spread of a column.
  struct Center: Sendable {
    let median: Double
    /// Median of the distances from it; their mean when that is 0.
    let deviation: Double

    init(_ values: [Double]) {
      let median = Quantities.median(values) ?? 0
      let distances = values.map { abs($0 - median) }
      let half = Quantities.median(distances) ?? 0
      self.median = median
      deviation = half > 0 ? half : Quantities.mean(distances) ?? 0
    }
  }

  private static func constants(_ relation: ColumnRelation, _ x: [Double], _ y: [Double]) -> (Double, Double)? {
    switch relation {
    case .equal: return (1, 0)
    case .opposite: return (-1, 0)
    case .factor:
      return Quantities.median(zip(x, y).compactMap { $0 == 0 ? nil : $1 / $0 }).map { ($0, 0) }
    case .offset: return Quantities.median(zip(x, y).map { $1 - $0 }).map { (1, $0) }
    case .affine:
      let order = x.indices.sorted { x[$0] == x[$1] ? $0 < $1 : x[$0] < x[$1] }
      let pivot = order[(order.count - 1) / 2]
      let slopes = x.indices.compactMap { row in
        x[row] == x[pivot] ? nil : (y[row] - y[pivot]) / (x[row] - x[pivot])
      }
      guard let slope = Quantities.median(slopes) else { return nil }
      return Quantities.median(zip(x, y).map { $1 - slope * $0 }).map { (slope, $0) }
    }
  }
}
