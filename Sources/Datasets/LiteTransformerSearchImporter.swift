import Diagnostics
import Documents
import Outcomes
import SearchSpaces
import Tables

/// Reads a LiteTransformerSearch archive: one row for each architecture that any of its parts names, with the scores that need
/// no network.
enum LiteTransformerSearchImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ archive: ArchiveSource
  ) throws(DiagnosticsError) -> ImportedDataset {
    var reading = RecordReading()
    var rows: [String: [String: Cell]] = [:]
    var parts: [String: Set<String>] = [:]
    var capacity = SpectralCapacity()
    func isPart(_ path: String) -> Bool { Self.parts.contains { path == $0 || path.hasSuffix("/\($0)") } }
    try ArchiveReader.read(archive, archive: file.path, where: isPart) { entry throws(DiagnosticsError) in
      let place = "\(file.path)!\(entry.name)"
      let path = entry.name.split(separator: "/").map(String.init)
      let leaf = path.last ?? ""
      switch leaf {
      case "ppl_summary.yaml", "params_summary.yaml":
        let node = try DocumentReader.read(entry.bytes, file: place, limits: .data)
        for model in reading.entries(node, leaf, in: node) {
          parts[leaf, default: []].insert(model.key)
          for value in reading.entries(model.value, model.key, in: node) {
            rows[model.key, default: [:]][value.key] = reading.number(value.value, named: value.key)
          }
        }
      case "model_config.yaml":
        guard path.count >= 3 else {
          throw DiagnosticsError([
            Diagnostic(
              id: "malformed-record", message: "\(place) is not under config_*/j*", fix: "fetch the archive anew")
          ])
        }
        let model = "\(path[path.count - 3])_\(path[path.count - 2])"
        let node = try DocumentReader.read(entry.bytes, file: place, limits: .data)
        parts[leaf, default: []].insert(model)
        rows[model, default: [:]].merge(configuration(node, &reading, &capacity)) { first, _ in first }
      default: break
      }
    }
    let all = rows.keys.sorted(by: precedes)
    var records = RecordTable(columns: dataset.fileColumns)
    for model in all {
      var cells = rows[model] ?? [:]
      cells["id"] = .text(model)
      records.add(cells, origin: RowOrigin(file: "\(file.path)!\(model)"))
    }
    let missing = Self.parts.compactMap {
      part -> ImportReport.Item? in
      let absent = all.filter { parts[part]?.contains($0) != true }
      guard !absent.isEmpty else { return nil }
      return .init(reason: "not in \(part)", count: absent.count, examples: Array(absent.prefix(5)))
    }
    return try DatasetImporter.finished(records, reading, file, missing: missing)
  }

  /// The files that are read.
  private static let parts = ["model_config.yaml", "params_summary.yaml", "ppl_summary.yaml"]
  /// The layers that have columns of their own.
  private static let layerCount = 16

  private static func configuration(
    _ node: DocumentNode, _ reading: inout RecordReading, _ capacity: inout SpectralCapacity
  ) -> [String: Cell] {
    var cells: [String: Cell] = [
      "n-layer": reading.integer(node, "n_layer"), "d-model": reading.integer(node, "d_model"),
      "d-embed": reading.integer(node, "d_embed"), "div-val": reading.integer(node, "div_val"),
    ]
    let depth = node["n_layer"]?.integer.flatMap { (1...1024).contains($0) ? $0 : nil } ?? 0
    // One number stands for every layer.
    func layers(_ key: String) -> [Int?] {
      (node[key]?.elements ?? Array(repeating: node[key], count: depth).compactMap { $0 }).map(\.integer)
    }
    for (key, name, property) in [("d_inner", "d-inner", "feed-forward-dimension"), ("n_head", "n-head", "heads")] {
      let values = layers(key)
      let known = values.compactMap { $0 }
      let isKnown = !known.isEmpty && known.count == values.count
      func cell(_ value: Cell) -> Cell { isKnown ? value : .undefined("not given") }
      cells["mean-\(name)"] = cell(.real(Double(known.reduce(0) { $0 &+ $1 }) / Double(max(1, known.count))))
      cells["min-\(name)"] = cell(.integer(known.min() ?? 0))
      cells["max-\(name)"] = cell(.integer(known.max() ?? 0))
      for index in 0..<layerCount {
        let value = index < values.count ? values[index].map { Cell.integer($0) } : nil
        cells["layer-\(index + 1)-\(property)"] =
          index < depth ? value ?? .undefined("not given") : .undefined(Cell.noSuchLayer)
      }
    }
    let record = record(
      width: node["d_model"]?.integer, heads: layers("n_head"), inner: layers("d_inner"), depth: depth)
    return cells.merging(capacity.cells(of: record)) { first, _ in first }
  }

  /// The record of a configuration; nil when a size is not given, is out of range, or lists differ in length from the depth.
  private static func record(width: Int?, heads: [Int?], inner: [Int?], depth: Int) -> DecoderRecord? {
    let layers = zip(heads, inner).compactMap { heads, inner in
      heads.flatMap { heads in inner.map { DecoderLayer(heads: heads, feedForwardDimension: $0) } }
    }
    guard let width, layers.count == depth, heads.count == depth, inner.count == depth else { return nil }
    return try? DecoderRecord(width: width, layers: layers)
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    func numbers(_ text: String) -> [Int] { text.split { !$0.isNumber }.map { Int($0) ?? 0 } }
    let (one, other) = (numbers(left), numbers(right))
    return one == other ? left < right : one.lexicographicallyPrecedes(other)
  }
}
