import Documents
import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import Reports

@Suite struct AuditReportTests {
  private typealias Axis = AuditReport.Axis

  private static func claim(
    _ name: String, _ axes: [AuditReport.Axis], severity: String = "error", staleness: String? = nil,
    text: String = "plain"
  ) -> AuditReport.Claim {
    AuditReport.Claim(
      name: name, title: text, claimed: text, recomputed: text, interval: "[.1, .2]", count: "500", axes: axes,
      severity: severity, staleness: staleness, anchors: ["figure-x"], detail: ["statement": .string(text)])
  }

  private static func axis(_ name: String, _ verdict: String, _ standing: AuditReport.Axis.Standing) -> AuditReport.Axis
  {
    .init(name, verdict: verdict, reason: "because", standing: standing)
  }

  private static func report(isStrict: Bool = false, text: String = "plain") -> AuditReport {
    AuditReport(
      analyses: [
        .init(
          id: "one", file: text, folder: "reports/one",
          claims: [
            claim("good", [axis("reproduced", "reproduced", .met), axis("inference", "supported", .met)], text: text),
            claim(
              "bad", [axis("reproduced", "not reproduced", .failed), axis("inference", "inconclusive", .undecided)],
              text: text),
            claim("warned", [axis("inference", "refuted", .failed)], severity: "warn", text: text),
            claim("old", [axis("inference", "refuted", .failed)], staleness: text, text: text),
          ]),
        .init(id: "two", file: "b.yaml", folder: "reports/two", failure: text, claims: []),
      ], isStrict: isStrict)
  }

  /// Reads XML with Foundation's parser; the number of elements by name.
  private final class Reader: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var attributes: [[String: String]] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
      if name == "testsuites" { self.attributes.append(attributes) }
    }
  }

  @Test(
    arguments: [false, true],
    [QuotedText("plain"), QuotedText(SampleReport.hostile + "\u{0}\u{FFFE}\u{FFFF}]]>\u{1F}")])
  func junitIsWellFormedAndCountsItsCases(isStrict: Bool, text: QuotedText) throws {
    let xml = Self.report(isStrict: isStrict, text: text.text).junit
    let reader = Reader()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    #expect(reader.counts["testsuite"] == 2 && reader.counts["testcase"] == 7 && reader.counts["error"] == 1)
    // Not reproduced fails; what is undecided fails when strict, and is skipped otherwise, as what is stale is always; a
    // warning never fails.
    #expect(reader.counts["failure"] == (isStrict ? 2 : 1) && reader.counts["skipped"] == (isStrict ? 1 : 2))
    let sums = try #require(reader.attributes.first)
    #expect(sums["tests"] == "7" && sums["failures"] == (isStrict ? "2" : "1") && sums["errors"] == "1")
  }

  @Test func markdownKeepsHostileTextInItsCells() {
    let text = Self.report(text: SampleReport.hostile).markdown
    #expect(text.firstMatch(of: #/(^|[^\\])<script/#) == nil && !text.contains("\u{1}"))
    let page = ProseHTML.inline(text)
    #expect(!page.contains("<script>") && !page.contains("<img") && !page.contains("<a href"))
    for line in text.split(separator: "\n") where line.hasPrefix("| ") {
      var isEscaped = false
      let bars = line.unicodeScalars.count { scalar in
        defer { isEscaped = scalar == "\\" && !isEscaped }
        return scalar == "|" && !isEscaped
      }
      #expect(bars == 9, "\(line)")
    }
  }

  @Test func markdownStaysWithinItsLimit() {
    var report = Self.report()
    report.analyses = (0..<400).map { index in
      .init(
        id: "a\(index)", file: "f", folder: "r",
        claims: (0..<50).map {
          Self.claim("c\($0)", [Self.axis("inference", "supported", .met)], text: String(repeating: "w", count: 100))
        })
    }
    let text = report.markdown
    #expect(text.utf8.count <= ReportWriter.summaryLimit && text.contains("analyses left out"))
  }

  @Test func talliesNeverMergeTheAxes() {
    #expect(
      Self.report().tally
        == "4 claims; 1 reproduced, 1 not reproduced; 1 supported, 2 refuted, 1 inconclusive; 1 stale")
  }

  @Test func jsonHasEverything() throws {
    let json = Self.report().json
    let claims = try #require(json["analyses"]?.elements?.first?["claims"]?.elements)
    #expect(claims.count == 4 && claims[0]["statement"] == "plain" && claims[3]["stale"] == "plain")
    #expect(json["analyses"]?.elements?[1]["failure"] == "plain")
  }
}
