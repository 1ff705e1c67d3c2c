/// A report in at most `lineLimit` lines, for a comment: what changed, how the statements of each publication fared, those that do
/// not hold or are not decided, and one link to the report.
struct CommentReport {
  /// The most lines of the comment.
  static let lineLimit = 30

  private let head: [String]
  private var changes: [String]
  private var strips: [String] = []
  private var verdicts: [String] = []
  private var opening: [String] = []

  /// Prepares a report.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  init(_ document: ReportDocument) throws(ReportError) {
    func cited(_ prose: String) throws(ReportError) -> String {
      try Citations.resolved(prose, document.references) { Escape.markdown($0.shortName) }
    }
    func name(_ key: String) -> String {
      document.references.first { $0.key == key }.map { Escape.markdown($0.shortName) } ?? Escape.markdown(key)
    }
    head = ["## \(Escape.markdown(Self.short(document.title)))", ""]
    var changes: [String] = []
    for change in document.changes { changes.append("- " + Self.line(try cited(change.source))) }
    self.changes = changes
    for case .claims(let claims) in document.cells {
      strips += claims.publications.map { "**\(name($0.reference))**: \(Escape.markdown($0.strip))" }
      let statements = claims.publications.flatMap(\.statements) + claims.predictions
      verdicts += statements.filter { [.fails, .open].contains($0.verdict.tone) }.map { Self.line($0) }
    }
    guard strips.isEmpty else { return }
    if let summary = document.summary { opening.append(Self.line(try cited(summary))) }
  }

  /// The text.
  var text: String {
    let tail = ["[The whole report](report.md)"]
    var body = opening.isEmpty ? [] : opening + [""]
    var room = Self.lineLimit - head.count - body.count - tail.count
    func add(_ title: String, _ lines: [String], keeping reserve: Int) {
      // A title, an empty line before the list and one after it.
      guard !lines.isEmpty, room - reserve > 4 else { return }
      let fitting = lines.count + 3 <= room - reserve ? lines.count : max(0, room - reserve - 4)
      let left = lines.count - fitting
      let all = lines.prefix(fitting) + (left > 0 ? ["- … and \(left) more"] : [])
      body += [title, ""] + all + [""]
      room -= all.count + 3
    }
    // Strips are lists of their own, a line each.
    let shown = strips.prefix(6).map { "- \($0)" } + (strips.count > 6 ? ["- … and \(strips.count - 6) more"] : [])
    add("What changed:", changes, keeping: shown.isEmpty ? 0 : shown.count + 3 + min(verdicts.count, 4) + 3)
    add("What the papers say:", shown, keeping: 0)
    add("What does not hold or is not decided:", verdicts, keeping: 0)
    let text = (head + body + tail).map { $0 + "\n" }.joined()
    return text.utf8.count <= ReportWriter.commentLimit ? text : (head + tail).map { $0 + "\n" }.joined()
  }

  /// A statement that does not hold or is not decided: the numbers of its only check, or the names of those checks that do not
  /// hold.
  private static func line(_ statement: ReportStatement) -> String {
    var line = "- **\(Escape.markdown(statement.verdict.words))**: \(Escape.markdown(short(statement.text)))"
    if statement.checks.count == 1, let only = statement.checks.first {
      let parts = [
        only.claimed.isEmpty ? nil : "claimed \(only.claimed)", only.tested.isEmpty ? nil : "our test \(only.tested)",
        only.recomputed == nil ? nil : "recomputed \(only.value)",
      ].compactMap(\.self).joined(separator: ", ")
      return parts.isEmpty ? line : line + " \(Escape.markdown(parts.prefix(1).uppercased() + parts.dropFirst()))."
    }
    let open = statement.checks.filter { $0.verdict?.tone != .holds }
    guard !open.isEmpty else { return line }
    line += " (" + open.prefix(3).map { Escape.markdown(short($0.title)) }.joined(separator: "; ")
    return line + (open.count > 3 ? "; and \(open.count - 3) more)" : ")")
  }

  private static func short(_ text: String) -> String {
    text.unicodeScalars.count > 300 ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(299))) + "…" : text
  }

  private static func line(_ markdown: String) -> String {
    markdown.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
