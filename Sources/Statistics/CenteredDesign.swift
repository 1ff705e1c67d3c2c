import Outcomes

/// The space that feature columns span once the mean of every stratum is taken out: an orthonormal basis, so that shares of
/// variance are sums of squares.
package struct CenteredDesign: Sendable {
  /// Orthonormal columns, each summing to 0 in every stratum.
  let basis: [[Double]]

  /// The number of columns that do not depend on the others and the strata.
  package var rank: Int { basis.count }

  /// Orthonormalises the columns in order by Gram–Schmidt, twice each. A column is left out when less than 10⁻⁸ of its norm
  /// is not in the span of the strata's indicators and the columns before it: any set of columns is allowed, such as the
  /// indicators of all levels of a category.
  ///
  /// O(columns · rank · n).
  ///
  /// - Throws: `Reason` when a column is not one finite number for each row, or when none varies within the strata.
  package init(_ columns: [[Double]], strata: Strata) throws(Reason) {
    var basis: [[Double]] = []
    for column in columns {
      guard column.count == strata.numbers.count else { throw Reason("the columns differ in length") }
      guard column.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
      guard let centered = strata.deviations(column), let start = Self.normalized(centered) else { continue }
      var rest = start
      for _ in 0..<2 {
        for direction in basis {
          let product = Self.product(direction, rest)
          for row in rest.indices { rest[row] -= product * direction[row] }
        }
      }
      guard Self.product(rest, rest) > 1e-16, let direction = Self.normalized(rest) else { continue }
      basis.append(direction)
    }
    guard !basis.isEmpty else { throw Reason("no feature varies within the strata") }
    self.basis = basis
  }

  /// Σ_j (q_j · d)² / (d · d) of deviations d from the strata's means: R² of their least-squares fit, between 0 and 1. With
  /// one stratum it is the R² of a regression with intercept, otherwise the partial R² given the strata's indicators.
  ///
  /// - Precondition: `deviations` is one number for each row, not all 0.
  func share(of deviations: [Double]) -> Double {
    let explained = basis.reduce(0) { sum, direction in
      let product = Self.product(direction, deviations)
      return sum + product * product
    }
    return min(1, explained / Self.product(deviations, deviations))
  }

  static func product(_ left: [Double], _ right: [Double]) -> Double {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        var sum = 0.0
        for row in 0..<min(left.count, right.count) { sum += left[row] * right[row] }
        return sum
      }
    }
  }

  private static func normalized(_ column: [Double]) -> [Double]? {
    let norm = product(column, column).squareRoot()
    return norm > 0 ? column.map { $0 / norm } : nil
  }
}
