import Documents

/// The shape of claims, in analyses and in claims files.
package enum ClaimSchema {
  /// The JSON Schema of claims files.
  package static func jsonSchema() -> JSONValue { JSONSchema.document(file, id: "trainfree claims") }

  /// A claims file.
  static let file = ObjectSchema(
    "claims-file", "What a publication claims, to be judged by analyses.",
    fields: [
      .required("claims-of", .identifier, "Key of data/references.bib; the file has its name."),
      .optional("title", .text, "Name for people."),
      .optional("note", .text, "What a reader should know of all of them."),
      .required("claims", .map(.object(paperClaim)), "The claims, by name."),
    ])

  /// A claim of an analysis.
  static let claim = Schema.either([.object(ownClaim), .object(usedClaim)])

  static let family = ObjectSchema(
    "claim-family", "Claims that are judged together, so that the chance of any wrong verdict is at most alpha.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required(
        "correction", AnalysisSchema.words(ClaimFamilySpec.Correction.self),
        "holm adjusts the p-values of their tests; bonferroni needs intervals at a level of 1 − alpha/m."),
      .optional("alpha", .number(0...0.5, exclusive: true), "The chance.", fallback: 0.05),
    ])

  private static let paperClaim = ObjectSchema(
    "paper-claim", "A claim of a publication: a printed number, a region, or both.",
    fields: stated(source: paperSource)
      + [
        .optional("value", .object(value(path: false)), "The printed number."),
        .optional("region", .object(region(path: false)), "Where the value is said to lie."),
      ] + judged)

  private static let ownClaim = ObjectSchema(
    "claim", "A claim that is written out: a printed number, a region, or both.",
    fields: stated(source: source)
      + [
        .optional("of", .text, "Path of the recomputed value, for number and region."),
        .optional("value", .object(value(path: true)), "The printed number."),
        .optional("region", .object(region(path: true)), "Where the value is said to lie."),
      ] + judged + settings)

  private static let usedClaim = ObjectSchema(
    "used-claim", "A claim of a claims file.",
    fields: [
      .required("use", .text, "The claims file and the claim, such as serianni2023#hidden-covariance."),
      .optional("title", .text, "Name for people, instead of the file's."),
      .optional("of", .text, "Path of the recomputed value, for number and region."),
      .optional("value", .object(place), "The path for the number alone."),
      .optional(
        "region", .either([.object(place), .object(region(path: true))]),
        "The path for the region alone; or the region, where the file gives none."),
    ] + judged + settings)

  private static let place = ObjectSchema(
    "claim-place", "Where a value is found.", fields: [.required("of", .text, "Path of the recomputed value.")])

  private static func stated(source: ObjectSchema) -> [FieldSchema] {
    [
      .optional("title", .text, "Name for people."),
      .required("statement", .text, "What is claimed, in your own words."),
      .optional("source", .object(source), "Where it is claimed."),
    ]
  }

  private static let judged: [FieldSchema] = [
    .optional(
      "judged-on", AnalysisSchema.words(JudgementBasis.self),
      "What the region is judged on; the interval when there is one when left out."),
    .optional("test", .text, "The test, named before the run."),
    .optional("severity", AnalysisSchema.words(ClaimSeverityWord.self), "What failing does.", fallback: "error"),
    .optional("note", .text, "What a reader should know."),
  ]

  private static let settings: [FieldSchema] = [
    .optional("p-value", .text, "Path of the p-value of the test, where it does not stand beside the value."),
    .optional("family", .identifier, "Name of a claim family."),
    .optional("expect", .object(expectation), "The verdicts that count as passing."),
    .optional(
      "not-checkable", .text,
      "Why there is nothing to hold against it, such as scores that are not public; instead of a path."),
  ]

  private static let expectation = ObjectSchema(
    "claim-expectation", "The verdicts that count as passing.",
    fields: [
      .optional(
        "reproduced", AnalysisSchema.words(ReproductionWord.self), "On the printed number.", fallback: "reproduced"),
      .optional("inference", AnalysisSchema.words(InferenceWord.self), "On the region.", fallback: "supported"),
    ])

  private static let quoted: [FieldSchema] = [
    .optional("quote", .text, "The words of the publication."),
    .optional("locator", .text, "Where in it: abstract, table, figure, page."),
    .optional(
      "secondary", .boolean, "Whether the value is known from another text than the publication itself.",
      fallback: false),
  ]

  private static let source = ObjectSchema(
    "claim-source", "Where a claim is made.",
    fields: [.required("reference", .identifier, "Key of data/references.bib.")] + quoted)

  private static let paperSource = ObjectSchema(
    "paper-claim-source", "Where in the publication a claim is made.", fields: quoted)

  private static func value(path: Bool) -> ObjectSchema {
    ObjectSchema(
      path ? "claimed-value" : "paper-claimed-value", "A printed number.",
      fields: (path ? [.optional("of", .text, "Path of the recomputed value.")] : []) + [
        .required("printed", .scalar, "The number with its printed digits; quote it to keep them."),
        .optional("magnitude", .boolean, "Whether it is printed without its sign.", fallback: false),
      ])
  }

  private static func region(path: Bool) -> ObjectSchema {
    ObjectSchema(
      path ? "claimed-region" : "paper-claimed-region",
      "Where a value is said to lie; exactly one of above, below, at-least, at-most, between, equivalent, differs-from, "
        + "is.",
      fields: (path ? [.optional("of", .text, "Path of the value.")] : []) + [
        .optional("above", AnalysisSchema.anyNumber, "Greater than this."),
        .optional("below", AnalysisSchema.anyNumber, "Less than this."),
        .optional("at-least", AnalysisSchema.anyNumber, "Not less than this."),
        .optional("at-most", AnalysisSchema.anyNumber, "Not greater than this."),
        .optional("between", .list(AnalysisSchema.anyNumber, minimum: 2), "From the first number to the second."),
        .optional("equivalent", .object(equivalence), "Within a margin of a number."),
        .optional("differs-from", AnalysisSchema.anyNumber, "Anything but this."),
        .optional("is", .scalar, "This text, such as a forensic verdict."),
      ], exactlyOne: ["above", "below", "at-least", "at-most", "between", "equivalent", "differs-from", "is"])
  }

  private static let equivalence = ObjectSchema(
    "equivalence", "Within a margin of a number; the margin is stated beforehand.",
    fields: [
      .required("within", .number(0...Double.greatestFiniteMagnitude, exclusive: true), "The margin."),
      .optional("to", AnalysisSchema.anyNumber, "The number.", fallback: 0),
    ])
}
