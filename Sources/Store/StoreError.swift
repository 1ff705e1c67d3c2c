/// Why the store cannot be used.
package enum StoreError: Error, Sendable, Hashable {
  /// There is no file.
  case missing(path: String)
  /// The path cannot be that of a store: it is empty, or names a folder, a device or a pipe.
  case unusable(path: String, reason: String)
  /// The file is not a store of this tool.
  case foreign(path: String, reason: String)
  /// The file was written by a newer version.
  case newer(path: String, migration: String)
  /// The file's content is damaged. A store that is found to be so when it is opened has not been changed.
  case corrupt(path: String, reason: String)
  /// The file cannot be opened or written.
  case unavailable(path: String, reason: String)
  /// A step gave another output than before under the same key.
  case nondeterministic(step: String, key: String, old: String, new: String)
}

extension StoreError: CustomStringConvertible {
  /// What happened and what to do.
  package var description: String {
    switch self {
    case .missing(let path): "\(path): there is no store; `trainfree run` makes one"
    case .unusable(let path, let reason):
      "\(path) cannot be a store (\(reason)): name a file with --store"
    case .foreign(let path, let reason):
      "\(path) is not a store of this tool (\(reason)); it was left as it is: name another file with --store"
    case .newer(let path, let migration):
      "\(path) was written by a newer version (\(migration)); use that version, or name another file with --store"
    case .corrupt(let path, let reason):
      "\(path) is damaged (\(reason)): move it away, and the next run makes it anew"
    case .unavailable(let path, let reason): "\(path) cannot be used: \(reason)"
    case .nondeterministic(let step, let key, let old, let new):
      "step \(step) gave output \(new.prefix(12)), and \(old.prefix(12)) before, under the same key \(key.prefix(12)); raise its version, or mend it"
    }
  }
}
