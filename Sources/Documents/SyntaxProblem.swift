import Diagnostics
import Yams

/// Words the parser's errors as findings.
struct SyntaxProblem {
  let source: SourceText
  let limits: DocumentLimits

  /// The finding for an error.
  func diagnostic(_ error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let message, let mark, _), .parser(let context, let message, let mark, _),
      .composer(let context, let message, let mark, _):
      let location = source.location(line: mark.line, column: mark.column)
      if message.contains("nesting level") {
        return finding(
          "nested-too-deep", location, "nested deeper than \(limits.depth) levels", nil, fix: "flatten it")
      }
      return finding("syntax", location, message, context?.text, fix: Self.fix(message))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return finding(
        "duplicate-key", source.location(line: context.mark.line, column: context.mark.column),
        "a key is given twice: \(duplicates.sorted().joined(separator: ", "))", nil, fix: "keep one")
    case .reader(let message, let offset, _, _):
      return finding(
        "syntax", source.location(ofByte: offset ?? 0), message, nil, fix: "remove the character that is not allowed")
    default:
      return finding(
        "syntax", source.location(line: 1, column: 1), "the document cannot be read: \(error)", nil, fix: nil)
    }
  }

  private static func fix(_ message: String) -> String {
    let fixes = [
      ("tab character", "indent with spaces"),
      ("cannot start any token", "indent with spaces, and quote a text that begins with a special character"),
      ("another document", "keep one document: remove the line `---` and what follows"),
      ("mapping values are not allowed", "quote a text that has a colon in it, and check the indentation"),
      ("undefined alias", "name the anchor before, or quote a text that begins with *"),
      ("escape", "write the text in single quotes, or double the backslash"),
      ("unexpected end of stream", "close the quote"),
    ]
    return fixes.first { message.contains($0.0) }?.1
      ?? "check indentation, quotes and brackets here and in the lines before"
  }

  private func finding(
    _ id: String, _ location: SourceLocation, _ message: String, _ reason: String?, fix: String?
  ) -> Diagnostic {
    var list = DiagnosticList()
    list.append(
      Diagnostic(
        id: id, location: location, message: message, reason: reason, fix: fix,
        excerpt: source.excerpt(at: location)))
    return list.findings[0]
  }
}
