/// Sums of products of deviations without each unit.
enum SumsWithout {
  /// Σ(x − x̄)(y − ȳ) and both Σ(x − x̄)², means of the rows that are left. O(n).
  ///
  /// - Returns: By unit; nil where what is left is so small beside the unit that the difference would lose digits: a few
  ///   units at most, which have to be left out by themselves.
  static func parts(
    _ xDeviations: [Double], _ yDeviations: [Double], _ members: UnitMembers, distinct: DistinctWithout
  ) -> [AssociationParts?] {
    let whole = WeightedSums(xDeviations, yDeviations, [Int32](repeating: 1, count: xDeviations.count))
    return (0..<members.count).map { unit in
      let total = whole.total - Double(members.size(unit))
      let isVaried = (x: distinct.x[unit] >= 2, y: distinct.y[unit] >= 2)
      guard total > 0, isVaried.x || isVaried.y else { return AssociationParts() }
      if members.isLarge(unit) { return nil }
      var (sums, squares, products) = (whole.sums, whole.squares, whole.products)
      for place in members[unit] {
        let pair = SIMD2(xDeviations[Int(place)], yDeviations[Int(place)])
        sums -= pair
        squares -= pair * pair
        products -= pair.x * pair.y
      }
      let spread = squares - sums * sums / total
      if isVaried.x, spread.x <= 0.05 * whole.squares.x { return nil }
      if isVaried.y, spread.y <= 0.05 * whole.squares.y { return nil }
      return AssociationParts(
        product: isVaried.x && isVaried.y ? products - sums.x * sums.y / total : 0, xSpread: isVaried.x ? spread.x : 0,
        ySpread: isVaried.y ? spread.y : 0)
    }
  }
}
