import Claims
import Documents
import Reports

/// What machines read of pages, in the words of schema.org.
struct LinkedData {
  let input: SiteInput

  private static let context: JSONValue = "https://schema.org"

  private var author: JSONValue {
    input.authors.isEmpty
      ? ["@type": "Organization", "name": "trainfree", "url": .string(input.base)]
      : .array(input.authors.map { ["@type": "Organization", "name": .string($0)] })
  }

  /// A report, and a review of each statement of a publication that it judges.
  func report(_ report: SiteReport) -> [JSONValue] {
    let address = "\(input.base)r/\(report.id)/"
    let datasets = input.datasets.filter { report.datasets.contains($0.id) }
    let publications = Set(report.claims.compactMap(\.reference)).sorted().compactMap { input.publication($0) }
    let whole: JSONValue = [
      "@context": Self.context, "@type": "Report", "name": .string(report.title), "abstract": .string(report.lead),
      "url": .string(address), "identifier": .string("\(input.base)v/\(report.id)/\(report.edition)/"),
      "version": .string(report.edition), "dateModified": .string(input.date), "inLanguage": "en", "author": author,
      "isBasedOn": .array(
        datasets.map { ["@type": "Dataset", "name": .string($0.title), "url": .string($0.address)] }),
      "citation": .array(publications.map { article($0) }),
    ]
    return [whole] + SiteStatement.all(of: report).compactMap { review($0, address) }
  }

  private func article(_ entry: BibliographyEntry) -> JSONValue {
    var members = [
      JSONMember(key: "@type", value: "ScholarlyArticle"),
      JSONMember(key: "name", value: .string(entry["title"] ?? entry.key)),
      JSONMember(key: "author", value: people(entry)),
    ]
    if let link = entry.link { members.append(JSONMember(key: "url", value: .string(link))) }
    return .object(members)
  }

  private func people(_ entry: BibliographyEntry) -> JSONValue {
    .array(entry.authors.map { ["@type": "Person", "name": .string(($0.given + " " + $0.family).trimmed)] })
  }

  /// The review of a statement; nil for what no publication says.
  private func review(_ statement: SiteStatement, _ address: String) -> JSONValue? {
    guard let key = statement.reference, let first = statement.claims.first else { return nil }
    let entry = input.publication(key) ?? BibliographyEntry(key: key, fields: [:])
    let parts = statement.parts
    var rating = [
      JSONMember(key: "@type", value: "Rating"), JSONMember(key: "alternateName", value: .string(parts.words)),
    ]
    let value = [StatementVerdict.holds: 5, .cannotBeTold: 3, .doesNotHold: 1][parts.verdict]
    if let value {
      rating += [
        JSONMember(key: "ratingValue", value: .integer(parts.isPartly ? 4 : value)),
        JSONMember(key: "bestRating", value: 5), JSONMember(key: "worstRating", value: 1),
      ]
    }
    return [
      "@context": Self.context, "@type": "ClaimReview",
      "url": .string(address + statement.report.anchor(first.anchor)), "datePublished": .string(input.date),
      "claimReviewed": .string(statement.text), "author": author,
      "itemReviewed": ["@type": "Claim", "author": people(entry), "appearance": article(entry)],
      "reviewRating": .object(rating),
    ]
  }

  /// A dataset of the catalogue.
  func dataset(_ dataset: SiteDataset) -> JSONValue {
    [
      "@context": Self.context, "@type": "Dataset", "name": .string(dataset.title),
      "description": .string(dataset.summary), "identifier": .string(dataset.id), "license": .string(dataset.licence),
      "url": .string("\(input.base)data.html#\(DataPage.anchor(dataset.id))"),
      "citation": input.publication(dataset.citation).map { article($0) } ?? .string(dataset.citation),
      "distribution": .array([
        [
          "@type": "DataDownload", "contentUrl": .string(dataset.address),
          "contentSize": .string("\(dataset.byteCount) B"),
          "sha256": .string(dataset.digest),
        ]
      ]),
    ]
  }

  /// A table that the site offers.
  func download(name: String, description: String, path: String) -> JSONValue {
    [
      "@context": Self.context, "@type": "Dataset", "name": .string(name), "description": .string(description),
      "url": .string("\(input.base)data.html#downloads"), "dateModified": .string(input.date), "creator": author,
      "distribution": .array([
        ["@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": .string(input.base + path)]
      ]),
    ]
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
