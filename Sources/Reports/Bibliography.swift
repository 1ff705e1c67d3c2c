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

/// A publication.
package struct BibliographyEntry: Sendable, Hashable {
  /// A person or a group.
  package struct Author: Sendable, Hashable {
    /// Given names; empty for a group.
    package var given: String
    /// The family name with its particle, or the name of a group.
    package var family: String
  }

  package var key: String
  /// The type of the BibTeX entry in lower case, such as `article`.
  package var type: String
  /// Fields by lower-case name, as written in TeX.
  package var fields: [String: String]

  /// Creates an entry.
  package init(key: String, type: String = "misc", fields: [String: String]) {
    self.key = key
    self.type = type
    self.fields = fields
  }

  /// A field as plain text; nil when it is not there or empty.
  package subscript(field: String) -> String? {
    guard let value = fields[field] else { return nil }
    let text = TeXText.plain(value)
    return text.isEmpty ? nil : text
  }

  /// The authors, from "Given Family and Family, Given and {Group}". Words that begin in lower case belong to
  /// the family name.
  package var authors: [Author] {
    TeXText.split(fields["author"] ?? "", at: " and ").compactMap { name in
      if name.hasPrefix("{"), name.hasSuffix("}") { return Author(given: "", family: TeXText.plain(name)) }
      let parts = TeXText.split(name, at: ",").map { TeXText.plain($0) }
      if let family = parts.first, parts.count > 1, let given = parts.last {
        return Author(given: given, family: family)
      }
      let words = TeXText.plain(name).split(separator: " ")
      guard !words.isEmpty else { return nil }
      let particle = words.dropLast().firstIndex { $0.first?.isLowercase == true }
      let start = particle ?? words.count - 1
      return Author(given: words[..<start].joined(separator: " "), family: words[start...].joined(separator: " "))
    }
  }

  /// "Serianni & Kalita (2023)"; the key when there are no authors, "n.d." when there is no year.
  package var shortName: String {
    let names = authors.map(\.family)
    let who =
      switch names.count {
      case 0: key
      case 1: names[0]
      case 2: "\(names[0]) & \(names[1])"
      default: "\(names[0]) et al."
      }
    return "\(who) (\(self["year"] ?? "n.d."))"
  }

  /// The reference as plain text without its DOI or address: authors, year, title, venue with volume and pages.
  var statement: String {
    let names = authors.map { $0.given.isEmpty ? $0.family : "\($0.family), \($0.given)" }
    let who = names.isEmpty ? key : names.joined(separator: "; ")
    return ["\(who) (\(self["year"] ?? "n.d."))", self["title"], venue].compactMap { $0 }.map { part in
      part.last.map { ".?!".contains($0) } == true ? part : part + "."
    }.joined(separator: " ")
  }

  /// `doi:…`, or the address.
  var locator: String? { self["doi"].map { "doi:\($0)" } ?? self["url"] }

  /// The address of the publication, safe in an attribute and in Markdown; nil when it has none that is HTTP.
  package var link: String? {
    if let doi = self["doi"] { return "https://doi.org/" + Self.encoded(doi) }
    guard let address = self["url"], ["https://", "http://"].contains(where: { address.hasPrefix($0) }) else {
      return nil
    }
    return Self.encoded(address)
  }

  private var venue: String? {
    guard let name = self["journal"] ?? self["booktitle"] ?? self["howpublished"] else { return nil }
    let number = self["number"].map { "(\($0))" } ?? ""
    let volume = self["volume"].map { " \($0)\(number)" } ?? ""
    return name + volume + (self["pages"].map { ", \($0)" } ?? "")
  }

  private static func encoded(_ address: String) -> String {
    var output = ""
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        output.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where "-._/:?=&%+,;@#".utf8.contains(byte): output.unicodeScalars.append(Unicode.Scalar(byte))
      default: output += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return output
  }
}
