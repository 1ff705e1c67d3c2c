import Auditing
import Diagnostics
import Documents
import Reports
import Sections
import Specs

/// Finds names in texts, captions and printed numbers that no run could resolve.
extension AnalysisResolver {
  mutating func checkProse(of analysis: Analysis, tables: [ResolvedTable], parts: [any AnalysisPart]) {
    // A part with problems may lack members that are meant; what names them is not reported too.
    let names = ValueNames(analysis, tables: tables, parts: hasProblems ? [] : parts)
    let cited = Set(analysis.references.map(\.value))
    if let summary = analysis.summary { checkCitations(Located(summary, at: analysis.id.location), cited) }
    for cell in analysis.report {
      let text: Located<String>?
      switch cell {
      case .text(let prose): text = prose
      case .figure(let figure): text = figure.caption
      case .table(let table): text = table.caption
      case .claim, .finding: text = nil
      }
      guard let text else { continue }
      checkCitations(text, cited)
      if case .figure = cell {
        checkReferences(text, names.adding([CaptionCoefficients.root]))
      } else {
        checkReferences(text, names)
      }
    }
    for text in analysis.findings.map(\.statement) + analysis.changes.flatMap({ [$0.to, $0.why] }) {
      checkCitations(text, cited)
      checkReferences(text, names)
    }
    for table in analysis.published {
      for value in table.values where TextTemplate.isPath(value.of.value) { checkPath(value.of, names) }
    }
  }

  private mutating func checkCitations(_ text: Located<String>, _ known: Set<String>) {
    for (key, line) in Citations.keys(in: text.value) where !known.contains(key) {
      let front = String(key.prefix { $0 != "," && !$0.isWhitespace })
      let fix: String? =
        known.contains(front)
        ? "write what follows the key outside: `[@\(front)]\(key.dropFirst(front.count))`"
        : known.isEmpty ? "add it to `references`" : nil
      report(
        Located(key, at: Self.place(text, line: line)), id: "unlisted-reference",
        "[@\(key)] is not among the analysis' references", known: known.sorted(),
        fix: fix)
    }
  }

  private mutating func checkReferences(_ text: Located<String>, _ names: ValueNames) {
    for case .reference(let path, let format, let line) in TextTemplate(text.value).segments {
      let place = Self.place(text, line: line)
      if ValueFormat(format) == nil {
        report(
          Located(format ?? "", at: place), id: "bad-format", "\(format ?? "") is not a format",
          fix: "write \(ValueFormat.examples)")
      }
      checkPath(Located(path, at: place), names)
    }
  }

  private mutating func checkPath(_ path: Located<String>, _ names: ValueNames) {
    guard let missing = names.missing(in: path.value) else { return }
    report(
      Located(missing.key, at: path.location), id: "unknown-value",
      "there is no value \(path.value): "
        + (missing.parent.isEmpty ? "nothing is called \(missing.key)" : "\(missing.parent) has no \(missing.key)"),
      known: missing.known)
  }

  private static func place(_ text: Located<String>, line: Int) -> SourceLocation {
    var place = text.location
    place.line += line
    return place
  }
}

/// The names that paths of values may lead through, as far as they are known before anything is computed.
struct ValueNames {
  private let parts: [String: any AnalysisPart]
  private var roots: [String]
  private let claims: [String]
  private let findings: [String]
  /// The keys of what is said of each dataset that is read from a file.
  private let datasets: [String: [String]]

  init(_ analysis: Analysis, tables: [ResolvedTable], parts: [any AnalysisPart]) {
    self.parts = Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
    claims = analysis.claims.map(\.name.value)
    findings = analysis.findings.map(\.name.value)
    let read = tables.filter { $0.use != nil && $0.reported == nil }
    datasets = Dictionary(read.map { ($0.name, TableRecord.keys(of: $0)) }) { first, _ in first }
    // A part that could not be resolved has been reported; what names it is not reported too.
    roots =
      tables.map(\.name) + analysis.parts.map(\.name.value)
      + analysis.published.map(\.name.value) + analysis.datasets.map(\.name.value)
      + analysis.measures.flatMap { [$0.name.value, $0.runsName] } + (claims.isEmpty ? [] : [ClaimsStep.stepName])
      + (findings.isEmpty ? [] : [ClaimsStep.findingsName])
  }

  /// These names and others at the beginning of paths.
  func adding(_ names: [String]) -> ValueNames {
    var all = self
    all.roots += names
    return all
  }

  /// The first key of a path that names nothing, with the path before it and the names known there; nil when there is none,
  /// or only the data tell.
  func missing(in path: String) -> (key: String, parent: String, known: [String])? {
    let keys = path.split(separator: ".").map(String.init)
    guard let root = keys.first else { return nil }
    guard roots.contains(root) else { return (root, "", roots) }
    if root == ClaimsStep.stepName, keys.count > 1, !claims.contains(keys[1]), keys[1] != "totals" {
      return (keys[1], root, claims)
    }
    if root == ClaimsStep.findingsName, keys.count > 1, !findings.contains(keys[1]) { return (keys[1], root, findings) }
    if keys.count > 1, parts[root] == nil, let known = datasets[root], !known.contains(keys[1]) {
      return (keys[1], root, known)
    }
    guard let part = parts[root] else { return nil }
    for count in keys.indices.dropFirst() {
      let before = Array(keys[1..<count])
      guard let known = part.valueNames(under: before) else { return nil }
      if !known.contains(keys[count]) { return (keys[count], keys[..<count].joined(separator: "."), known) }
    }
    return nil
  }
}
