import Claims
import Diagnostics
import Documents

/// A claim of a publication, or of the analysis itself, with the paths of its values.
package struct ClaimSpec: Keyed, Named {
  /// The name; verdicts are addressed by it.
  package var name = Located<String>.unread
  /// The claim of a claims file that is judged, such as `serianni2023#hidden-covariance`; nil for one that is written out
  /// here.
  package var use: Located<String>?
  /// The name for people.
  package var title: String?
  /// The claim in the author's own words, or the finding in one sentence with references to values; empty where a claim of a
  /// claims file is used.
  package var statement = Located<String>.unread
  /// The publication that makes the claim; nil for a claim of the analysis itself, and where a claim of a claims file is
  /// used.
  package var source: ClaimSource?
  /// Path of value and region, where they have none of their own.
  package var of: Located<String>?
  /// The printed number.
  package var value: ClaimedValue?
  /// The region that the value is claimed to lie in; nil when none is claimed here.
  package var region: RegionSpec?
  /// The basis on which the region is judged, the interval or the value alone; when nil, that of the used claim, or else the
  /// interval where there is one.
  package var judgedOn: Inference.Basis?
  /// Path of the p-value of the test; beside the region's value when nil.
  package var pValue: Located<String>?
  /// The test in words; `registered` says whether it was named before the first result.
  package var test: String?
  /// The day when claim and test were written down; nil when it is not stated.
  package var registered: RegistrationSpec?
  /// The trivial baseline that the value is held against, by its name for people; nil where the value is of no comparison, or
  /// names both sides itself.
  package var baseline: String?
  /// The claim whose statement this one is another part of; nil for a claim that has one of its own, or shares it by `use`.
  package var statementOf: Located<String>?
  /// How the statement is read, where it can be read in several ways: it holds when one of them does.
  package var reading: String?
  /// The family that the claim is judged with.
  package var family: Located<String>?
  /// The consequence of failing for an audit; when nil, that of the used claim, or else `error`.
  package var severity: ClaimSeverity?
  /// The verdicts that count as passing.
  package var expect = Expectation()
  /// The reason why there is no value to hold against the claim; nil when there is one.
  package var notCheckable: String?
  /// What the value of a finding is, for people; nil for what its path says.
  package var valueTitle: String?
  /// A remark for readers, shown on the claim's card; nil for none.
  package var note: String?

  package init() {}

  /// The verdicts that count as passing.
  package struct Expectation: Keyed {
    package var reproduced: ClaimExpectation.Reproduced?
    package var inference: ClaimExpectation.Inferred?

    package init() {}

    package static let definition = "claim-expectation"
    package static let summary = "The verdicts that count as passing."
    package static let fields: [Field<Expectation>] = [
      .optional("reproduced", \.reproduced, "On the printed number.", fallback: "reproduced"),
      .optional("inference", \.inference, "On the region.", fallback: "supported"),
    ]
  }

  package static let definition = "claim"
  package static let summary = "A claim that is written out: a printed number, a region, or both."
  package static let fields: [Field<ClaimSpec>] =
    stated(source: ClaimSource.schema) + written + judged + settings + [family, joined, reading, notCheckable]

  private static let written: [Field<ClaimSpec>] = [
    of,
    .optional("value", \.value, "The printed number."),
    .optional("region", \.region, "Where the value is said to lie."),
  ]

  private static func stated(source: Schema) -> [Field<ClaimSpec>] {
    [
      .title(\.title),
      .required("statement", \.statement, "What is claimed, in your own words."),
      .optional("source", \.source, "Where it is claimed.", source),
    ]
  }

  private static let of = Field<ClaimSpec>.optional(
    "of", \.of, "Path of the recomputed value, for number and region.")

  private static let judged: [Field<ClaimSpec>] = [
    .optional(
      "judged-on", \.judgedOn, "What the region is judged on; the interval when there is one when left out."),
    .optional("test", \.test, "The test in words."),
    .optional(
      "severity", \.severity, "Whether a claim that fails fails the audit, is pointed out, or is listed.",
      fallback: "error"),
    .optional("note", \.note, "A remark that stands beside the verdict."),
  ]

  private static let settings: [Field<ClaimSpec>] = [
    .optional("p-value", \.pValue, "Path of the p-value of the test, where it does not stand beside the value."),
    .optional("expect", \.expect, "The verdicts that count as passing."),
    .optional(
      "registered", \.registered,
      "The day when it was written down; with `first-result` of the analysis it says whether that was beforehand."),
    .optional(
      "baseline", \.baseline, "The trivial baseline that the value is held against, as readers know it."),
  ]

  private static let family = Field<ClaimSpec>.optional(
    "family", \.family, "Name of a claim family.", .identifier)
  private static let joined = Field<ClaimSpec>.optional(
    "statement-of", \.statementOf, "Name of the claim whose statement this one is another part of.", .identifier)
  private static let reading = Field<ClaimSpec>.optional(
    "reading", \.reading, "How the statement is read, where it can be read in several ways: it holds when one holds.")
  private static let notCheckable = Field<ClaimSpec>.optional(
    "not-checkable", \.notCheckable,
    "Why there is nothing to hold against it, such as scores that are not public; instead of a path.")

  /// The keys of a claim of a claims file, used in an analysis.
  static let used = KeySet<ClaimSpec>(
    "used-claim", "A claim of a claims file.",
    [
      .required("use", \.use, "The claims file and the claim, such as serianni2023#hidden-covariance."),
      .text("title", \.title, "Name for people, instead of the file's."),
      of,
      .optional("value", \.value, "The path for the number alone.", .object(ClaimedValue.place.object)),
      .optional(
        "region", \.region, "The path for the region alone; or the region, where the file gives none.",
        .either([.object(RegionSpec.place.object), RegionSpec.schema])),
    ] + judged + settings + [family, joined, reading, notCheckable])

  /// The keys of a finding: those of a claim that no publication makes.
  static let finding = KeySet<ClaimSpec>(
    "finding",
    "What an analysis found: a value with its interval. A number or a region says what an audit holds it against.",
    [
      .title(\.title),
      .required(
        "statement", \.statement, "The finding in one sentence: Markdown with {{ path | format }} references.", .text),
      .text(
        "value-title", \.valueTitle,
        "What the value is, such as Pearson r, where the last key of its path does not say it."),
    ] + written + judged + settings)

  /// The keys of a claim in a claims file.
  static let ofPaper = KeySet<ClaimSpec>(
    "paper-claim", "A claim of a publication: a printed number, a region, or both.",
    stated(source: .object(ClaimSource.ofPaper.object)) + [
      .optional("value", \.value, "The printed number.", .object(ClaimedValue.ofPaper.object)),
      .optional("region", \.region, "Where the value is said to lie.", .object(RegionSpec.ofPaper.object)),
    ] + judged)

  package static var schema: Schema { .either([.object(keys.object), .object(used.object)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ClaimSpec? {
    // A finding may have a key that no claim has; the others are read alike.
    (node["use"] != nil ? used : node["value-title"] != nil ? finding : keys).read(node, reading)
  }

  /// Every path that it names.
  package var paths: [Located<String>] { [of, value?.of, region?.of, pValue].compactMap { $0 } }
}

/// A printed number with the path of its recomputed value.
package struct ClaimedValue: Keyed {
  /// Path of the recomputed value; the claim's `of` when nil.
  package var of: Located<String>?
  /// The number as printed, with its digits; nil where a claim of a claims file is used, which has it.
  package var printed: Located<String>?
  package var magnitude = false

  package init() {}

  package static let definition = "claimed-value"
  package static let summary = "A printed number."
  package static let fields: [Field<ClaimedValue>] =
    [
      .optional("of", \.of, "Path of the recomputed value.")
    ] + number

  private static let number: [Field<ClaimedValue>] = [
    .required("printed", \.printed, "The number with its printed digits; quote it to keep them.", .scalar),
    .optional("magnitude", \.magnitude, "Whether it is printed without its sign."),
  ]

  static let ofPaper = KeySet<ClaimedValue>("paper-claimed-value", summary, number)
  static let place = KeySet<ClaimedValue>(
    "claim-place", "Where a value is found.", [.required("of", \.of, "Path of the recomputed value.")])

  /// Reads whichever of the keys are there: with the claim of a claims file only the path is.
  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ClaimedValue? {
    (node["printed"] == nil ? place : keys).read(node, reading)
  }
}

/// The day when a claim or a finding was written down.
package struct RegistrationSpec: Keyed {
  /// The day, such as `2026-11-24`.
  package var date = Located<String>.unread
  /// The commit that has it first.
  package var commit: Located<String>?

  package init() {}

  package static let definition = "registration"
  package static let summary = "The day when something was written down, and the commit that has it."
  package static let fields: [Field<RegistrationSpec>] = [
    .required("date", \.date, "The day, such as 2026-11-24.", .scalar),
    .optional("commit", \.commit, "The commit that has it first, 7 to 40 hexadecimal digits.", .scalar),
  ]

  package static var schema: Schema { .either([.scalar, .object(keys.object)]) }

  /// Reads a date by itself, or with its commit.
  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> RegistrationSpec? {
    guard node.entries == nil else { return keys.read(node, reading) }
    guard let date = Located<String>.read(node, as: .scalar, reading) else { return nil }
    return RegistrationSpec { $0.date = date }
  }
}

/// The publication that makes a claim, and the place in it.
package struct ClaimSource: Keyed {
  /// Key of `data/references.bib`.
  package var reference = Located<String>.unread
  /// The words of the publication.
  package var quote: String?
  package var locator: String?
  /// True when the value is known from another text than the publication itself, `secondary` in a spec.
  package var isSecondary = false

  package init() {}

  package static let definition = "claim-source"
  package static let summary = "Where a claim is made."
  package static let fields: [Field<ClaimSource>] =
    [.required("reference", \.reference, "Key of data/references.bib.", .identifier)] + quoted

  private static let quoted: [Field<ClaimSource>] = [
    .optional("quote", \.quote, "The words of the publication."),
    .optional("locator", \.locator, "Where in it: abstract, table, figure, page."),
    .optional(
      "secondary", \.isSecondary, "Whether the value is known from another text than the publication itself."),
  ]

  static let ofPaper = KeySet<ClaimSource>(
    "paper-claim-source", "Where in the publication a claim is made.", quoted)

  /// Reads a source with its reference, or in a claims file without one, which the file has.
  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ClaimSource? {
    (node["reference"] == nil ? ofPaper : keys).read(node, reading)
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
