import Diagnostics
import Documents
import Outcomes
import SearchSpaces
import Tables

/// Reads the BERT benchmark: one row for each architecture, with its scores, features, layers, the parameters and operations of
/// the three networks that it stands for, and the scores that need no network.
enum BertBenchmarkImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ bytes: [UInt8]
  ) throws(DiagnosticsError) -> ImportedDataset {
    let root = try DocumentReader.read(bytes, file: file.path, limits: .data)
    var reading = RecordReading()
    var records = RecordTable(columns: dataset.fileColumns)
    var capacity = SpectralCapacity()
    for node in reading.list(root, "the benchmark") {
      var cells: [String: Cell] = [
        "id": reading.integer(node, "id"), "time-to-train": reading.number(node, "time_to_train"),
      ]
      for entry in reading.entries(node["scores"], "scores", in: node) {
        cells[entry.key] = reading.number(entry.value, named: entry.key)
      }
      if let record = self.record(node, &reading) {
        cells.merge(Self.cells(record)) { first, _ in first }
        cells.merge(capacity.cells(of: record)) { first, _ in first }
      }
      records.add(cells, origin: RowOrigin(file: file.path, line: node.location.line))
    }
    return try DatasetImporter.finished(records, reading, file)
  }

  /// The layers that have columns of their own.
  private static let layerCount = 4

  private static func cells(_ record: EncoderRecord) -> [String: Cell] {
    var cells: [String: Cell] = [:]
    cells["record"] = .text(record.json)
    for feature in record.features {
      cells[feature.name] = Int(exactly: feature.value).map { .integer($0) } ?? .real(feature.value)
    }
    cells["parameters-declared-widths"] = .integer(record.parameterCountWithDeclaredWidths)
    for variant in EncoderVariant.allCases {
      cells["network-\(variant.rawValue)"] = .text(record.network(variant))
      cells["parameters-\(variant.rawValue)"] = .integer(record.parameterCount(variant))
      cells["operation-parameters-\(variant.rawValue)"] = .integer(record.operationParameterCount(variant))
      cells["feed-forward-parameters-\(variant.rawValue)"] = .integer(record.feedForwardParameterCount(variant))
      cells["flops-\(variant.rawValue)"] =
        (try? record.floatingPointOperations(variant)).map { .integer($0) } ?? .undefined("not countable")
    }
    for index in 0..<max(layerCount, record.layers.count) {
      let isThere = index < record.layers.count
      for feature in record.layers[isThere ? index : 0].features {
        let cell: Cell =
          switch feature.value {
          case .word(let word): .text(word)
          case .count(let count): .integer(count)
          }
        cells["layer-\(index + 1)-\(feature.name)"] = isThere ? cell : .undefined(Cell.noSuchLayer)
      }
    }
    return cells
  }

  private static func record(_ node: DocumentNode, _ reading: inout RecordReading) -> EncoderRecord? {
    do throws(DiagnosticsError) {
      return try EncoderRecordParser.read(node).record
    } catch {
      for diagnostic in error.diagnostics where diagnostic.severity == .error { reading.report(diagnostic) }
      return nil
    }
  }
}

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
