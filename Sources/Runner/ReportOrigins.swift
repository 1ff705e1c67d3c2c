import Auditing
import Documents
import Figures
import Files
import Pipeline
import Reports
import Sections
import Specs

/// How the tables and figures of a report were made: lines of the spec, data, and the command that makes them.
struct ReportOrigins {
  let resolved: ResolvedAnalysis
  /// Every table of the analysis with its entry in the results.
  let records: [(table: ResolvedTable, record: TableRecord)]

  /// How a table was made.
  func origin(of table: TableSpec) -> ReportOrigin {
    origin(
      from: table.from, command: "trainfree export \(folder) \(table.name.value) --format csv")
  }

  /// How a figure was made.
  func origin(of figure: FigureSpec) -> ReportOrigin {
    origin(from: figure.from, command: "trainfree run \(FileSystem.name(of: resolved.analysis.file))")
  }

  private var folder: String { "reports/\(resolved.analysis.id.value)" }

  private func origin(from: Located<String>, command: String) -> ReportOrigin {
    let excerpt = resolved.analysis.excerpt(from: from.value, at: from.location)
    let part = resolved.part(from.value)
    let names = part?.tables ?? [from.value]
    var facts = records.filter { names.contains($0.table.name) }.map { table, record in
      var words: [String] = []
      if let title = record.source.title { words.append(title) }
      if let digest = record.source.sha256 { words.append("SHA-256 \(digest.prefix(12))…") }
      var count = "n \(NumberText.grouped(record.rows))"
      if let clusters = record.clusters { count += " in \(NumberText.grouped(clusters)) clusters" }
      return ProvenanceItem("data \(table.name)", (words + [count]).joined(separator: ", "))
    }
    if let seed = part?.seed { facts.append(ProvenanceItem("seed", String(seed))) }
    let file = FileSystem.name(of: resolved.analysis.file)
    return ReportOrigin(
      spec: excerpt.lines, place: excerpt.path.map { "\($0) of \(file)" } ?? file, command: command, facts: facts)
  }

  /// The lines of the spec that the report shows, for its key.
  static func lines(of resolved: ResolvedAnalysis) -> JSONValue {
    .array(
      resolved.analysis.report.compactMap { cell -> JSONValue? in
        switch cell {
        case .text, .claim, .finding: return nil
        case .table(let table): return lines(table.from, resolved)
        case .figure(let figure): return lines(figure.from, resolved)
        }
      })
  }

  private static func lines(_ from: Located<String>, _ resolved: ResolvedAnalysis) -> JSONValue {
    let excerpt = resolved.analysis.excerpt(from: from.value, at: from.location)
    return .string(SHA256.hexDigest(excerpt.lines.joined(separator: "\n")))
  }
}
