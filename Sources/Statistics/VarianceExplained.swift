import Outcomes

/// The share of a target's variance that features explain in a least-squares fit, with a permutation test.
package struct VarianceExplained: Sendable, Hashable {
  /// Settings of a permutation test.
  package struct Settings: Sendable, Hashable {
    /// Number of permutations B, 1 … 100,000.
    package var permutations: Int
    /// Seed of the permutations.
    package var seed: UInt64

    package init(permutations: Int = 9999, seed: UInt64 = 1) {
      self.permutations = permutations
      self.seed = seed
    }
  }

  /// R² of the target's deviations from the strata's means on the features' (partial R² given the strata), 0 … 1.
  package var share: Double
  /// Independent columns among the features' once the strata are taken out; the degrees of freedom of the test.
  package var rank: Int
  /// The mean of R² over the permutations: what features without any effect explain.
  package var chanceMean: Double
  /// The value that R² exceeds in 5 % of the permutations.
  package var chanceUpper: Double
  /// (1 + #{R²* ≥ R²}) / (1 + B), R²* those of the permutations (Phipson & Smyth 2010).
  package var pValue: PValue

  /// Tests several sets of features with the same permutations.
  ///
  /// Permutation b of B permutes the target within every stratum by Fisher–Yates with stream b of the seed, strata in order
  /// of first occurrence; that is the same as permuting the features' rows together, so features keep their dependence on one
  /// another and on the strata. The p-value is exact when rows of a stratum are exchangeable, whatever the strata's means and
  /// spreads. Ties count as at least as large: R²* ≥ R² − 10⁻¹². O(B · n · Σ rank).
  ///
  /// - Parameters:
  ///   - designs: The columns of each set: numbers as they are, an indicator for each level of a category.
  ///   - target: One finite number for each row.
  ///   - strata: Rows that may change places.
  ///   - settings: Permutations and seed.
  /// - Returns: A value, or the reason for none, for each set: when no feature varies within the strata, when the target does
  ///   not, or when a number is not finite.
  package static func tests(
    of designs: [[[Double]]], target: [Double], strata: Strata, settings: Settings
  ) -> [Outcome<VarianceExplained>] {
    func failing(_ reason: String) -> [Outcome<VarianceExplained>] {
      designs.map { _ in .failure(Reason(reason)) }
    }
    guard (1...100_000).contains(settings.permutations) else {
      return failing("the number of permutations is not in 1 … 100,000")
    }
    guard target.count == strata.numbers.count else { return failing("the columns differ in length") }
    guard target.allSatisfy(\.isFinite) else { return failing("a value is not finite") }
    guard let deviations = strata.deviations(target) else {
      return failing(
        strata.count > 1 ? "the target does not vary within the strata" : "the target is constant")
    }
    let fits = designs.map { design in
      Outcome.of { () throws(Reason) in try CenteredDesign(design, strata: strata) }
    }
    let spaces = fits.compactMap(\.value)
    let permuted = permutedShares(spaces, deviations, strata, settings)
    var index = 0
    return fits.map { fit in
      fit.map { space in
        defer { index += 1 }
        return VarianceExplained(space, share: space.share(of: deviations), permuted: permuted[index])
      }
    }
  }

  private init(_ space: CenteredDesign, share: Double, permuted: [Double]) {
    self.share = share
    rank = space.rank
    chanceMean = permuted.reduce(0, +) / Double(permuted.count)
    chanceUpper = Quantile.linear(permuted.sorted(), 0.95)
    pValue = PValue(exceeding: permuted.count { $0 >= share - 1e-12 }, of: permuted.count)
  }

  private static func permutedShares(
    _ spaces: [CenteredDesign], _ deviations: [Double], _ strata: Strata, _ settings: Settings
  ) -> [[Double]] {
    var shares = spaces.map { _ in [Double]() }
    for index in shares.indices { shares[index].reserveCapacity(settings.permutations) }
    guard !spaces.isEmpty else { return shares }
    var permuted = deviations
    for permutation in 0..<settings.permutations {
      permuted = deviations
      var generator = SeededGenerator(seed: settings.seed, stream: UInt64(permutation))
      for rows in strata.members {
        for last in stride(from: rows.count - 1, to: 0, by: -1) {
          permuted.swapAt(rows[last], rows[generator.next(below: last + 1)])
        }
      }
      for (index, space) in spaces.enumerated() { shares[index].append(space.share(of: permuted)) }
    }
    return shares
  }
}

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

  /// Values less what the strata and the columns explain of them in a least-squares fit, in the unit of the largest deviation's
  /// power of two. nil when what is left is rounding: less than 10⁻⁸ of the norm of the deviations from the strata's means.
  ///
  /// - Precondition: One finite value for each row of the design.
  package func residuals(of values: [Double], strata: Strata) -> [Double]? {
    guard let deviations = strata.deviations(values) else { return nil }
    var rest = deviations
    for _ in 0..<2 {
      for direction in basis {
        let product = Self.product(direction, rest)
        for row in rest.indices { rest[row] -= product * direction[row] }
      }
    }
    return Self.product(rest, rest) > 1e-16 * Self.product(deviations, deviations) ? rest : nil
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
