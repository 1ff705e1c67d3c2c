/// A report's files.
public struct RenderedReport: Sendable {
  /// A file with its place in the report's folder.
  public struct File: Sendable {
    /// The place.
    public var path: String
    /// The content.
    public var bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The files in order of path; paths are unique and stay within the folder.
  public var files: [File]
}
