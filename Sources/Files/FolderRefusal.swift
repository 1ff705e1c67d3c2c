/// Why a folder is not replaced. Nothing has been changed.
package struct FolderRefusal: Error, Sendable, Hashable {
  /// What stands in the way.
  package enum Kind: Sendable, Hashable {
    /// The name cannot be that of a folder to be replaced: it is empty, the root, the working folder or one above it, or a
    /// file.
    case unusable
    /// The folder is a symbolic link, or one of the paths to be written leads through one.
    case link
    /// The list of what was written into the folder names a path outside it, or through a symbolic link.
    case list
    /// There are files of others that would be overwritten, or that say that the folder serves another purpose.
    case others
  }

  /// What kind of obstacle.
  package var kind: Kind
  /// The folder.
  package var folder: String
  /// The paths in the way, relative to the folder; a sentence for the folder itself.
  package var obstacles: [String]
}
