/// A line of provenance.
package struct ProvenanceItem: Sendable, Hashable {
  /// What it is.
  package var label: String
  /// Its value.
  package var value: String

  /// Creates a line.
  package init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}
