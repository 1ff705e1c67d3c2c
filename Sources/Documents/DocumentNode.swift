import Diagnostics

/// A node of a parsed YAML or JSON document, with the place it was read from.
package indirect enum DocumentNode: Sendable, Hashable {
  /// A scalar: its text, whether it was quoted (a quoted scalar is always text), its place.
  case scalar(text: String, quoted: Bool, location: SourceLocation)
  /// A sequence of nodes.
  case sequence([DocumentNode], location: SourceLocation)
  /// A mapping in document order; keys are unique.
  case mapping([DocumentEntry], location: SourceLocation)

  /// Place in the text where the node begins.
  package var location: SourceLocation {
    switch self {
    case .scalar(_, _, let location), .sequence(_, let location), .mapping(_, let location): location
    }
  }

  /// The value of a key of a mapping; nil for other nodes and other keys. O(number of keys).
  package subscript(key: String) -> DocumentNode? {
    guard case .mapping(let entries, _) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

/// A key with its value in a mapping.
package struct DocumentEntry: Sendable, Hashable {
  /// The key's text.
  package var key: String
  /// Place in the text where the key begins.
  package var keyLocation: SourceLocation
  /// The value.
  package var value: DocumentNode

  /// Creates an entry.
  package init(key: String, keyLocation: SourceLocation, value: DocumentNode) {
    self.key = key
    self.keyLocation = keyLocation
    self.value = value
  }
}
