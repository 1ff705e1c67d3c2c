import Claims
import Diagnostics
import Documents

/// The region that a value is claimed to lie in, given by exactly one of the keys in `exactlyOne`.
package struct RegionSpec: Keyed {
  /// Path of the value; the claim's `of` when nil.
  package var of: Located<String>?
  /// The region; nil where a claim of a claims file is used, which has it, and where its numbers do not fit.
  package var region: ClaimedRegion?
  /// The numbers of `between`, whatever their number and order.
  var between: [Double]?
  /// Place of the mapping in the spec, for findings about it.
  package var location = Located<String>.unread.location

  package init() {}

  package static let definition = "claimed-region"
  package static let summary =
    "Where a value is said to lie; exactly one of above, below, at-least, at-most, between, equivalent, differs-from, is."
  package static let exactlyOne = [
    "above", "below", "at-least", "at-most", "between", "equivalent", "differs-from", "is",
  ]
  package static let fields: [Field<RegionSpec>] = [.optional("of", \.of, "Path of the value.")] + bounds

  private static let bounds: [Field<RegionSpec>] = [
    .choice("above", Double.self, "Greater than this.") { $0.region = .above($1) },
    .choice("below", Double.self, "Less than this.") { $0.region = .below($1) },
    .choice("at-least", Double.self, "Not less than this.") { $0.region = .atLeast($1) },
    .choice("at-most", Double.self, "Not greater than this.") { $0.region = .atMost($1) },
    .choice("between", [Double].self, "From the first number to the second.", .list(.anyNumber, minimum: 2)) {
      $0.between = $1
      if $1.count == 2 { $0.region = .between(lower: $1[0], upper: $1[1]) }
    },
    .choice("equivalent", Equivalence.self, "Within a margin of a number.") {
      $0.region = .equivalent(to: $1.center, margin: $1.margin)
    },
    .choice("differs-from", Double.self, "Anything but this.") { $0.region = .differs(from: $1) },
    .choice("is", String.self, "This text, such as a forensic verdict.", .scalar) { $0.region = .text($1) },
  ]

  private struct Equivalence: Keyed {
    var margin = 0.0
    var center = 0.0

    static let definition = "equivalence"
    static let summary = "Within a margin of a number; the margin is stated beforehand."
    static let fields: [Field<Equivalence>] = [
      .required("within", \.margin, "The margin.", .number(0...Double.greatestFiniteMagnitude, exclusive: true)),
      .optional("to", \.center, "The number."),
    ]
  }

  static let ofPaper = KeySet<RegionSpec>("paper-claimed-region", summary, bounds, exactlyOne: exactlyOne)
  static let place = KeySet<RegionSpec>(
    "claim-place", "Where a value is found.", [.required("of", \.of, "Path of the recomputed value.")])

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> RegionSpec? {
    var region = keys.read(node, reading)
    region?.location = node.location
    return region
  }
}

/// Claims that are judged together.
package struct ClaimFamilySpec: Keyed, Named {
  package var name = Located<String>.unread
  /// The name for people.
  package var title: String?
  package var correction = ClaimFamily.Correction.holm
  /// The chance of any wrong verdict in the family, in (0, 0.5).
  package var alpha = 0.05

  package init() {}

  package static let definition = "claim-family"
  package static let summary =
    "Claims that are judged together, so that the chance of any wrong verdict is at most alpha."
  package static let fields: [Field<ClaimFamilySpec>] = [
    .title(\.title),
    .required(
      "correction", \.correction,
      "holm adjusts the p-values of their tests; bonferroni needs intervals at a level of 1 − alpha/m."),
    .optional("alpha", \.alpha, "The chance.", .number(0...0.5, exclusive: true)),
  ]
}
