import Dispatch
import Files
import Synchronization

/// Watches files by their stamps, several times a second: works on every file system, and for files that are replaced.
///
/// A change is told when nothing has changed for one more look, so that what an editor does in several steps is one change.
package final class SourceWatch: Sendable {
  private struct Content {
    var stamps: [String: [FileStamp?]] = [:]
    /// Paths with changes that are not told yet.
    var pending: Set<String> = []
    /// Looks since the first of them.
    var looks = 0
  }

  /// The time between two looks.
  private static let pause = 120
  /// The looks after which a change is told though others go on.
  private static let patience = 20
  /// The most entries of a folder that are watched.
  private static let entryLimit = 1000

  private let content = Mutex(Content())
  private let tell: @Sendable ([String]) -> Void
  private let queue = DispatchQueue(label: "watch", qos: .userInteractive)

  /// - Parameter tell: Is given the paths that changed, sorted; on a thread of the watch.
  package init(_ tell: @escaping @Sendable ([String]) -> Void) { self.tell = tell }

  /// Watches from now on, as long as there is the watch.
  package func start() {
    queue.every(milliseconds: Self.pause) { [weak self] in
      self?.look()
      return self != nil
    }
  }

  /// Watches these files and folders, and no others: of a folder its entries. What was watched before is compared with how it was then.
  package func watch(_ paths: [String]) {
    let known = content.withLock { Set($0.stamps.keys) }
    let wanted = Set(paths)
    let added = wanted.subtracting(known).map { ($0, Self.stamps($0)) }
    content.withLock { content in
      content.stamps = content.stamps.filter { wanted.contains($0.key) }
      for (path, stamps) in added { content.stamps[path] = stamps }
    }
  }

  /// Looks at every file once.
  package func look() {
    let before = content.withLock { $0.stamps }
    let now = before.keys.map { ($0, Self.stamps($0)) }
    let told = content.withLock { content -> [String] in
      let changed = now.filter { content.stamps[$0.0].map { [new = $0.1] in new != $0 } ?? false }
      for (path, stamps) in changed {
        content.stamps[path] = stamps
        content.pending.insert(path)
      }
      guard !content.pending.isEmpty else { return [] }
      content.looks += 1
      guard changed.isEmpty || content.looks >= Self.patience else { return [] }
      let told = content.pending.sorted()
      content.pending = []
      content.looks = 0
      return told
    }
    if !told.isEmpty { tell(told) }
  }

  /// The stamp of a file, of a folder those of its entries too.
  private static func stamps(_ path: String) -> [FileStamp?] {
    guard FileSystem.isFolder(path) else { return [FileStamp(path)] }
    return [FileStamp(path)] + FileSystem.names(in: path).prefix(entryLimit).map { FileStamp("\(path)/\($0)") }
  }
}
