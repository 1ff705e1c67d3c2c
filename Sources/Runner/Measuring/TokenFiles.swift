import Datasets

/// What tokens are read from.
public struct TokenFiles: Sendable, Hashable {
  /// Files of the catalogue, fetched when they are missing.
  public var files: [CatalogFile]
  /// Digests of everything that is read, by name; part of keys.
  public var digests: [KeyField]

  /// Creates a source; none for tokens that need no text.
  public init(files: [CatalogFile] = [], digests: [KeyField] = []) {
    self.files = files
    self.digests = digests
  }
}
