import Diagnostics
import Documents
import Tables

/// Reads an archive of `METRIC_scores_….yaml` files, or such files in `.yml` or `.json`, each a mapping of architectures to scores: one
/// row for each architecture that any file names, one column for each file. Two files of one metric, and an archive without any, are
/// refused.
enum ScoreFileImporter {
  static func read(
    _ dataset: CatalogDataset, _ file: CatalogFile, _ archive: ArchiveSource
  ) throws(DiagnosticsError) -> ImportedDataset {
    var reading = RecordReading()
    var rows: [String: [String: Cell]] = [:]
    var order: [String] = []
    var metrics: [(name: String, member: String, models: Set<String>)] = []
    let endings = [".yaml", ".yml", ".json"]
    try ArchiveReader.read(archive, archive: file.path, where: { name in endings.contains { name.hasSuffix($0) } }) {
      entry throws(DiagnosticsError) in
      let leaf = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
      guard let end = leaf.range(of: "_scores") else { return }
      let metric = leaf[..<end.lowerBound].split(separator: "_").joined(separator: "-")
      if let other = metrics.first(where: { $0.name == metric }) {
        throw DiagnosticsError([
          Diagnostic(
            id: "duplicate-metric", location: SourceLocation(file: "\(file.path)!\(entry.name)", line: 1),
            message: "\(other.member) has scores of \(metric) already",
            reason: "which of them counts would be left to chance",
            fix: "keep one, or name them apart before `_scores`, such as \(metric)-seed1_scores.yaml, and declare both")
        ])
      }
      let node = try DocumentReader.read(entry.bytes, file: "\(file.path)!\(entry.name)", limits: .data)
      var models: Set<String> = []
      for score in reading.entries(node, leaf, in: node) {
        if rows[score.key] == nil { order.append(score.key) }
        rows[score.key, default: [:]][metric] = reading.number(score.value, named: score.key)
        models.insert(score.key)
      }
      metrics.append((metric, leaf, models))
    }
    guard !metrics.isEmpty else {
      throw DiagnosticsError([
        Diagnostic(
          id: "no-score-files", location: SourceLocation(file: file.path, line: 1),
          message: "the archive holds no files of scores",
          reason: "they are called METRIC_scores.yaml, .yml or .json, with anything between scores and the ending",
          fix: "name them so")
      ])
    }
    var records = RecordTable(columns: dataset.fileColumns)
    for model in order {
      var cells = rows[model] ?? [:]
      cells["id"] = .text(model)
      records.add(cells, origin: RowOrigin(file: "\(file.path)!\(model)"))
    }
    let missing = metrics.flatMap { metric -> [ImportReport.Item] in
      let absent = order.filter { !metric.models.contains($0) }
      let undefined = order.filter {
        rows[$0]?[metric.name].map { if case .undefined = $0 { true } else { false } } ?? false
      }
      return [
        ("no score of \(metric.name)", absent), ("scores of \(metric.name) that are no finite number", undefined),
      ].filter { !$1.isEmpty }.map {
        .init(reason: $0, count: $1.count, examples: Array($1.prefix(5)))
      }
    }
    return try DatasetImporter.finished(records, reading, file, missing: missing)
  }
}
