import ElementaryFunctions
import Outcomes

/// A smooth estimate of how dense values lie.
package enum KernelDensity {
  /// Gaussian kernel density at places: Σ φ((x − yᵢ)/h)/(nh), with Silverman's bandwidth h = 0.9·min(s, IQR/1.34)·n^(−1/5)
  /// (1986, formula 3.31), and s alone when the quartiles agree. O(n · places).
  ///
  /// - Throws: `Reason` for fewer than two values, values that do not differ, or one that is not finite.
  package static func density(of values: [Double], at places: [Double]) throws(Reason) -> [Double] {
    let width = try bandwidth(values)
    let scale = 1 / (Double(values.count) * width * (2 * Double.pi).squareRoot())
    return places.map { place in
      values.reduce(0) { sum, value in
        let z = (place - value) / width
        return sum + Elementary.exp(-z * z / 2)
      } * scale
    }
  }

  /// Silverman's bandwidth.
  ///
  /// - Throws: `Reason` as `density(of:at:)`.
  package static func bandwidth(_ values: [Double]) throws(Reason) -> Double {
    let summary = try ColumnSummary(values)
    guard let deviation = summary.standardDeviation, deviation > 0 else { throw Reason("the values do not differ") }
    let quartiles = (summary.upperQuartile - summary.lowerQuartile) / 1.34
    let spread = quartiles > 0 ? min(deviation, quartiles) : deviation
    return 0.9 * spread * Elementary.pow(Double(values.count), -0.2)
  }
}
