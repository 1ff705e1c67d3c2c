import Diagnostics
import SearchSpaces
import Tables

/// Reads records of NAS-Bench-201's cells in JSON: the columns that the catalogue declares, and of those what follows from the cell in
/// the column `architecture`.
enum NASBench201Importer {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ content: [UInt8], skipsMalformed: Bool
  ) throws(DiagnosticsError) -> ImportedDataset {
    var declared = dataset
    declared.fileColumns.removeAll { featureNames.contains($0.header) }
    var imported = try DeclaredColumns.read(declared, file, content, skipsMalformed: skipsMalformed)
    guard let architectures = imported.table["architecture"] else {
      throw DiagnosticsError([
        Diagnostic(id: "missing-column", message: "\(dataset.id) declares no column architecture", fix: "declare it")
      ])
    }
    var records = RecordTable(columns: dataset.fileColumns.filter { featureNames.contains($0.header) })
    for (row, origin) in imported.table.origins.enumerated() {
      records.add(cells(architectures[row]), origin: origin)
    }
    for column in try records.table(file: file.path).columns { imported.table = imported.table.adding(column) }
    return imported
  }

  /// The headers of the columns that follow from a cell.
  private static let featureNames: Set = [
    "network", "connected", "convolutions-3x3", "convolutions-1x1", "poolings", "skips",
  ]

  private static func cells(_ architecture: Cell) -> [String: Cell] {
    guard case .text(let text) = architecture, let cell = NASBench201Cell(text) else {
      return Dictionary(
        uniqueKeysWithValues: featureNames.map { ($0, .undefined("the architecture is no cell of NAS-Bench-201")) })
    }
    let network = cell.network
    return [
      "network": .text(network), "connected": .boolean(network != NASBench201Cell.unconnected),
      "convolutions-3x3": .integer(cell.count(of: .convolution3x3)),
      "convolutions-1x1": .integer(cell.count(of: .convolution1x1)),
      "poolings": .integer(cell.count(of: .averagePooling)), "skips": .integer(cell.count(of: .skip)),
    ]
  }
}
