import Documents

/// Printed numbers of a publication beside the recomputed ones.
package struct PublishedTable: Keyed, Named {
  /// The name; results are addressed by it.
  package var name = Located<String>.unread
  /// The name for people.
  package var title: String?
  /// Key of `data/references.bib`.
  package var reference: Located<String>?
  package var locator: String?
  package var values: [PublishedValue] = []

  package init() {}

  package static let definition = "published"
  package static let summary = "Printed numbers of a publication."
  package static let fields: [Field<PublishedTable>] = [
    .title(\.title),
    .optional("reference", \.reference, "Key of data/references.bib.", .identifier),
    .text("locator", \.locator, "Where: table, figure, page."),
    .required("values", \.values, "The numbers."),
  ]
}

/// One printed number.
package struct PublishedValue: Keyed {
  /// Path of the recomputed value, such as `main.layer-1-hidden-covariance.kendall-tau-b`.
  package var of = Located<String>.unread
  /// The number as printed, with its digits: `-.372`, `0.37`, `93`.
  package var printed = Located<String>.unread
  package var magnitude = false
  /// A remark for readers, shown beside the number in the report's table; nil for none.
  package var note: String?

  package init() {}

  package static let definition = "published-value"
  package static let summary = "One printed number."
  package static let fields: [Field<PublishedValue>] = [
    .required("of", \.of, "Path of the recomputed value."),
    .required("printed", \.printed, "The number with its printed digits; quote it to keep them.", .scalar),
    .optional("magnitude", \.magnitude, "Whether it is printed without its sign."),
    .text("note", \.note, "A remark that stands beside the verdict."),
  ]
}
