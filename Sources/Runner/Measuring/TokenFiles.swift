import Datasets
import Pipeline

/// What tokens are read from.
package struct TokenFiles: Sendable, Hashable {
  /// Files of the catalogue, fetched when they are missing.
  package var files: [CatalogFile]
  /// Digests of everything that is read, by name; part of keys.
  package var digests: [KeyField]

  /// Creates a source; none for tokens that need no text.
  package init(files: [CatalogFile] = [], digests: [KeyField] = []) {
    self.files = files
    self.digests = digests
  }
}
