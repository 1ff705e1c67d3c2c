import Outcomes

/// The dependence of repeated measurements on the one before: their lag-1 serial correlation, averaged over subjects,
/// with a permutation test for several columns together.
///
/// For a subject with values x₁ … x_n, n ≥ 3, not all equal: r = Σ_{t<n} (x_t − x̄)(x_{t+1} − x̄) / Σ_t (x_t − x̄)². A column's
/// value is the mean of r over its subjects; under exchangeable orders its expectation is the mean of −1/n. Each permutation
/// orders the values of every subject anew, those of all columns alike, so that what the columns share stays. The tests are
/// one-sided: p = (1 + #{permuted ≥ observed}) / (1 + permutations). A trend within subjects is a serial correlation too.
package struct SerialCorrelation: Sendable, Hashable {
  /// The test of one column.
  package struct Test: Sendable, Hashable {
    /// The mean of r over subjects, in −1 … 1.
    package let value: Double
    /// Its expectation under exchangeable orders.
    package let expected: Double
    /// Number of subjects.
    package let subjects: Int
    /// The probability of a value as large under exchangeable orders.
    package let pValue: PValue
    /// The probability of a value as large in any of the columns (Westfall & Young 1993, single-step maxT): the error rate of the
    /// family.
    package let adjustedPValue: PValue
  }

  /// The columns, in order.
  package let columns: [Outcome<Test>]
  /// The mean of the columns' values.
  package let mean: Double
  /// Its expectation under exchangeable orders.
  package let expectedMean: Double
  /// The probability of a mean as large under exchangeable orders.
  package let pValue: PValue
  /// Number of permutations.
  package let permutations: Int

  /// Computes it. O(permutations · columns · rows).
  ///
  /// - Parameters:
  ///   - series: For each column, for each subject, its values in order. Subjects with a missing value in a column are left
  ///     out of it.
  ///   - permutations: 1 … 1,000,000.
  ///   - seed: Seed of the orders; permutation k uses stream k.
  /// - Throws: `Reason` when no column has a subject, columns differ in their subjects, or permutations are out of range.
  package init(_ series: [[[Double?]]], permutations: Int = 9999, seed: UInt64 = 1) throws(Reason) {
    guard (1...1_000_000).contains(permutations) else { throw Reason("the permutations are not in 1 … 1,000,000") }
    guard let lengths = series.first?.map(\.count), series.allSatisfy({ $0.map(\.count) == lengths }) else {
      throw Reason(series.isEmpty ? "no column" : "the columns differ in their subjects")
    }
    let standardized = series.map { $0.map(Self.standardized) }
    let usable = standardized.indices.filter { standardized[$0].contains { $0 != nil } }
    guard !usable.isEmpty else { throw Reason("no subject has three values that are there and differ") }
    let subjects = usable.map { column in standardized[column].count { $0 != nil } }
    let asGiven = lengths.map { Array(0..<$0) }
    let observed = zip(usable, subjects).map { (column: Int, count: Int) -> Double in
      Self.mean(standardized[column], count, orders: asGiven)
    }
    let observedMean = observed.reduce(0, +) / Double(usable.count)
    var exceeding = [Int](repeating: 0, count: usable.count)
    var exceedingLargest = exceeding
    var exceedingMean = 0
    // Orders that give the same sum in exact arithmetic may differ by rounding.
    let slack = 1e-12
    for permutation in 0..<permutations {
      var generator = SeededGenerator(seed: seed, stream: UInt64(permutation))
      let orders = lengths.map { Self.order($0, &generator) }
      let permuted = zip(usable, subjects).map { (column: Int, count: Int) -> Double in
        Self.mean(standardized[column], count, orders: orders)
      }
      let largest = permuted.reduce(-2, max)
      for index in permuted.indices {
        if permuted[index] >= observed[index] - slack { exceeding[index] += 1 }
        if largest >= observed[index] - slack { exceedingLargest[index] += 1 }
      }
      if permuted.reduce(0, +) / Double(usable.count) >= observedMean - slack { exceedingMean += 1 }
    }
    let probability = { (count: Int) in PValue(exceeding: count, of: permutations) }
    let expected = zip(usable, subjects).map { column, count in
      zip(standardized[column], lengths).reduce(0) { $1.0 == nil ? $0 : $0 - 1 / Double($1.1) } / Double(count)
    }
    var tests: [Outcome<Test>] = series.map { _ in
      .failure(Reason("no subject has three values that are there and differ"))
    }
    for (index, column) in usable.enumerated() {
      tests[column] = .success(
        Test(
          value: observed[index], expected: expected[index], subjects: subjects[index],
          pValue: probability(exceeding[index]), adjustedPValue: probability(exceedingLargest[index])))
    }
    columns = tests
    mean = observedMean
    expectedMean = expected.reduce(0, +) / Double(usable.count)
    pValue = probability(exceedingMean)
    self.permutations = permutations
  }

  /// Deviations from the mean over the root of their sum of squares; nil for a subject that cannot be used.
  private static func standardized(_ values: [Double?]) -> [Double]? {
    let defined = values.compactMap { $0 }
    guard defined.count == values.count, defined.count >= 3, defined.allSatisfy(\.isFinite),
      defined.contains(where: { $0 != defined[0] })
    else { return nil }
    let deviations = CenteredColumn(defined).deviations
    let root = deviations.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return root > 0 ? deviations.map { $0 / root } : nil
  }

  private static func mean(_ subjects: [[Double]?], _ count: Int, orders: [[Int]]) -> Double {
    var sum = 0.0
    for (subject, order) in zip(subjects, orders) {
      guard let subject else { continue }
      for place in 1..<order.count { sum += subject[order[place - 1]] * subject[order[place]] }
    }
    return sum / Double(count)
  }

  private static func order(_ count: Int, _ generator: inout SeededGenerator) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for last in (1..<count).reversed() { order.swapAt(last, generator.next(below: last + 1)) }
    return order
  }
}
