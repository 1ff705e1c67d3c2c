/// A report's files.
package struct RenderedReport: Sendable {
  /// A file with its place in the report's folder.
  package struct File: Sendable {
    /// The place.
    package var path: String
    /// The content.
    package var bytes: [UInt8]

    /// Creates a file.
    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files in order of path; paths are unique and stay within the folder.
  package var files: [File]
}
