/// A line of provenance.
public struct ProvenanceItem: Sendable, Hashable {
  /// What it is.
  public var label: String
  /// Its value.
  public var value: String

  /// Creates a line.
  public init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}
