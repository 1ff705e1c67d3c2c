import Outcomes

/// A ranking of rows by several columns together, such as depth and width, learnt from the target without looking at the rows
/// that it ranks: what a reader gets who fits a straight line through a few sizes.
///
/// 1. Each column is replaced by its mid-ranks over the rows that have every column, standardised. The target takes no part.
/// 2. Units (clusters, or rows when there are none) are shuffled by the seed and dealt to K folds in turn, so that repeats of one
///    architecture are never on both sides.
/// 3. For each fold the mid-ranks of the target, its better end up, are fitted by least squares with intercept on the columns, over
///    the rows of the other folds that have a target. No penalty; a column that depends on those before it takes no part.
/// 4. The fit puts all rows in order. A row of the fold gets its mid-rank in that order: the fits of the folds differ in scale
///    and level, which would break ties between rows of the same sizes in favour of nothing but the fold.
///
/// A larger score promises a better target. Rows with the same values tie as far as the folds agree on the order. Where the columns
/// tell nothing, coefficients of the score are a little below 0 in the mean, as those of every cross-fitted predictor.
package enum CrossFittedRank {
  /// The score of each row, from 1 to the number of rows; nil where a column has no finite value. Rows without a target have
  /// one. O(K · n (log n + columns²)).
  ///
  /// - Parameters:
  ///   - columns: The columns, at least one, by row.
  ///   - target: The target, by row.
  ///   - higherIsBetter: True when larger targets are better.
  ///   - units: The unit of each row; every row is one when nil.
  ///   - folds: K, at least 2; fewer where there are fewer units.
  ///   - seed: Seed of the folds.
  /// - Throws: `Reason` when the columns differ in length, none of them varies, there are fewer than two units, or the other
  ///   folds of one have fewer than three rows with a target or the same target in all.
  package static func scores(
    _ columns: [[Double?]], target: [Double?], higherIsBetter: Bool, units: [Int]? = nil, folds: Int, seed: UInt64
  ) throws(Reason) -> [Double?] {
    guard columns.allSatisfy({ $0.count == target.count }), units.map({ $0.count == target.count }) ?? true else {
      throw Reason("the columns differ in length")
    }
    let rows = target.indices.filter { row in columns.allSatisfy { $0[row]?.isFinite ?? false } }
    let features = columns.compactMap { column in standardised(MidRanks.ranks(rows.compactMap { column[$0] })) }
    guard !features.isEmpty else { throw Reason("no column varies") }
    let fold = try Self.folds(units.map { units in rows.map { units[$0] } } ?? Array(rows.indices), folds, seed)
    let goals = rows.map { row in target[row].flatMap { $0.isFinite ? (higherIsBetter ? $0 : -$0) : nil } }
    var scores = [Double?](repeating: nil, count: target.count)
    for number in 0..<((fold.max() ?? -1) + 1) {
      let others = rows.indices.filter { fold[$0] != number && goals[$0] != nil }
      let known = others.compactMap { goals[$0] }
      guard known.count >= 3, known.contains(where: { $0 != known[0] }) else {
        throw Reason("too few different targets outside of a fold")
      }
      let slopes = Self.slopes(of: MidRanks.ranks(known), on: features.map { column in others.map { column[$0] } })
      let fitted = rows.indices.map { row in
        zip(slopes, features).reduce(0) { $0 + $1.0 * $1.1[row] }
      }
      for (row, rank) in zip(rows.indices, MidRanks.ranks(fitted)) where fold[row] == number {
        scores[rows[row]] = rank
      }
    }
    return scores
  }

  /// The fold of each row.
  private static func folds(_ units: [Int], _ folds: Int, _ seed: UInt64) throws(Reason) -> [Int] {
    let numbers = Strata(units)
    guard numbers.count >= 2, folds >= 2 else { throw Reason("fewer than two folds") }
    var order = Array(0..<numbers.count)
    order.shuffle(SeededGenerator(seed: seed))
    var fold = [Int](repeating: 0, count: numbers.count)
    for (place, unit) in order.enumerated() { fold[unit] = place % min(folds, numbers.count) }
    return numbers.numbers.map { fold[$0] }
  }

  /// Values less their mean over their standard deviation; nil when all are equal.
  private static func standardised(_ values: [Double]) -> [Double]? {
    let centered = Self.centered(values)
    let square = centered.reduce(0) { $0 + $1 * $1 } / Double(max(1, values.count))
    return square > 0 ? centered.map { $0 / square.squareRoot() } : nil
  }

  private static func centered(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    return values.map { $0 - mean }
  }

  /// The slopes of the least-squares fit with intercept, by Gram–Schmidt, twice each; 0 for a column of which less than 10⁻⁸ is not
  /// in the span of those before it.
  private static func slopes(of target: [Double], on columns: [[Double]]) -> [Double] {
    func product(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
    /// The orthogonal columns, each with its column's place and what was taken off: column = Σ parts · basis + own column.
    var basis: [(values: [Double], square: Double, place: Int, parts: [Double])] = []
    for (place, column) in columns.enumerated() {
      let start = centered(column)
      var rest = start
      var parts = [Double](repeating: 0, count: basis.count)
      for _ in 0..<2 {
        for (index, direction) in basis.enumerated() {
          let part = product(direction.values, rest) / direction.square
          parts[index] += part
          for row in rest.indices { rest[row] -= part * direction.values[row] }
        }
      }
      let square = product(rest, rest)
      if square > 1e-16 * product(start, start), square > 0 { basis.append((rest, square, place, parts)) }
    }
    let goal = centered(target)
    var along = basis.map { product($0.values, goal) / $0.square }
    var slopes = [Double](repeating: 0, count: columns.count)
    for index in basis.indices.reversed() {
      slopes[basis[index].place] = along[index]
      for earlier in 0..<index { along[earlier] -= along[index] * basis[index].parts[earlier] }
    }
    return slopes
  }
}

extension Array {
  /// Puts the elements in a random order (Fisher–Yates, from the end).
  fileprivate mutating func shuffle(_ generator: SeededGenerator) {
    var generator = generator
    for last in stride(from: count - 1, to: 0, by: -1) { swapAt(last, generator.next(below: last + 1)) }
  }
}
