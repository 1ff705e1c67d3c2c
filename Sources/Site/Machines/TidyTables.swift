import Documents

/// The numbers of all reports as tables with one observation a row.
enum TidyTables {
  /// The most rows of a table.
  private static let rowLimit = 200_000

  /// Every estimate of every report that has an interval, a method or a number of rows: where it stands in the results, its
  /// value, and what is known of it.
  static func estimates(_ reports: [SiteReport]) -> String {
    var rows = [
      ["report", "edition", "path", "estimate", "lower", "upper", "level", "n", "clusters", "method", "seed"]
    ]
    for report in reports {
      for member in report.results.members ?? [] where !["claims", "findings"].contains(member.key) {
        walk(member.value, path: member.key) { path, object in
          guard rows.count <= rowLimit else { return }
          let cells = ["value", "lower", "upper", "level", "n", "clusters", "method", "seed"].map { text(object[$0]) }
          rows.append([report.id, report.edition, path] + cells)
        }
      }
    }
    return csv(rows)
  }

  /// Calls `take` with each object that is an estimate.
  private static func walk(_ value: JSONValue, path: String, _ take: (String, JSONValue) -> Void) {
    guard let members = value.members else { return }
    let isEstimate =
      value["value"]?.double != nil && ["lower", "method", "n"].contains { value[$0] != nil }
    if isEstimate { take(path, value) }
    for member in members { walk(member.value, path: "\(path).\(member.key)", take) }
  }

  /// Every claim and finding.
  static func claims(_ input: SiteInput) -> String {
    var rows = [
      [
        "report", "edition", "kind", "name", "paper", "statement", "reading", "comparison", "claimed", "verdict",
        "estimate",
        "lower", "upper", "n", "method", "path",
      ]
    ]
    for report in input.reports {
      for (kind, claims) in [("claim", report.claims), ("finding", report.findings)] {
        for claim in claims {
          let numbers = [claim.lower, claim.upper].map { $0.map { JSONValue.numberText($0) } ?? "" }
          rows.append(
            [
              report.id, report.edition, kind, claim.name, claim.reference ?? "",
              kind == "claim" ? claim.statement : claim.title, claim.reading ?? "", claim.compared ?? "", claim.claimed,
              claim.verdict?.rawValue ?? "", text(claim.value),
            ] + numbers + [claim.count.map(String.init) ?? "", claim.method ?? "", claim.paths.first ?? ""])
        }
      }
    }
    return csv(rows)
  }

  /// The same as JSON.
  static func claimsJSON(_ input: SiteInput) -> JSONValue {
    .array(
      input.reports.flatMap { report in
        report.claims.map { claim in
          [
            "report": .string(report.id), "edition": .string(report.edition), "name": .string(claim.name),
            "title": .string(claim.title), "paper": claim.reference.map { .string($0) } ?? .null,
            "statement": .string(claim.statement), "claimed": .string(claim.claimed),
            "verdict": claim.verdict.map { .string($0.rawValue) } ?? .null, "estimate": claim.value,
            "lower": claim.lower.map { .number($0) } ?? .null, "upper": claim.upper.map { .number($0) } ?? .null,
            "n": claim.count.map { .integer($0) } ?? .null,
          ]
        }
      })
  }

  private static func text(_ value: JSONValue?) -> String {
    guard let value, value != .null else { return "" }
    return value.string ?? value.text()
  }

  /// RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe in front.
  static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.map { field($0) }.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, "=+@\t\r-".utf8.contains(first), Double(text) == nil { text = "'" + text }
    guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
