/// How the p-values of a family are adjusted for their number.
package enum Adjustment: String, Sendable, Hashable, CaseIterable {
  /// Holm (1979): no wrong rejection at all, as claims need it.
  case holm
  /// Benjamini & Hochberg (1995): few wrong ones among the rejections, for exploration.
  case benjaminiHochberg = "benjamini-hochberg"
  /// Not at all.
  case none
}
