import Diagnostics
import Documents
import Tables

/// Reads a search space: one row for each choice of each dimension.
enum SearchSpaceImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8]
  ) throws(DiagnosticsError) -> ImportedDataset {
    let root = try DocumentReader.read(bytes, file: file.path, limits: .data)
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    func add(_ node: DocumentNode, _ prefix: String, _ reading: inout RecordReading) {
      for entry in reading.entries(node, prefix.isEmpty ? "the search space" : prefix, in: node) {
        let name = prefix.isEmpty ? entry.key : "\(prefix).\(entry.key)"
        if entry.value.entries != nil {
          add(entry.value, name, &reading)
          continue
        }
        for choice in reading.list(entry.value, name) {
          guard let text = choice.text else {
            reading.report(choice, name, "a word or a number")
            continue
          }
          records.add(
            ["dimension": .text(name), "choice": .text(text)],
            origin: RowOrigin(file: file.path, line: choice.location.line))
        }
      }
    }
    add(root, "", &reading)
    return try DatasetImporter.finished(records, reading, file)
  }
}
