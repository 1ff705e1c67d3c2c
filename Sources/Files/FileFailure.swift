#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What went wrong with a file.
package enum FileFailure: Error, Sendable, Hashable {
  /// There is no such file.
  case notFound(path: String)
  /// The file is larger than the reader's bound.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// The operating system refused.
  case system(path: String, action: String, code: Int32, text: String)
  /// A path would leave the folder it must stay in.
  case escapes(path: String, folder: String)
}

extension FileFailure {
  /// Whether the machine refused: a full disk, a broken medium, a missing right. False where the path names nothing, or
  /// something else than a file that may be read.
  package var isOfMachine: Bool {
    guard case .system(_, _, let code, _) = self else { return false }
    return code != EISDIR
  }
}

extension FileFailure: CustomStringConvertible {
  /// One sentence for a person.
  package var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .tooLarge(let path, let bytes, let limit): "\(path): \(bytes) bytes, over the limit of \(limit)"
    case .system(let path, let action, _, let text): "\(path): cannot \(action): \(text)"
    case .escapes(let path, let folder): "\(path): leaves the folder \(folder)"
    }
  }
}
