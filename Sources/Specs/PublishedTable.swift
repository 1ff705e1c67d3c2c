/// Printed numbers of a publication beside the recomputed ones.
public struct PublishedTable: Sendable, Hashable {
  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// Key of `data/references.bib`.
  public var reference: Located<String>?
  /// Where in the publication: table, figure, page.
  public var locator: String?
  /// The numbers.
  public var values: [PublishedValue]
}

/// One printed number.
public struct PublishedValue: Sendable, Hashable {
  /// Path of the recomputed value, such as `main.layer-1-hidden-covariance.kendall-tau-b`.
  public var of: Located<String>
  /// The number as printed, with its digits: `-.372`, `0.37`, `93`.
  public var printed: Located<String>
  /// Whether the publication prints the magnitude without its sign.
  public var magnitude: Bool
  /// What a reader should know, in a sentence.
  public var note: String?
}
