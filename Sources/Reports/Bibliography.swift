import Diagnostics

/// A small reader of BibTeX: entries with fields in braces, quotes, numbers or macros, joined by `#`; `@string`,
/// `@comment` and `@preamble`; anything between entries is a remark.
package enum Bibliography {
  /// Reads a file's content.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text.
  ///   - file: The name used in locations.
  /// - Throws: `DiagnosticsError` with the place of the first thing that is not BibTeX, or of a key given twice.
  package static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> [BibliographyEntry] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "bad-bibliography", location: SourceLocation(file: file, line: 1), message: "the file is not UTF-8 text",
          fix: "save it as UTF-8")
      ])
    }
    var reader = BibTeXReader(text, file: file)
    var entries: [BibliographyEntry] = []
    var keys: Set<String> = []
    while let entry = try reader.entry() {
      guard keys.insert(entry.key).inserted else { throw reader.failure("the key \(entry.key) is there already") }
      entries.append(entry)
    }
    return entries
  }
}
