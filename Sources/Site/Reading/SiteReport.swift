import Claims
import Documents
import Reports

/// A report, read back from its folder.
package struct SiteReport: Sendable {
  /// The name of its folder, which is that of its analysis: letters, digits, hyphens, full stops and underscores.
  package let id: String
  /// The title. Plain.
  package let title: String
  /// The sentences below the title. Plain.
  package let lead: String
  /// The first paragraph under the first heading. Markdown, with links that are those of `report.md`.
  package let opening: String
  /// What the report says that it said otherwise before, the newest first as its comment has them. Markdown.
  package let corrections: [String]
  /// The version of the tool that wrote it; empty where it does not say.
  package let version: String
  /// SHA-256 of the list of its files with their digests: the same for the same bytes.
  package let digest: String
  /// The files that are there, in order of path, `index.html` as it was written.
  package let files: [RenderedReport.File]
  /// Every path of `digests.txt` with its SHA-256.
  package let digests: [String: String]
  package let results: JSONValue
  /// What publications say, and what was predicted.
  package let claims: [SiteClaim]
  /// What the analysis found, without verdicts.
  package let findings: [SiteClaim]
  /// The figures, in the order of the text.
  package let figures: [SiteFigure]
  /// The ids of the page.
  package let anchors: Set<String>
  /// The captions of the page's tables by the names of the tables, with their numbers. Plain.
  package let captions: [String: String]

  /// A name for a state of the report, which is part of its permanent address: `0.1.0-4fbd244ed681`.
  package var edition: String {
    let name = PageParts.slug(version.replacing(".", with: "x")).replacing("x", with: ".")
    let isPlain = !name.isEmpty && name.utf8.count <= 24 && name.utf8.allSatisfy { $0 < 128 }
    return "\(isPlain ? name : "0")-\(digest.prefix(12))"
  }

  /// The file of a path; nil when it is not there.
  package func file(_ path: String) -> RenderedReport.File? { files.first { $0.path == path } }

  /// The anchor in the page, with `#`; empty when the page has no such id.
  package func anchor(_ id: String) -> String { anchors.contains(id) ? "#\(id)" : "" }

  /// The datasets of the catalogue that it reads.
  package var datasets: Set<String> {
    Set((results.members ?? []).compactMap { $0.value["dataset"]?.string })
  }
}

/// A figure of a report.
package struct SiteFigure: Sendable, Hashable {
  /// The name of its files.
  package let name: String
  /// Its number in the report, from 1.
  package let number: Int
  /// The caption. Markdown.
  package let caption: String
  /// What the drawing shows, for those who do not see it. Plain.
  package let alternative: String
}

/// A claim or a finding of a report, as its results have it.
package struct SiteClaim: Sendable, Hashable {
  /// Its name, which makes its id in the page: `claim-` and the name.
  package let name: String
  package let title: String
  /// The statement that it is of.
  package let statement: String
  /// The key of the publication; nil for what an analysis predicted or found.
  package let reference: String?
  package let locator: String?
  /// The claim of the publication's file, `dong2024lpzero#flexibert-tau`; nil for what stands in the analysis alone.
  package let origin: String?
  /// The way to read the statement; nil where there is one way.
  package let reading: String?
  /// Both sides of a comparison.
  package let compared: String?
  /// The claimed number or region in words.
  package let claimed: String
  /// Nil for a finding.
  package let verdict: StatementVerdict?
  package let value: JSONValue
  package let lower: Double?
  package let upper: Double?
  package let count: Int?
  package let method: String?
  /// The paths of its values in the results.
  package let paths: [String]

  /// Reads a member of `claims` or `findings` of a report's results; nil for one that is neither, such as the totals.
  init?(_ member: JSONMember) {
    let object = member.value
    guard let statement = object["statement"]?.string, let title = object["title"]?.string else { return nil }
    func text(_ key: String) -> String? { object[key]?.string.map { String($0.prefix(Self.longestText)) } }
    name = member.key
    self.title = String(title.prefix(Self.longestText))
    self.statement = String(statement.prefix(Self.longestText))
    reference = text("reference")
    locator = text("locator")
    origin = text("origin")
    reading = text("reading")
    compared = text("compared")
    claimed = text("claimed") ?? ""
    verdict = text("verdict").flatMap { StatementVerdict(rawValue: $0) }
    value = object["computed"] ?? .null
    lower = object["lower"]?.double
    upper = object["upper"]?.double
    count = object["n"]?.int
    method = text("method")
    paths = (object["evidence"]?["values"]?.elements ?? []).prefix(20).compactMap(\.string)
  }

  /// The most characters of a text.
  private static let longestText = 1000

  /// The id in the report's page.
  package var anchor: String { "claim-\(name)" }

  /// The value with its interval, as reports write it: `.511 [.475, .544]`; a dash when there is none.
  package var valueText: String {
    guard let number = value.double else { return value.string ?? "–" }
    return SiteNumber.text(number, lower: lower, upper: upper)
  }
}

/// What a publication says, with every check of it in one report.
package struct SiteStatement: Sendable {
  package let report: SiteReport
  /// At least one.
  package let claims: [SiteClaim]

  /// The statements of a report, in the order of their first claims.
  static func all(of report: SiteReport) -> [SiteStatement] {
    var order: [String] = []
    var groups: [String: [SiteClaim]] = [:]
    for claim in report.claims {
      let key = claim.origin ?? "\u{0}\(claim.name)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(claim)
    }
    return order.map { SiteStatement(report: report, claims: groups[$0] ?? []) }
  }

  package var reference: String? { claims.first?.reference }
  package var text: String { claims.first?.statement ?? "" }

  /// The verdict on the whole of it.
  package var parts: StatementParts {
    func verdicts(_ isReading: Bool) -> [StatementVerdict] {
      claims.filter { ($0.reading != nil) == isReading }.map { $0.verdict ?? .notCheckable }
    }
    return StatementParts(parts: verdicts(false), readings: verdicts(true))
  }
}
