import Diagnostics

/// Where a value is said to lie.
package struct RegionSpec: Sendable, Hashable {
  /// The kinds of region.
  package enum Bounds: Sendable, Hashable {
    /// Greater than.
    case above(Double)
    /// Less than.
    case below(Double)
    /// Not less than.
    case atLeast(Double)
    /// Not greater than.
    case atMost(Double)
    /// From the first of two numbers to the second, ends included.
    case between([Double])
    /// Within a margin of a number, ends excluded.
    case equivalent(to: Double, margin: Double)
    /// Anything but.
    case differs(from: Double)
    /// A text.
    case text(String)
  }

  /// Path of the value; the claim's `of` when nil.
  package var of: Located<String>?
  /// The region; nil where a claim of a claims file is used, which has it.
  package var bounds: Bounds?
  /// Where it stands.
  package var location: SourceLocation
}

/// Claims that are judged together.
package struct ClaimFamilySpec: Sendable, Hashable {
  /// How verdicts allow for the number of claims.
  package enum Correction: String, Sendable, Hashable, CaseIterable {
    /// P-values adjusted by Holm (1979).
    case holm
    /// Intervals at a level of 1 − α/m.
    case bonferroni
  }

  /// The name.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The correction.
  package var correction: Correction
  /// The chance of any wrong verdict; 0.05 by default.
  package var alpha: Double
}
