import Diagnostics
import Documents
import Files
import Tables

/// Reads datasets of the catalogue into tables.
package enum DatasetImporter {
  /// Reads a dataset from a local copy of its file, held against the catalogue's digest. CSV is read a window at a time,
  /// an archive a file at a time; other formats are at most as large as a document may be.
  ///
  /// - Throws: `DiagnosticsError`; see `read(_:file:bytes:skipsMalformed:)`.
  package static func read(
    _ dataset: CatalogDataset, file: CatalogFile, location: DataLocation, skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    if dataset.format.isArchive {
      return try read(dataset, file, location.archive(file), skipsMalformed)
    }
    guard dataset.format == .csv else {
      guard file.byteCount <= DocumentLimits.data.bytes else {
        throw DiagnosticsError([
          Diagnostic(
            id: "document-too-large", message: "\(file.path) has \(file.byteCount) bytes in the catalogue",
            reason: "a document has at most \(DocumentLimits.data.bytes)", fix: "split it")
        ])
      }
      return try read(dataset, file, .memory(location.read(file)), skipsMalformed)
    }
    let reader = try location.open(file)
    let outcome = Result { () throws(DiagnosticsError) in
      try csvReader(dataset).read(FileSource(reader: reader), file: file.path)
    }
    if reader.count < reader.size || reader.count < file.byteCount {
      _ = try location.verified(file)
    } else {
      try location.check(reader, file)
    }
    return try imported(outcome.get(), dataset, file, skipsMalformed)
  }

  /// Reads a dataset.
  ///
  /// - Parameters:
  ///   - dataset: The dataset of the catalogue: its file, format and columns.
  ///   - file: Its file.
  ///   - bytes: The file's content; not held against the catalogue here.
  ///   - skipsMalformed: True when malformed rows are counted and left out.
  /// - Throws: `DiagnosticsError` with every malformed row, up to a bound, unless they are left out.
  package static func read(
    _ dataset: CatalogDataset, file: CatalogFile, bytes: [UInt8], skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    try read(dataset, file, .memory(bytes), skipsMalformed)
  }

  private static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ source: ArchiveSource, _ skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    let bytes: [UInt8] = if case .memory(let bytes) = source { bytes } else { [] }
    switch dataset.format {
    case .csv: return try csv(dataset, file, bytes, skipsMalformed)
    case .bertBenchmark: return try BertBenchmarkImporter.read(dataset, file, bytes)
    case .bertTraining: return try BertTrainingImporter.read(dataset, file, bytes)
    case .searchSpace: return try SearchSpaceImporter.read(dataset, file, bytes)
    case .trainingLogs, .trainingCurves: return try TrainingLogImporter.read(dataset, file, source)
    case .recipes: return try RecipeImporter.read(dataset, file, bytes)
    case .liteTransformerSearch: return try LiteTransformerSearchImporter.read(dataset, file, source)
    case .scoreFiles: return try ScoreFileImporter.read(dataset, file, source)
    case .json, .jsonLines:
      return try DeclaredColumns.read(dataset, file, bytes, skipsMalformed: skipsMalformed)
    case .nasBench201:
      return try NASBench201Importer.read(dataset, file, bytes, skipsMalformed: skipsMalformed)
    }
  }

  private static func csv(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8], _ skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    try imported(csvReader(dataset).read(bytes, file: file.path), dataset, file, skipsMalformed)
  }

  private static func csvReader(_ dataset: CatalogDataset) -> CSVImport {
    CSVImport(
      columns: dataset.fileColumns, ignoredHeaders: Set(dataset.ignoredHeaders),
      repairsGluedHeader: dataset.repairsGluedHeader)
  }

  private static func imported(
    _ outcome: CSVImport.Outcome, _ dataset: CatalogDataset, _ file: CatalogFile, _ skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    guard skipsMalformed || outcome.problems.isEmpty else { throw DiagnosticsError(outcome.problems) }
    func item(_ fault: CSVImport.RowFault, _ lines: [Int]) -> ImportReport.Item {
      .init(reason: fault.rawValue, count: lines.count, examples: lines.prefix(5).map { "\(file.path):\($0)" })
    }
    let report = ImportReport(
      rowsRead: outcome.recordCount, rowsKept: outcome.table.rowCount,
      skipped: CSVImport.RowFault.allCases.compactMap { fault in outcome.skipped[fault].map { item(fault, $0) } },
      repaired: outcome.repaired.isEmpty ? [] : [item(.gluedHeader, outcome.repaired)],
      missing: outcome.undeclared.prefix(12).map {
        .init(reason: "without a value of \($0.column)", count: $0.count, examples: [])
      })
    var table = outcome.table
    if let key = dataset.repetitionOf, table[key] != nil {
      var counts: [Int: Int] = [:]
      let repetitions = table.groups(by: [key]).map { group -> Int in
        counts[group, default: 0] += 1
        return counts[group, default: 1] - 1
      }
      if let schema = dataset.columns.last {
        table = table.adding(Column(schema: schema, storage: .integer(repetitions)))
      }
    }
    return ImportedDataset(table: table, report: report)
  }

  /// Finishes an import of records.
  static func finished(
    _ records: RecordTable, _ reading: RecordReading, _ file: CatalogFile, missing: [ImportReport.Item] = []
  ) throws(DiagnosticsError) -> ImportedDataset {
    guard reading.problems.isEmpty else { throw DiagnosticsError(reading.problems) }
    let table = try records.table(file: file.path)
    return ImportedDataset(
      table: table, report: ImportReport(rowsRead: table.rowCount, rowsKept: table.rowCount, missing: missing))
  }
}

extension DatasetFormat {
  /// True for formats whose files are archives, which are read from the disk file by file.
  fileprivate var isArchive: Bool {
    switch self {
    case .trainingLogs, .trainingCurves, .liteTransformerSearch, .scoreFiles: true
    case .csv, .bertBenchmark, .bertTraining, .searchSpace, .recipes, .json, .jsonLines, .nasBench201: false
    }
  }
}

/// Counts of the rows that an import read, left out and repaired.
package struct ImportReport: Codable, Sendable, Hashable {
  /// Rows or members left out, or missing, for one reason.
  package struct Item: Codable, Sendable, Hashable {
    package var reason: String
    /// Number of such rows or members.
    package var count: Int
    /// The first few places.
    package var examples: [String]

    package init(reason: String, count: Int, examples: [String]) {
      self.reason = reason
      self.count = count
      self.examples = examples
    }
  }

  /// Rows of the file.
  package let rowsRead: Int
  /// Rows of the table.
  package let rowsKept: Int
  package let skippedCount: Int
  /// Rows left out.
  package let skipped: [Item]
  package let repairedCount: Int
  /// Rows repaired.
  package let repaired: [Item]
  /// Members that one part of an archive names and another lacks.
  package let missing: [Item]

  /// Reports on an import.
  package init(
    rowsRead: Int, rowsKept: Int, skipped: [Item] = [], repaired: [Item] = [], missing: [Item] = []
  ) {
    self.rowsRead = rowsRead
    self.rowsKept = rowsKept
    self.skipped = skipped
    skippedCount = skipped.reduce(0) { $0 + $1.count }
    self.repaired = repaired
    repairedCount = repaired.reduce(0) { $0 + $1.count }
    self.missing = missing
  }
}

/// A dataset in memory.
package struct ImportedDataset: Sendable {
  package var table: Table
  /// The counts of rows read, left out and repaired.
  package var report: ImportReport
}

/// A file of the catalogue as a source of bytes.
struct FileSource: ByteSource {
  let reader: FileReader

  var totalBytes: Int { reader.size }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(DiagnosticsError) -> Int {
    do { return try reader.read(into: buffer) } catch {
      throw DiagnosticsError([Diagnostic(id: "unreadable-data", message: "\(error)", fix: "check the file")])
    }
  }
}
