import Documents

/// A claim of a publication, or of the analysis itself, with where its values are found.
package struct ClaimSpec: Sendable, Hashable {
  /// A printed number and its value.
  package struct Value: Sendable, Hashable {
    /// Path of the recomputed value; the claim's `of` when nil.
    package var of: Located<String>?
    /// The number as printed, with its digits; nil where a claim of a claims file is used, which has it.
    package var printed: Located<String>?
    /// Whether it is printed without its sign.
    package var magnitude: Bool
  }

  /// The name; verdicts are addressed by it.
  package var name: Located<String>
  /// The claim of a claims file that is judged, such as `serianni2023#hidden-covariance`; nil for one that is written out
  /// here.
  package var use: Located<String>?
  /// The name for people.
  package var title: String?
  /// What is claimed, in the author's own words; empty where a claim of a claims file is used.
  package var statement: String
  /// Where it is claimed; nil for a claim of the analysis itself.
  package var source: ClaimSource?
  /// Path of value and region, where they have none of their own.
  package var of: Located<String>?
  /// The printed number.
  package var value: Value?
  /// Where the value is said to lie.
  package var region: RegionSpec?
  /// What the region is judged on; the interval when there is one when nil.
  package var judgedOn: JudgementBasis?
  /// Path of the p-value of the test; beside the region's value when nil.
  package var pValue: Located<String>?
  /// The test, named before the run.
  package var test: String?
  /// The family that the claim is judged with.
  package var family: Located<String>?
  /// What failing does to an audit; the used claim's, or `error`, when nil.
  package var severity: ClaimSeverityWord?
  /// The verdicts that count as passing.
  package var expect: Expectation
  /// Why there is nothing to hold against it; nil when there is.
  package var notCheckable: String?
  /// What a reader should know.
  package var note: String?

  /// The verdicts that count as passing.
  package struct Expectation: Sendable, Hashable {
    /// On the printed number; `reproduced` when nil.
    package var reproduced: ReproductionWord?
    /// On the region; `supported` when nil.
    package var inference: InferenceWord?
  }
}

/// A reference to a claim of a claims file: `serianni2023#hidden-covariance`.
package struct ClaimUse: Sendable, Hashable {
  /// The claims file, which has the key of its publication.
  package var file: String
  /// The claim.
  package var claim: String

  /// Reads a reference; nil when it is not two names joined by `#`.
  package init?(_ text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ KebabCase.isName($0) }) else { return nil }
    file = String(parts[0])
    claim = String(parts[1])
  }
}

/// Where a claim is made.
package struct ClaimSource: Sendable, Hashable {
  /// Key of `data/references.bib`.
  package var reference: Located<String>
  /// The words of the publication.
  package var quote: String?
  /// Where in it: abstract, table, figure, page.
  package var locator: String?
  /// Whether the value is known from another text than the publication itself.
  package var isSecondary: Bool
}

/// What a region is judged on.
package enum JudgementBasis: String, Sendable, Hashable, CaseIterable {
  /// The interval.
  case interval
  /// The value, for claims about the data at hand.
  case value
}

/// What a failing claim does to an audit.
package enum ClaimSeverityWord: String, Sendable, Hashable, CaseIterable {
  /// It fails the audit.
  case error
  /// It is pointed out.
  case warn
  /// It is listed.
  case note
}

/// Verdicts on a printed number.
package enum ReproductionWord: String, Sendable, Hashable, CaseIterable {
  /// The number is met.
  case reproduced
  /// It is not.
  case notReproduced = "not reproduced"
  /// There is nothing to compare.
  case notCheckable = "not checkable"
}

/// Verdicts on a region.
package enum InferenceWord: String, Sendable, Hashable, CaseIterable {
  /// The region is borne out.
  case supported
  /// It is not.
  case refuted
  /// The data do not decide.
  case inconclusive
  /// There is nothing to judge.
  case notCheckable = "not checkable"
}
