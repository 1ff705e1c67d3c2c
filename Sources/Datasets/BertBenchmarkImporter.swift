import Diagnostics
import Documents
import SearchSpaces
import Tables

/// Reads the BERT benchmark: one row for each architecture, with its scores, features and three parameter counts.
enum BertBenchmarkImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8]
  ) throws(DiagnosticsError) -> ImportedDataset {
    let root = try DocumentReader.read(bytes, file: file.path, limits: .data)
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    for node in reading.list(root, "the benchmark") {
      var cells: [String: Cell] = [
        "id": reading.integer(node, "id"), "time-to-train": reading.number(node, "time_to_train"),
      ]
      for entry in reading.entries(node["scores"], "scores", in: node) {
        cells[entry.key] = reading.number(entry.value, named: entry.key)
      }
      if let record = self.record(node, &reading) {
        for feature in record.features { cells[feature.name] = .real(feature.value) }
        for name in ["depth", "hidden-size"] {
          if case .real(let value) = cells[name] { cells[name] = .integer(Int(value)) }
        }
        for variant in EncoderVariant.allCases {
          cells["parameters-\(variant.rawValue)"] = .integer(record.parameterCount(variant))
        }
      }
      records.add(cells, origin: RowOrigin(file: file.path, line: node.location.line))
    }
    return try DatasetImporter.finished(records, reading, file)
  }

  static func record(_ node: DocumentNode, _ reading: inout RecordReading) -> EncoderRecord? {
    let overrides = node["hparams"]?["model_hparam_overrides"]
    guard let hidden = overrides?["hidden_size"]?.integer,
      let layers = overrides?["nas_config"]?["encoder_layers"]?.elements
    else {
      reading.report(node, "the record has no hidden_size and encoder_layers")
      return nil
    }
    var built: [EncoderLayer] = []
    for layer in layers {
      guard let parameter = layer["operation_parameter"]?.text, let operation = EncoderOperation(rawValue: parameter),
        operation.type == layer["operation_type"]?.text, let heads = layer["num_operation_heads"]?.integer,
        let width = layer["feed_forward_dimension"]?.integer, let count = layer["num_feed_forward"]?.integer
      else {
        reading.report(layer, "this layer is not one of the search space")
        return nil
      }
      built.append(
        EncoderLayer(operation: operation, heads: heads, feedForwardDimension: width, feedForwardCount: count))
    }
    do throws(RecordError) {
      return try EncoderRecord(hiddenSize: hidden, layers: built)
    } catch {
      reading.report(node, error.reason)
      return nil
    }
  }
}
