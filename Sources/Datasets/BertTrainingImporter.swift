import Diagnostics
import Documents
import Tables

/// Reads the BERT training ablation: one row for each architecture and number of steps.
enum BertTrainingImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8]
  ) throws(DiagnosticsError) -> ImportedDataset {
    let root = try DocumentReader.read(bytes, file: file.path, limits: .data)
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    for node in reading.list(root, "the ablation") {
      let id = reading.integer(node, "id")
      for checkpoint in reading.entries(node["scores"], "scores", in: node) {
        guard let steps = Int(checkpoint.key) else {
          reading.report(checkpoint.value, "\(checkpoint.key) is not a number of steps")
          continue
        }
        var cells: [String: Cell] = ["id": id, "steps": .integer(steps)]
        for score in reading.entries(checkpoint.value, checkpoint.key, in: node) {
          cells[score.key] = reading.number(score.value, named: score.key)
        }
        records.add(cells, origin: RowOrigin(file: file.path, line: checkpoint.keyLocation.line))
      }
    }
    return try DatasetImporter.finished(records, reading, file)
  }
}
