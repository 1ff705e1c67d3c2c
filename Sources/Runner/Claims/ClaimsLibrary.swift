import Specs

/// The claims files that analyses use.
public struct ClaimsLibrary: Sendable {
  /// The files that were read, by name.
  public var files: [String: ClaimsFile]
  /// The names of all files there are.
  public var names: [String]

  /// Creates a library.
  public init(files: [String: ClaimsFile] = [:], names: [String] = []) {
    self.files = files
    self.names = names
  }
}
