/// What people call one unit of a table: rows that are repeats of one thing, and so are drawn together wherever rows are drawn
/// at random.
package struct UnitNoun: Sendable, Hashable {
  /// The noun for one, such as `trained network`.
  package var singular: String
  /// The noun for several, such as `trained networks`.
  package var plural: String

  /// A noun.
  ///
  /// - Parameter plural: The noun for several; with an s at its end when left out.
  package init(_ singular: String, plural: String? = nil) {
    self.singular = singular
    self.plural = plural ?? singular + "s"
  }

  /// Of units that have no noun of their own.
  package static let cluster = UnitNoun("cluster")
  /// Of tables in which every row stands by itself.
  package static let row = UnitNoun("row")
}
