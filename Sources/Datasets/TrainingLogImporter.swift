import Diagnostics
import Documents
import SearchSpaces
import Tables

/// Reads an archive of NAS-Bench-NLP logs: one row for each log, with the features of its
/// recipe, or for each epoch of each.
enum TrainingLogImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ archive: ArchiveSource
  ) throws(DiagnosticsError) -> ImportedDataset {
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    try ArchiveReader.read(archive, archive: file.path, where: { $0.hasSuffix(".json") }) {
      entry throws(DiagnosticsError) in
      let origin = RowOrigin(file: "\(file.path)!\(entry.name)")
      let node = try DocumentReader.read(entry.bytes, file: origin.file, limits: .data)
      let curves = ["train_losses", "val_losses", "test_losses"].map { losses($0, node, &reading) }
      if dataset.format == .trainingCurves {
        for epoch in 0..<(curves.map(\.count).max() ?? 0) {
          var cells: [String: Cell] = ["log-name": .text(entry.name), "epoch": .integer(epoch + 1)]
          for (name, curve) in zip(["train-loss", "validation-loss", "test-loss"], curves) {
            cells[name] = epoch < curve.count ? curve[epoch] : .undefined("no such epoch")
          }
          records.add(cells, origin: origin)
        }
      } else {
        records.add(summary(entry.name, node, curves, &reading), origin: origin)
      }
    }
    return try DatasetImporter.finished(records, reading, file)
  }

  private static func losses(_ key: String, _ node: DocumentNode, _ reading: inout RecordReading) -> [Cell] {
    guard let list = node[key] else {
      reading.report(node, "the log has no \(key)")
      return []
    }
    return reading.list(list, key).map { reading.number($0, named: key) }
  }

  private static func summary(
    _ name: String, _ node: DocumentNode, _ curves: [[Cell]], _ reading: inout RecordReading
  ) -> [String: Cell] {
    let status = reading.text(node, "status")
    let isFinished = status == .text("OK")
    let reason: String = if case .text(let text) = status { "training ended: \(text)" } else { "training ended" }
    func settled(_ cell: Cell?) -> Cell { isFinished ? cell ?? .undefined("no epochs") : .undefined(reason) }
    let validation = curves[1].map { cell -> Double in if case .real(let loss) = cell { loss } else { .infinity } }
    let best = validation.indices.min { validation[$0] < validation[$1] }
    var cells: [String: Cell] = [
      "log-name": .text(name), "recipe-id": reading.integer(node, "recepie_id"),
      "experiment-id": reading.integer(node, "experiment_id"), "init-time": reading.text(node, "init_time"),
      "status": status, "parameters": reading.integer(node, "num_params"), "recipe": reading.text(node, "recepie"),
      "epochs": .integer(curves[0].count),
      "wall-time": .real((node["wall_times"]?.elements ?? []).reduce(0) { $0 + ($1.double ?? 0) }),
      "final-train-loss": settled(curves[0].last), "final-validation-loss": settled(curves[1].last),
      "final-test-loss": settled(curves[2].last), "first-validation-loss": settled(curves[1].first),
      "best-validation-loss": settled(best.map { curves[1][$0] }),
    ]
    if case .text(let text) = cells["recipe"] {
      let recipe = Result { () throws(DiagnosticsError) in try RecipeParser.parse(text, file: name) }
      cells.merge(RecipeCells.cells(recipe)) { first, _ in first }
    }
    cells["test-loss"] = settled(best.flatMap { $0 < curves[2].count ? curves[2][$0] : nil })
    return cells
  }
}
