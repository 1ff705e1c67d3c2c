import Documents
import Outcomes
import Specs
import Tables

/// A check for one kind of trace in released data.
///
/// A check is total: a column that is not there, of the wrong type or without values makes the finding undecidable. The same
/// tables, settings and seed give the same finding.
///
/// Its properties are the keys of the check in an analysis (`Keyed`): what is declared there is all there is to declare. The
/// check becomes known where it is listed in `ForensicCatalog`.
package protocol ForensicCheck: Keyed {
  /// The meaning of the verdict `found`, in a sentence that is kept with the finding and printed below its table.
  static var meaning: String { get }
  /// True when the columns that are chosen by role must hold numbers.
  static var selectsNumbers: Bool { get }

  /// The dataset examined.
  var dataset: Located<String> { get set }
  /// The columns chosen by role or by name; nil for a check without such a choice.
  var selection: ColumnSelection? { get }
  /// The sections of the finding, by which a table may list it, in order.
  var details: [String] { get }

  /// Reports what no single key can say.
  func check(_ name: Located<String>, _ checks: inout AnalysisChecks)

  /// Looks for the trace in the tables.
  ///
  /// - Throws: `Reason` when the tables cannot show the trace, whether it is there or not.
  func examine(_ tables: ForensicTables) throws(Reason) -> Finding
}

extension ForensicCheck {
  /// The kind of check: the key under which its settings stand.
  package static var kind: String { definition }
  package static var selectsNumbers: Bool { false }
  package var selection: ColumnSelection? { nil }
  package var details: [String] { [] }
  package func check(_: Located<String>, _: inout AnalysisChecks) {}
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

/// The tables that a check reads: the one examined, and for some checks a second.
package struct ForensicTables: Sendable {
  /// The table examined.
  package var table: Table
  /// The table it is held against, for checks that read two.
  package var other: Table?

  /// Joins the table examined and the one it is held against.
  package init(_ table: Table, against other: Table? = nil) {
    self.table = table
    self.other = other
  }
}
