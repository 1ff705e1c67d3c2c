import Diagnostics
import Yams

/// Reads YAML, and JSON as its subset, into nodes that know their place.
public enum DocumentReader {
  /// Reads one document.
  ///
  /// Anchors and aliases are resolved within the bound on nodes; merge keys (`<<`), tags other than the core schema's,
  /// keys that are not scalars and keys given twice are refused.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text, with or without a byte-order mark.
  ///   - file: The name used in locations.
  ///   - limits: Bounds; see `DocumentLimits`.
  /// - Throws: `DiagnosticsError` with every problem found.
  public static func read(
    _ bytes: [UInt8], file: String, limits: DocumentLimits = .spec
  ) throws(DiagnosticsError) -> DocumentNode {
    guard bytes.count <= limits.bytes else {
      throw single(
        "document-too-large", file, 1, 1, "the document has \(bytes.count) bytes, over the limit of \(limits.bytes)",
        fix: "split it")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else {
      throw single("invalid-utf8", file, 1, 1, "the document is not UTF-8 text", fix: "save it as UTF-8")
    }
    let source = SourceText(text, file: file)
    guard AliasBound.permits(body) else {
      throw single(
        "too-many-aliases", file, 1, 1, "the document has anchors and over \(AliasBound.limit) aliases",
        fix: "write the repeated parts out")
    }
    let root: Node?
    do {
      root = try Parser(yaml: text, resolver: .basic).singleRoot()
    } catch let error as YamlError {
      throw DiagnosticsError([syntaxProblem(error, source)])
    } catch {
      throw single("syntax", file, 1, 1, "the document cannot be read: \(error)", fix: nil)
    }
    guard let root else {
      throw single("empty-document", file, 1, 1, "the document is empty", fix: "write a mapping of keys and values")
    }
    var converter = NodeConverter(source: source, limits: limits)
    let node = converter.convert(root, depth: 0)
    guard converter.problems.isEmpty else { throw DiagnosticsError(converter.problems) }
    return node
  }

  private static func single(
    _ id: String, _ file: String, _ line: Int, _ column: Int, _ message: String, excerpt: String? = nil, fix: String?
  ) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: id, location: SourceLocation(file: file, line: line, column: column), message: message, fix: fix,
        excerpt: excerpt)
    ])
  }

  private static func syntaxProblem(_ error: YamlError, _ source: SourceText) -> Diagnostic {
    func problem(_ mark: Mark, _ message: String, _ context: String?) -> Diagnostic {
      Diagnostic(
        id: "syntax", location: source.location(line: mark.line, column: mark.column), message: message,
        reason: context, fix: "check indentation, quotes and brackets here and in the lines before",
        excerpt: source.line(mark.line))
    }
    switch error {
    case .scanner(let context, let message, let mark, _), .parser(let context, let message, let mark, _),
      .composer(let context, let message, let mark, _):
      return problem(mark, message, context?.text)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
      return Diagnostic(
        id: "duplicate-key", location: source.location(line: context.mark.line, column: context.mark.column),
        message: "a key is given twice: \(keys)", fix: "keep one", excerpt: source.line(context.mark.line))
    case .reader(let message, let offset, _, _):
      let line = offset.map { source.lineNumber(ofByte: $0) } ?? 1
      return Diagnostic(
        id: "syntax", location: source.location(line: line, column: 1), message: message,
        fix: "remove the character that is not allowed", excerpt: source.line(line))
    default:
      return Diagnostic(
        id: "syntax", location: source.location(line: 1, column: 1), message: "the document cannot be read: \(error)",
        fix: nil)
    }
  }
}
