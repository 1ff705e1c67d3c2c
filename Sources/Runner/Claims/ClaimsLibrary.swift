import Specs

/// The claims files that analyses use.
package struct ClaimsLibrary: Sendable {
  /// The files that were read, by name.
  package var files: [String: ClaimsFile]
  /// The names of all files there are.
  package var names: [String]

  /// Creates a library.
  package init(files: [String: ClaimsFile] = [:], names: [String] = []) {
    self.files = files
    self.names = names
  }
}
