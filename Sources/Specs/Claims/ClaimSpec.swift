import Documents

/// A claim of a publication, or of the analysis itself, with where its values are found.
public struct ClaimSpec: Sendable, Hashable {
  /// A printed number and its value.
  public struct Value: Sendable, Hashable {
    /// Path of the recomputed value; the claim's `of` when nil.
    public var of: Located<String>?
    /// The number as printed, with its digits; nil where a claim of a claims file is used, which has it.
    public var printed: Located<String>?
    /// Whether it is printed without its sign.
    public var magnitude: Bool
  }

  /// The name; verdicts are addressed by it.
  public var name: Located<String>
  /// The claim of a claims file that is judged, such as `serianni2023#hidden-covariance`; nil for one that is written out
  /// here.
  public var use: Located<String>?
  /// The name for people.
  public var title: String?
  /// What is claimed, in the author's own words; empty where a claim of a claims file is used.
  public var statement: String
  /// Where it is claimed; nil for a claim of the analysis itself.
  public var source: ClaimSource?
  /// Path of value and region, where they have none of their own.
  public var of: Located<String>?
  /// The printed number.
  public var value: Value?
  /// Where the value is said to lie.
  public var region: RegionSpec?
  /// What the region is judged on; the interval when there is one when nil.
  public var judgedOn: JudgementBasis?
  /// Path of the p-value of the test; beside the region's value when nil.
  public var pValue: Located<String>?
  /// The test, named before the run.
  public var test: String?
  /// The family that the claim is judged with.
  public var family: Located<String>?
  /// What failing does to an audit; the used claim's, or `error`, when nil.
  public var severity: ClaimSeverityWord?
  /// The verdicts that count as passing.
  public var expect: Expectation
  /// Why there is nothing to hold against it; nil when there is.
  public var notCheckable: String?
  /// What a reader should know.
  public var note: String?

  /// The verdicts that count as passing.
  public struct Expectation: Sendable, Hashable {
    /// On the printed number; `reproduced` when nil.
    public var reproduced: ReproductionWord?
    /// On the region; `supported` when nil.
    public var inference: InferenceWord?
  }
}

/// A reference to a claim of a claims file: `serianni2023#hidden-covariance`.
public struct ClaimUse: Sendable, Hashable {
  /// The claims file, which has the key of its publication.
  public var file: String
  /// The claim.
  public var claim: String

  /// Reads a reference; nil when it is not two names joined by `#`.
  public init?(_ text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ KebabCase.isName($0) }) else { return nil }
    file = String(parts[0])
    claim = String(parts[1])
  }
}

/// Where a claim is made.
public struct ClaimSource: Sendable, Hashable {
  /// Key of `data/references.bib`.
  public var reference: Located<String>
  /// The words of the publication.
  public var quote: String?
  /// Where in it: abstract, table, figure, page.
  public var locator: String?
  /// Whether the value is known from another text than the publication itself.
  public var isSecondary: Bool
}

/// What a region is judged on.
public enum JudgementBasis: String, Sendable, Hashable, CaseIterable {
  /// The interval.
  case interval
  /// The value, for claims about the data at hand.
  case value
}

/// What a failing claim does to an audit.
public enum ClaimSeverityWord: String, Sendable, Hashable, CaseIterable {
  /// It fails the audit.
  case error
  /// It is pointed out.
  case warn
  /// It is listed.
  case note
}

/// Verdicts on a printed number.
public enum ReproductionWord: String, Sendable, Hashable, CaseIterable {
  /// The number is met.
  case reproduced
  /// It is not.
  case notReproduced = "not reproduced"
  /// There is nothing to compare.
  case notCheckable = "not checkable"
}

/// Verdicts on a region.
public enum InferenceWord: String, Sendable, Hashable, CaseIterable {
  /// The region is borne out.
  case supported
  /// It is not.
  case refuted
  /// The data do not decide.
  case inconclusive
  /// There is nothing to judge.
  case notCheckable = "not checkable"
}
