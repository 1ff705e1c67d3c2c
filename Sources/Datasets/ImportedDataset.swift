import Diagnostics
import Tables

/// What an import read, left out and repaired.
public struct ImportReport: Sendable, Hashable {
  /// Rows or members left out, or missing, for one reason.
  public struct Item: Sendable, Hashable {
    /// The reason.
    public var reason: String
    /// How many.
    public var count: Int
    /// The first few places.
    public var examples: [String]

    /// Creates an item.
    public init(reason: String, count: Int, examples: [String]) {
      self.reason = reason
      self.count = count
      self.examples = examples
    }
  }

  /// Rows of the file.
  public var rowsRead = 0
  /// Rows of the table.
  public var rowsKept = 0
  /// Rows left out.
  public var skipped: [Item] = []
  /// Rows repaired.
  public var repaired: [Item] = []
  /// Members that one part of an archive names and another lacks.
  public var missing: [Item] = []

  /// An empty report.
  public init() {}
}

/// A dataset in memory.
public struct ImportedDataset: Sendable {
  /// The rows.
  public var table: Table
  /// What happened on the way.
  public var report: ImportReport
}
