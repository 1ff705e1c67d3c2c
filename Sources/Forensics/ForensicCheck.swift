import Outcomes
import Tables

/// A check for one kind of trace in released data.
///
/// A check is total: a column that is not there, of the wrong type or without values makes the finding undecidable. The same
/// tables, settings and seed give the same finding.
package protocol ForensicCheck: Sendable {
  /// Kebab-case name of the kind of check.
  static var kind: String { get }
  /// What `found` means, in a sentence.
  static var meaning: String { get }

  /// Examines the tables.
  ///
  /// - Throws: `Reason` when the tables cannot show the trace, whether it is there or not.
  func examine(_ tables: ForensicTables) throws(Reason) -> Finding
}

extension ForensicCheck {
  /// The finding; an undecidable one says why.
  package func finding(_ tables: ForensicTables) -> Finding {
    do throws(Reason) {
      return try examine(tables)
    } catch {
      return Finding(undecidable: error.text)
    }
  }

  /// The finding on one table.
  package func finding(_ table: Table) -> Finding { finding(ForensicTables(table)) }
}

/// What a check reads.
package struct ForensicTables: Sendable {
  /// The table examined.
  package var table: Table
  /// The table it is held against, for checks that read two.
  package var other: Table?

  /// Names what a check reads.
  package init(_ table: Table, against other: Table? = nil) {
    self.table = table
    self.other = other
  }
}
