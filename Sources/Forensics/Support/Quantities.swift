import Statistics

/// Sums of squares and quantiles that several checks share. Each is nil, never infinite, when it has no value.
enum Quantities {
  /// Sum of squared deviations from the mean, of values divided by a scale.
  static func squaredDeviations(_ values: [Double], scale: Double) -> Double {
    guard let first = values.first, scale > 0, values.contains(where: { $0 != first }) else { return 0 }
    let scaled = values.map { $0 / scale }
    let mean = Mean.value(scaled)
    return scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }

  /// A power of two from half the largest magnitude to the magnitude itself, by which values divide without rounding; 0 when
  /// every value is 0.
  static func magnitude(_ values: [Double]) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? Double(sign: .plus, exponent: max(-1000, largest.exponent), significand: 1) : 0
  }

  /// Standard deviation with n − 1.
  static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    guard let deviation = try? ColumnSummary(values).standardDeviation else { return nil }
    return deviation.isFinite ? deviation : nil
  }

  /// Arithmetic mean; of equal values, that value.
  static func mean(_ values: [Double]) -> Double? {
    guard let first = values.first else { return nil }
    guard values.contains(where: { $0 != first }) else { return first }
    let mean = Mean.value(values)
    return mean.isFinite ? mean : nil
  }

  /// Quantile of type 7.
  static func quantile(_ values: [Double], _ p: Double) -> Double? {
    values.isEmpty ? nil : Quantile.linear(values.sorted(), p)
  }

  static func median(_ values: [Double]) -> Double? { quantile(values, 0.5) }

  /// |a − b| relative to the larger magnitude, in 0 … 2; 0 when they are equal.
  static func relativeDifference(_ a: Double, _ b: Double) -> Double {
    guard a != b else { return 0 }
    let scale = max(abs(a), abs(b))
    return abs(a / scale - b / scale)
  }
}

extension Optional where Wrapped == Double {
  /// The value as a number of a finding, or why there is none.
  func number(_ make: (Double) -> FindingValue, else reason: String = "too few values") -> FindingValue {
    map(make) ?? .undefined(reason)
  }
}
