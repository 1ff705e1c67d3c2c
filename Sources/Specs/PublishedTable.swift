/// Printed numbers of a publication beside the recomputed ones.
package struct PublishedTable: Sendable, Hashable {
  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// Key of `data/references.bib`.
  package var reference: Located<String>?
  /// Where in the publication: table, figure, page.
  package var locator: String?
  /// The numbers.
  package var values: [PublishedValue]
}

/// One printed number.
package struct PublishedValue: Sendable, Hashable {
  /// Path of the recomputed value, such as `main.layer-1-hidden-covariance.kendall-tau-b`.
  package var of: Located<String>
  /// The number as printed, with its digits: `-.372`, `0.37`, `93`.
  package var printed: Located<String>
  /// Whether the publication prints the magnitude without its sign.
  package var magnitude: Bool
  /// What a reader should know, in a sentence.
  package var note: String?
}
