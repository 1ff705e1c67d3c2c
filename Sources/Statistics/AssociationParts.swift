/// The three sums that τ-b, ρ and r are made of, each of the form product / √(x spread · y spread). Sums of several
/// samples add up to those of the pairs and deviations inside of them.
struct AssociationParts: Sendable, Hashable {
  /// S = concordant − discordant pairs; or Σ of products of deviations.
  var product = 0.0
  /// Pairs not tied in x; or Σ of squared deviations.
  var xSpread = 0.0
  /// Pairs not tied in y; or Σ of squared deviations.
  var ySpread = 0.0

  /// The coefficient, in −1 … 1; nil where a column does not vary. Equal spreads give product / spread, which is exactly ±1
  /// for orders that agree or are opposite.
  var coefficient: Double? {
    guard xSpread > 0, ySpread > 0 else { return nil }
    let value = xSpread == ySpread ? product / xSpread : product / xSpread.squareRoot() / ySpread.squareRoot()
    return value.isFinite ? max(-1, min(1, value)) : nil
  }

  static func + (left: AssociationParts, right: AssociationParts) -> AssociationParts {
    AssociationParts(
      product: left.product + right.product, xSpread: left.xSpread + right.xSpread,
      ySpread: left.ySpread + right.ySpread)
  }

  static func - (left: AssociationParts, right: AssociationParts) -> AssociationParts {
    AssociationParts(
      product: left.product - right.product, xSpread: left.xSpread - right.xSpread,
      ySpread: left.ySpread - right.ySpread)
  }
}
