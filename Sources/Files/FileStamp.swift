import Glibc

/// What tells without reading whether a file is another one than before: its kind, its inode, its size and its times.
package struct FileStamp: Sendable, Hashable {
  private let device: UInt64
  private let inode: UInt64
  private let mode: UInt32
  private let size: Int64
  private let modified: [Int]
  private let changed: [Int]

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    mode = UInt32(status.st_mode)
    size = Int64(status.st_size)
    modified = [Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec)]
    // Links that are made to a file change this time of a file, and of a folder what happens in it is in the other one.
    changed = status.st_mode & S_IFMT == S_IFREG ? [Int(status.st_ctim.tv_sec), Int(status.st_ctim.tv_nsec)] : []
  }

  /// The stamp of what a path leads to, through links; nil when nothing is there.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// A text that is another one when the content is: it leaves out what links to a file change.
  package var edition: String {
    "\(String(inode, radix: 36))-\(String(size, radix: 36))-\(modified.map { String($0, radix: 36) }.joined(separator: "-"))"
  }
}
