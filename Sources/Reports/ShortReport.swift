/// A report as Markdown that stands alone: no pictures and no links to its files, within a number of bytes.
///
/// What does not fit is left out in this order, from the end of the report each time: descriptions of figures, rows of
/// tables, tables, figures' captions, claims, prose. The last lines say what was left out.
struct ShortReport {
  /// Rows that stay of a table that has to be cut.
  static let cutRows = 10

  private enum Kind { case prose, figure, table, claim }

  private struct Part {
    var kind: Kind
    var label: String
    /// Its texts from the fullest to the shortest; beyond the last, the part is left out.
    var forms: [String]
    var form = 0
    var text: String { form < forms.count ? forms[form] : "" }
  }

  private let head: String
  private var parts: [Part] = []

  /// Prepares a report.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  init(_ document: ReportDocument) throws(ReportError) {
    let title = Escape.markdown(String(document.title.unicodeScalars.prefix(300)))
    func cited(_ prose: String) throws(ReportError) -> String {
      try Citations.resolved(prose, document.references) { Escape.markdown($0.shortName) }
    }
    head = "# \(title)\n\n"
    let statements = StatementMarkdown(references: document.references, standsAlone: true)
    var counts: (figures: Int, tables: Int, prose: Int) = (0, 0, 0)
    if let summary = document.summary {
      parts.append(Part(kind: .prose, label: "the summary", forms: [Escape.block(try cited(summary))]))
    }
    for content in document.cells {
      switch content {
      case .prose(let text):
        counts.prose += 1
        parts.append(Part(kind: .prose, label: "text \(counts.prose)", forms: [Escape.block(try cited(text))]))
      case .figure(let figure):
        counts.figures += 1
        let caption = "**Figure \(counts.figures).** \(try cited(figure.caption.source))\n"
        let description = Escape.markdown(figure.altText, startsBlock: true)
        let full = description.isEmpty ? [] : [caption + "\n> \(description)\n"]
        parts.append(Part(kind: .figure, label: "figure \(counts.figures)", forms: full + [caption]))
      case .table(let table):
        counts.tables += 1
        let caption = "**Table \(counts.tables).** \(try cited(table.caption.source))\n\n"
        var notes = ""
        for note in table.notes { notes += "\n\(try cited(note.source))\n" }
        func form(_ limit: Int) -> String {
          let left = table.shownRows.count - limit
          let more = left > 0 ? "\n\(left) further \(left == 1 ? "row" : "rows") left out.\n" : ""
          return caption + TableExport.markdown(table, limit: limit) + more + notes
        }
        let full = [form(ReportTable.rowLimit)]
        parts.append(
          Part(
            kind: .table, label: "table \(counts.tables)",
            forms: table.shownRows.count > Self.cutRows ? full + [form(Self.cutRows)] : full))
      case .claim(let claim):
        let label = "claim \(claim.checks.first?.name ?? "")"
        parts.append(Part(kind: .claim, label: label, forms: [try statements.card(claim)]))
      case .finding(let finding):
        parts.append(
          Part(kind: .claim, label: "finding \(finding.check.name)", forms: [try statements.card(finding)]))
      case .claims(let claims):
        counts.tables += 1
        parts.append(
          Part(
            kind: .claim, label: "table \(counts.tables)",
            forms: [
              "**Table \(counts.tables).** \(try cited(claims.table.caption.source))\n\n\(try statements.claims(claims))"
            ]))
      case .findings(let findings):
        counts.tables += 1
        let caption = try cited(findings.table.caption.source)
        parts.append(
          Part(
            kind: .claim, label: "table \(counts.tables)",
            forms: ["**Table \(counts.tables).** \(caption)\n\n\(try statements.findings(findings))"]))
      }
    }
  }

  /// The text within a number of bytes of UTF-8 (never more bytes than characters a forge would count).
  func text(within limit: Int) -> String {
    var parts = self.parts
    let note = 600
    var size = parts.reduce(head.utf8.count + note) { $0 + $1.text.utf8.count + 1 }
    for (kind, keeps) in [(Kind.figure, 1), (.table, 1), (.table, 0), (.figure, 0), (.claim, 0), (.prose, 0)] {
      for index in parts.indices.reversed() where size > limit && parts[index].kind == kind {
        let before = parts[index].text.utf8.count
        while parts[index].forms.count - parts[index].form > keeps { parts[index].form += 1 }
        size -= before - parts[index].text.utf8.count
      }
    }
    return head + parts.filter { !$0.text.isEmpty }.map { $0.text + "\n" }.joined() + Self.statement(parts)
  }

  private static func statement(_ parts: [Part]) -> String {
    let gone = parts.filter { $0.form >= $0.forms.count }.map(\.label)
    let cut = parts.filter { $0.form > 0 && $0.form < $0.forms.count }.map { part in
      (part.kind == .table ? "rows of " : "the description of ") + part.label
    }
    let left = gone + cut
    guard !left.isEmpty else { return "" }
    let shown = left.prefix(12).joined(separator: ", ")
    let more = left.count > 12 ? " and \(left.count - 12) more" : ""
    return "_Shortened: \(shown)\(more) left out. The full report has everything._\n"
  }
}
