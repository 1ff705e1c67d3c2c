import Diagnostics
import Documents
import Tables

/// Reads `data/catalog.yaml`.
package enum CatalogParser {
  /// Reads a catalogue.
  ///
  /// - Throws: `DiagnosticsError` with every problem.
  package static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> Catalog {
    let root = try DocumentReader.read(bytes, file: file)
    var validator = SchemaValidator()
    validator.check(root, against: .object(CatalogSchema.root), name: "the catalogue")
    guard validator.problems.isEmpty else { throw DiagnosticsError(validator.problems) }
    let files = (root["files"]?.entries ?? []).map { self.file($0.key, $0.value) }
    var problems: [Diagnostic] = []
    var columnSets: [String: [CSVColumn]] = [:]
    for entry in root["column-sets"]?.entries ?? [] {
      columnSets[entry.key] = (entry.value.entries ?? []).map { column($0.key, $0.value) }
    }
    var datasets: [CatalogDataset] = []
    for entry in root["datasets"]?.elements ?? [] {
      let dataset = self.dataset(entry, columnSets, &problems)
      if !files.contains(where: { $0.id == dataset.file }) {
        problems.append(unknown("file", dataset.file, entry["file"]?.location, files.map(\.id)))
      }
      if datasets.contains(where: { $0.id == dataset.id }) {
        problems.append(
          Diagnostic(
            id: "duplicate-dataset", location: entry.location, message: "the dataset \(dataset.id) is there already",
            fix: "choose another id"))
      }
      let counts = Dictionary(grouping: dataset.columns.map(\.name)) { $0 }.mapValues(\.count)
      for name in counts.keys.sorted() where counts[name, default: 0] > 1 {
        problems.append(
          Diagnostic(
            id: "duplicate-column", location: entry.location,
            message: "\(dataset.id) declares the column \(name) twice", fix: "keep one"))
      }
      datasets.append(dataset)
    }
    for (index, entry) in (root["datasets"]?.elements ?? []).enumerated() {
      guard let node = entry["unit"] else { continue }
      datasets[index].unit = CatalogUnit.read(node, of: datasets[index], among: datasets, root, &problems)
    }
    let corpora = self.corpora(root["corpora"]?.elements ?? [], files, &problems)
    for file in files where file.digest.count != 64 || !file.digest.allSatisfy(\.isHexDigit) {
      problems.append(
        Diagnostic(
          id: "bad-digest", location: root["files"]?[file.id]?.location,
          message: "the SHA-256 of \(file.id) is not 64 hexadecimal digits", fix: "take it from sha256sum"))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return Catalog(files: files, datasets: datasets, corpora: corpora)
  }

  private static func unknown(
    _ kind: String, _ name: String, _ location: SourceLocation?, _ known: [String]
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-name", location: location, message: "there is no \(kind) \(name)",
      fix: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" } ?? "declare it")
  }

  private static func file(_ id: String, _ node: DocumentNode) -> CatalogFile {
    CatalogFile(
      id: id, path: node["path"]?.text ?? "", address: node["address"]?.text ?? "",
      licence: node["licence"]?.text ?? "",
      citation: node["citation"]?.text ?? "", byteCount: node["bytes"]?.integer ?? 0,
      digest: node["sha256"]?.text ?? "",
      byHand: node["by-hand"]?.text)
  }

  private static func corpora(
    _ nodes: [DocumentNode], _ files: [CatalogFile], _ problems: inout [Diagnostic]
  ) -> [CatalogCorpus] {
    var corpora: [CatalogCorpus] = []
    for node in nodes {
      var corpus = CatalogCorpus(
        id: node["id"]?.text ?? "", title: node["title"]?.text ?? "", summary: node["summary"]?.text ?? "", files: [:])
      for entry in node["parts"]?.entries ?? [] {
        let file = entry.value.text ?? ""
        if !files.contains(where: { $0.id == file }) {
          problems.append(unknown("file", file, entry.value.location, files.map(\.id)))
        }
        if let part = CorpusPart(rawValue: entry.key) { corpus.files[part] = file }
      }
      if corpus.files.isEmpty {
        problems.append(
          Diagnostic(
            id: "no-parts", location: node["parts"]?.location, message: "the text set \(corpus.id) has no part",
            fix: "name the file of one: \(CorpusPart.allCases.map(\.rawValue).joined(separator: ", "))"))
      }
      if corpora.contains(where: { $0.id == corpus.id }) {
        problems.append(
          Diagnostic(
            id: "duplicate-corpus", location: node.location, message: "the text set \(corpus.id) is there already",
            fix: "choose another id"))
      }
      corpora.append(corpus)
    }
    return corpora
  }

  private static func dataset(
    _ node: DocumentNode, _ sets: [String: [CSVColumn]], _ problems: inout [Diagnostic]
  ) -> CatalogDataset {
    var columns: [CSVColumn] = []
    for name in node["column-sets"]?.elements ?? [] {
      if let set = sets[name.text ?? ""] {
        columns += set
      } else {
        problems.append(unknown("column set", name.text ?? "", name.location, sets.keys.sorted()))
      }
    }
    columns += (node["columns"]?.entries ?? []).map { column($0.key, $0.value) }
    return CatalogDataset(
      id: node["id"]?.text ?? "", title: node["title"]?.text ?? "", summary: node["summary"]?.text ?? "",
      file: node["file"]?.text ?? "", format: DatasetFormat(rawValue: node["format"]?.text ?? "") ?? .csv,
      skipsMalformed: node["malformed"]?.text == "skip",
      repairsGluedHeader: node["repair-glued-header"]?.boolean ?? false, repetitionOf: node["repetition-of"]?.text,
      ignoredHeaders: (node["ignored-headers"]?.elements ?? []).compactMap(\.text), fileColumns: columns)
  }

  private static func column(_ name: String, _ node: DocumentNode) -> CSVColumn {
    var missing: [String: String] = [:]
    for entry in node["missing"]?.entries ?? [] { missing[entry.key] = entry.value.text ?? "" }
    let schema = ColumnSchema(
      name: name, type: ColumnType(rawValue: node["type"]?.text ?? "real") ?? .real, title: node["title"]?.text,
      role: ColumnRole(rawValue: node["role"]?.text ?? "other") ?? .other, unit: node["unit"]?.text,
      better: node["better"]?.text.flatMap { Direction(rawValue: $0) }, summary: node["summary"]?.text)
    let part = node["part"].flatMap { node in
      node["before"]?.text.flatMap { before in node["after"]?.text.map { CellPart(before: before, after: $0) } }
    }
    return CSVColumn(schema: schema, header: node["header"]?.text ?? name, missing: missing, part: part)
  }
}
