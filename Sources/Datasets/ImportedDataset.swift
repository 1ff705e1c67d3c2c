import Diagnostics
import Tables

/// What an import read, left out and repaired.
package struct ImportReport: Sendable, Hashable {
  /// Rows or members left out, or missing, for one reason.
  package struct Item: Sendable, Hashable {
    /// The reason.
    package var reason: String
    /// How many.
    package var count: Int
    /// The first few places.
    package var examples: [String]

    /// Creates an item.
    package init(reason: String, count: Int, examples: [String]) {
      self.reason = reason
      self.count = count
      self.examples = examples
    }
  }

  /// Rows of the file.
  package var rowsRead = 0
  /// Rows of the table.
  package var rowsKept = 0
  /// Rows left out.
  package var skipped: [Item] = []
  /// Rows repaired.
  package var repaired: [Item] = []
  /// Members that one part of an archive names and another lacks.
  package var missing: [Item] = []

  /// An empty report.
  package init() {}
}

/// A dataset in memory.
package struct ImportedDataset: Sendable {
  /// The rows.
  package var table: Table
  /// What happened on the way.
  package var report: ImportReport
}
