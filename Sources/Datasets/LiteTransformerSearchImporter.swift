import Diagnostics
import Documents
import Outcomes
import SearchSpaces
import Tables

/// Reads a folder of LiteTransformerSearch's `saved_logs`: one row for each architecture that any of its parts names, with the scores
/// that need no network.
///
/// The folder has a `model_config.yaml` for each architecture, in folders whose names are its id (`config_3/j1` is `config_3_j1`, `M7`
/// is `M7`), and beside these folders files that map ids to values: one number (`ppl`, `latency` and `memory` of Pareto sets) or several
/// by name. What a part says nothing of is undefined, with the part's name as the reason.
enum LiteTransformerSearchImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ archive: ArchiveSource
  ) throws(DiagnosticsError) -> ImportedDataset {
    var reading = RecordReading()
    var logs = SavedLogs()
    try ArchiveReader.read(archive, archive: file.path, where: SavedLogs.isPart) { entry throws(DiagnosticsError) in
      try logs.add(entry, place: "\(file.path)!\(entry.name)", &reading)
    }
    let (rows, absent) = try logs.rows(file.path)
    var records = RecordTable(columns: dataset.fileColumns)
    for row in rows { records.add(row.cells, origin: RowOrigin(file: "\(file.path)!\(row.id)")) }
    let missing = absent.map { part, ids in
      ImportReport.Item(reason: SavedLogs.reason(part), count: ids.count, examples: Array(ids.prefix(5)))
    }
    return try DatasetImporter.finished(records, reading, file, missing: missing)
  }
}

/// The parts of a folder, as they are read.
private struct SavedLogs {
  private static let configuration = "model_config.yaml"
  /// The files beside the architectures, and the name of a value that stands alone.
  private static let summaries = [
    "params_summary.yaml": "parameters", "ppl_summary.yaml": "ppl", "latency_summary.yaml": "latency",
    "memory_summary.yaml": "memory",
  ]
  /// The layers that have columns of their own.
  private static let layerCount = 16

  /// The cells of each configuration by the folders that it is in, the outermost first.
  private var configurations: [[String]: [String: Cell]] = [:]
  /// The cells of each architecture, by the summary's name.
  private var values: [String: [String: [String: Cell]]] = [:]
  /// The folder that the summaries are in; nil before there is one.
  private var root: [String]?
  private var capacity = SpectralCapacity()

  static func isPart(_ path: String) -> Bool {
    let leaf = path.split(separator: "/").last.map(String.init) ?? path
    return leaf == configuration || summaries[leaf] != nil
  }

  static func reason(_ part: String) -> String { "not in \(part)" }

  mutating func add(_ entry: ArchiveEntry, place: String, _ reading: inout RecordReading) throws(DiagnosticsError) {
    let path = entry.name.split(separator: "/").map(String.init)
    let (folders, leaf) = (Array(path.dropLast()), path.last ?? "")
    let node = try DocumentReader.read(entry.bytes, file: place, limits: .data)
    guard let single = Self.summaries[leaf] else {
      configurations[folders] = cells(node)
      return
    }
    guard root == nil || root == folders else {
      throw Self.malformed("\(place) is in another folder than the other summaries", fix: "make a file of each folder")
    }
    root = folders
    var rows: [String: [String: Cell]] = [:]
    for model in reading.entries(node, leaf, in: node) {
      guard model.value.entries != nil else {
        rows[model.key] = [single: reading.number(model.value, named: model.key)]
        continue
      }
      for value in reading.entries(model.value, model.key, in: node) {
        rows[model.key, default: [:]][value.key] = reading.number(value.value, named: value.key)
      }
    }
    values[leaf] = rows
  }

  /// The rows by id, and for each part the ids that it lacks.
  func rows(
    _ file: String
  ) throws(DiagnosticsError) -> (rows: [(id: String, cells: [String: Cell])], absent: [(part: String, ids: [String])]) {
    var parts = values
    var named: [String: [String: Cell]] = [:]
    for (folders, cells) in configurations {
      let root = self.root ?? Array(folders.prefix(1))
      guard folders.starts(with: root), folders.count > root.count else {
        throw Self.malformed(
          "\(file)!\((folders + [Self.configuration]).joined(separator: "/")) is in no folder named like an architecture",
          fix: "put it into one beside the summaries, such as M1")
      }
      named[folders.dropFirst(root.count).joined(separator: "_")] = cells
    }
    parts[Self.configuration] = named
    let all = Set(parts.values.flatMap(\.keys)).sorted(by: Self.precedes)
    var absent: [(part: String, ids: [String])] = []
    var rows = all.map { (id: $0, cells: ["id": Cell.text($0)]) }
    for part in parts.keys.sorted() {
      let cells = parts[part] ?? [:]
      let names = Set(cells.values.flatMap(\.keys))
      let lacking = Dictionary(uniqueKeysWithValues: names.map { ($0, Cell.undefined(Self.reason(part))) })
      for index in rows.indices { rows[index].cells.merge(cells[rows[index].id] ?? lacking) { first, _ in first } }
      let ids = all.filter { cells[$0] == nil }
      if !ids.isEmpty { absent.append((part, ids)) }
    }
    return (rows, absent)
  }

  /// The cells of a configuration; undefined with the reason where it is not one that a network can be built of.
  private mutating func cells(_ node: DocumentNode) -> [String: Cell] {
    let outcome = Result { () throws(DiagnosticsError) in try DecoderConfigurationParser.read(node).record }
    switch outcome {
    case .success(let configuration):
      var cells = capacity.cells(of: configuration.record)
      cells["configuration"] = .text(configuration.json)
      for feature in configuration.features {
        cells[feature.name] = Int(exactly: feature.value).map { .integer($0) } ?? .real(feature.value)
      }
      for index in 0..<Self.layerCount {
        let isThere = index < configuration.layers.count
        let layer = configuration.layers[isThere ? index : 0]
        for (name, value) in [("heads", layer.heads), ("feed-forward-dimension", layer.feedForwardDimension)] {
          cells["layer-\(index + 1)-\(name)"] = isThere ? .integer(value) : .undefined(Cell.noSuchLayer)
        }
      }
      return cells
    case .failure(let error):
      let first = error.diagnostics.first { $0.severity == .error }
      let reason = "the configuration has no network: \(first.map { String($0.message.prefix(200)) } ?? "not one")"
      return Self.names.reduce(into: [:]) { $0[$1] = .undefined(reason) }
    }
  }

  /// The names of the cells of a configuration.
  private static let names: [String] = {
    var logs = SavedLogs()
    let text = #"{"n_layer": 1, "d_model": 2, "n_head": 1, "d_inner": 1, "n_token": 2, "kind": "gpt-2", "tgt_len": 1}"#
    return (try? DocumentReader.read(Array(text.utf8), file: "example")).map { logs.cells($0).keys.sorted() } ?? []
  }()

  private static func malformed(_ message: String, fix: String) -> DiagnosticsError {
    DiagnosticsError([Diagnostic(id: "malformed-record", message: message, fix: fix)])
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    func numbers(_ text: String) -> [Int] { text.split { !$0.isNumber }.map { Int($0) ?? 0 } }
    let (one, other) = (numbers(left), numbers(right))
    return one == other ? left < right : one.lexicographicallyPrecedes(other)
  }
}
