import Documents
import Reports

/// What reference managers read of a report: BibTeX, CSL-JSON, and elements of its page's head.
struct CiteFiles {
  let report: SiteReport
  let input: SiteInput

  private var address: String { "\(input.base)r/\(report.id)/" }
  private var permanent: String { "\(input.base)v/\(report.id)/\(report.edition)/" }
  private var note: String { "trainfree \(report.version), edition \(report.edition)" }

  /// An entry of BibTeX, which leads to the edition.
  var bibtex: String {
    PageParts.bibtex(
      key: report.id, title: report.title, authors: input.authors, date: input.date, note: note, address: permanent)
      + "\n"
  }

  /// An item of CSL-JSON, version 1.0.
  var csl: JSONValue {
    let day = input.date.split(separator: "-").compactMap { Int($0) }
    return [
      "id": .string(report.id), "type": "report", "title": .string(report.title),
      "author": .array(input.authors.map { ["literal": .string($0)] }),
      "issued": ["date-parts": .array([.array(day.map { .integer($0) })])], "abstract": .string(report.lead),
      "URL": .string(permanent), "version": .string(report.edition), "genre": "Audit", "note": .string(note),
    ]
  }

  /// The elements of the head that begin with `citation_`.
  var head: String {
    var items = [("citation_title", report.title)]
    items += input.authors.map { ("citation_author", $0) }
    items += [
      ("citation_publication_date", input.date.replacing("-", with: "/")), ("citation_public_url", address),
      ("citation_technical_report_number", report.edition), ("citation_language", "en"),
    ]
    return items.map { "<meta name=\"\($0.0)\" content=\"\(PageParts.text($0.1))\">\n" }.joined()
  }
}
