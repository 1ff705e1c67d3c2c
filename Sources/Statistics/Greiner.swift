import ElementaryFunctions

/// How coefficients of normal columns belong together (Greiner 1909).
package enum Greiner {
  /// τ = (2/π) arcsin r, for r in −1 … 1.
  package static func kendall(_ correlation: Double) -> Double {
    2 / Double.pi * Elementary.asin(max(-1, min(1, correlation)))
  }
}
