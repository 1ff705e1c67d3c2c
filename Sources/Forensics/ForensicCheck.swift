import Tables

/// A check for one kind of trace in released data.
///
/// A check is total: a column that is not there, of the wrong type or without values makes the finding undecidable. The same
/// tables, settings and seed give the same finding.
public protocol ForensicCheck: Sendable {
  /// Kebab-case name of the kind of check.
  static var kind: String { get }
  /// What `found` means, in a sentence.
  static var meaning: String { get }

  /// Examines the tables.
  ///
  /// - Throws: `Undecidable` when the tables cannot show the trace, whether it is there or not.
  func examine(_ tables: ForensicTables) throws(Undecidable) -> Finding
}

extension ForensicCheck {
  /// The finding; an undecidable one says why.
  public func finding(_ tables: ForensicTables) -> Finding {
    do throws(Undecidable) {
      return try examine(tables)
    } catch {
      return Finding(undecidable: error.reason)
    }
  }

  /// The finding on one table.
  public func finding(_ table: Table) -> Finding { finding(ForensicTables(table)) }
}

/// What a check reads.
public struct ForensicTables: Sendable {
  /// The table examined.
  public var table: Table
  /// The table it is held against, for checks that read two.
  public var other: Table?

  /// Names what a check reads.
  public init(_ table: Table, against other: Table? = nil) {
    self.table = table
    self.other = other
  }
}

/// Why a check cannot decide.
public struct Undecidable: Error, Sendable, Hashable {
  /// The reason, in a few words.
  public let reason: String

  /// Creates a reason.
  public init(_ reason: String) { self.reason = reason }
}
