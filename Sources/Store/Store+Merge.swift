import Files
import GRDB

extension Store {
  /// Takes over the evaluations of another store; steps are not taken, since they are computed anew in little time.
  ///
  /// Evaluations that are here with the same outcome stay as they are, damaged ones of the other store are left out.
  ///
  /// - Returns: Counts; when `conflicts` is not empty nothing was taken over.
  package func merge(_ other: Store) throws(StoreError) -> MergeReport {
    let keys = try other.read { database in
      try Row.fetchAll(database, sql: "SELECT key FROM evaluations ORDER BY key").map { $0.text("key") }
    }
    var report = MergeReport()
    report.damaged = keys.count { $0 == nil }
    var new: [EvaluationRecord] = []
    let readable = keys.compactMap { $0 }
    for start in stride(from: 0, to: readable.count, by: 10_000) {
      let part = Array(readable[start..<min(start + 10_000, readable.count)])
      let (theirs, own) = (try other.evaluations(part), try evaluations(part))
      report.damaged += part.count - theirs.count
      for key in part {
        guard let record = theirs[key] else { continue }
        guard let known = own[key] else {
          new.append(record)
          continue
        }
        if known.outcome == record.outcome { report.known += 1 } else { report.conflicts.append(key) }
      }
    }
    guard report.conflicts.isEmpty else { return report }
    try record(new)
    report.new = new.count
    return report
  }
}

/// What became of the evaluations of a store that was merged into another.
package struct MergeReport: Sendable, Hashable {
  /// Evaluations that were taken over.
  package var new = 0
  /// Evaluations that were here already.
  package var known = 0
  /// Evaluations that are not as they were written, and were left out.
  package var damaged = 0
  /// Keys of evaluations with another outcome here: one of the two stores was not made as its keys say.
  package var conflicts: [String] = []
}
