import Documents
import Specs
import Tables
import TestSupport

/// A public dataset without its malformed rows.
func dataset(_ id: String) throws -> Table { try PublicData.load(id, skipsMalformed: true).table }

extension Table {
  /// The rows in which a column holds a text.
  func rows(where name: String, is text: String) -> Table {
    selecting(rows: (0..<rowCount).filter { self[name]?.text($0) == text })
  }
}
