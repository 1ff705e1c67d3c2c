import Diagnostics
import Documents

/// The reader of `data/references.yaml`: publications by the key under which analyses cite them.
package enum Bibliography {
  private static let publication = ObjectSchema(
    "publication", "A publication.",
    fields: [
      .optional(
        "authors", .list(.text, minimum: 1),
        "Authors in order, each as family name, comma, given names; a group by its name alone."),
      .optional("year", .text, "Year of publication."),
      .required("title", .text, "Title."),
      .optional("venue", .text, "Journal, proceedings or other place of publication."),
      .optional("volume", .text, "Volume of the venue."),
      .optional("number", .text, "Number in the volume."),
      .optional("pages", .text, "Pages, such as 239–251, or the article's number."),
      .optional("doi", .text, "DOI, such as 10.1093/biomet/33.3.239."),
      .optional("url", .text, "Address, printed where there is no DOI."),
    ])

  /// Reads a file's content.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text.
  ///   - file: The name used in locations.
  /// - Returns: The publications in the file's order; runs of white space in their texts are single blanks.
  /// - Throws: `DiagnosticsError` with the place of every problem: what is no YAML, keys given twice or unknown, values
  ///   missing or of the wrong kind.
  package static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> [BibliographyEntry] {
    let root = try DocumentReader.read(bytes, file: file)
    var validator = SchemaValidator()
    validator.check(root, against: .map(.object(publication)), name: "the bibliography")
    guard validator.problems.isEmpty else { throw DiagnosticsError(validator.problems) }
    return (root.entries ?? []).map { BibliographyEntry(key: $0.key, $0.value) }
  }
}

/// A publication.
package struct BibliographyEntry: Sendable, Hashable {
  /// A person or a group.
  package struct Author: Sendable, Hashable {
    /// Given names; empty for a group.
    package var given = ""
    /// The family name with its particle, or the name of a group.
    package var family: String

    /// Takes a name apart at its first comma: `de Rosa, Gustavo`. Without one it is the name of a group.
    package init(_ name: String) {
      let parts = name.split(separator: ",", maxSplits: 1).map { $0.split(separator: " ").joined(separator: " ") }
      family = parts.first ?? name
      if parts.count > 1 { given = parts[1] }
    }
  }

  package var key: String
  package var authors: [Author] = []
  /// The year of publication.
  package var year: String?
  /// The title; nothing is printed for an empty one.
  package var title = ""
  /// The journal, the proceedings or another place of publication.
  package var venue: String?
  /// The volume of the venue.
  package var volume: String?
  /// The number in the volume; printed with a volume only.
  package var number: String?
  /// Pages, or the article's number.
  package var pages: String?
  /// The DOI without its resolver.
  package var doi: String?
  /// The address, printed where there is no DOI.
  package var url: String?

  /// Creates an entry with nothing but its key.
  package init(key: String) { self.key = key }

  /// Reads a mapping that fits the schema.
  fileprivate init(key: String, _ node: DocumentNode) {
    func line(_ text: String?) -> String? {
      let words = text?.split(whereSeparator: \.isWhitespace) ?? []
      return words.isEmpty ? nil : words.joined(separator: " ")
    }
    self.key = key
    authors = (node["authors"]?.elements ?? []).compactMap { line($0.text) }.map(Author.init)
    year = line(node["year"]?.text)
    title = line(node["title"]?.text) ?? ""
    venue = line(node["venue"]?.text)
    volume = line(node["volume"]?.text)
    number = line(node["number"]?.text)
    pages = line(node["pages"]?.text)
    doi = line(node["doi"]?.text)
    url = line(node["url"]?.text)
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
    return "\(who) (\(year ?? "n.d."))"
  }

  /// The reference as plain text without its DOI or address: authors, year, title, venue with volume and pages.
  var statement: String {
    let names = authors.map { $0.given.isEmpty ? $0.family : "\($0.family), \($0.given)" }
    let who = names.isEmpty ? key : names.joined(separator: "; ")
    return ["\(who) (\(year ?? "n.d."))", title, place ?? ""].filter { !$0.isEmpty }.map { part in
      part.last.map { ".?!".contains($0) } == true ? part : part + "."
    }.joined(separator: " ")
  }

  /// `doi:…`, or the address.
  var locator: String? { doi.map { "doi:\($0)" } ?? url }

  /// The address of the publication, safe in an attribute and in Markdown; nil when it has none that is HTTP.
  package var link: String? {
    if let doi { return "https://doi.org/" + Self.encoded(doi) }
    guard let url, ["https://", "http://"].contains(where: { url.hasPrefix($0) }) else { return nil }
    return Self.encoded(url)
  }

  /// The venue with volume, number and pages: `Biometrika 33(3), 239–251`.
  private var place: String? {
    guard let venue else { return nil }
    let number = number.map { "(\($0))" } ?? ""
    let volume = volume.map { " \($0)\(number)" } ?? ""
    return venue + volume + (pages.map { ", \($0)" } ?? "")
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
