/// What the head of a report says of the text itself. Every field is plain text, empty where nothing is known.
package struct ReportImprint: Sendable, Hashable {
  /// The authors, in order.
  package var authors: [String]
  /// The day of the text, as 2026-11-29.
  package var date: String
  /// The version of the tool, such as `0.1.0`.
  package var version: String
  /// SHA-256 of the spec, in hexadecimal digits.
  package var specDigest: String
  /// The licence of the text.
  package var licence: String
  /// The address of the page that the report belongs to.
  package var home: String

  package init(
    authors: [String] = [], date: String = "", version: String = "", specDigest: String = "", licence: String = "",
    home: String = ""
  ) {
    self.authors = authors
    self.date = date
    self.version = version
    self.specDigest = specDigest
    self.licence = licence
    self.home = home
  }

  /// The first digits of the spec's digest, which tell two states of a report apart.
  var shortDigest: String { String(specDigest.prefix(12)) }

  /// The version of the tool and of the spec in a few words.
  var edition: String {
    [version.isEmpty ? "" : "trainfree \(version)", shortDigest.isEmpty ? "" : "spec \(shortDigest)"]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The parts in the order of a page's head, those that are not known left out.
  var parts: [String] {
    [authors.joined(separator: ", "), date, edition, licence].filter { !$0.isEmpty }
  }

  /// A BibTeX entry for a report.
  ///
  /// - Parameters:
  ///   - id: The analysis' name, which is the key of the entry.
  ///   - title: The report's title.
  ///   - note: The note of the entry; the edition when nil.
  func bibtex(id: String, title: String, note: String? = nil) -> String {
    let edition = note ?? self.edition
    var fields = [("title", "{\(Escape.latex(title))}")]
    if !authors.isEmpty {
      fields.append(("author", authors.map { "{\(Escape.latex($0))}" }.joined(separator: " and ")))
    }
    if !date.isEmpty { fields.append(("year", String(date.prefix(4)))) }
    if !edition.isEmpty { fields.append(("note", Escape.latex(edition))) }
    if home.hasPrefix("http") { fields.append(("url", home)) }
    return BibliographyEntry.bibtex("misc", id, fields)
  }
}

extension BibliographyEntry {
  /// The entry as BibTeX, its fields by name, values as written in TeX.
  package var bibtex: String { Self.bibtex(type, key, fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }

  fileprivate static func bibtex(_ type: String, _ key: String, _ fields: [(name: String, value: String)]) -> String {
    "@\(type){\(key),\n" + fields.map { "  \($0.name) = {\($0.value)},\n" }.joined() + "}"
  }
}
