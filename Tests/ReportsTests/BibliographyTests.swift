import Diagnostics
import Files
import TestSupport
import Testing

@testable import Reports

@Suite struct BibliographyTests {
  private func parse(_ text: String) throws -> [BibliographyEntry] {
    try Bibliography.parse(Array(text.utf8), file: "r.yaml")
  }

  @Test func everyFieldIsPrinted() throws {
    let entries = try parse(
      """
      a2020:
        authors: ["van Doe, Jane", Group of Two and Three, "King, Al, Jr."]
        year: 2020
        title: >
          On NAS:
          über
        venue: J. Am. Stat.
        volume: 1
        number: 2
        pages: 3–4
        doi: 10.1/x
        url: https://e.example
      b-1: {title: Alone?}
      c: {title: On the page, url: "https://e.example/a b", pages: 7, number: 3, venue: V, year: in press}
      """)
    let entry = entries[0]
    #expect(entries.map(\.key) == ["a2020", "b-1", "c"])
    #expect(entry.authors.map(\.family) == ["van Doe", "Group of Two and Three", "King"])
    #expect(entry.authors.map(\.given) == ["Jane", "", "Al, Jr."])
    #expect(entry.shortName == "van Doe et al. (2020)" && entry.link == "https://doi.org/10.1/x")
    #expect(
      entry.statement
        == "van Doe, Jane; Group of Two and Three; King, Al, Jr. (2020). On NAS: über. J. Am. Stat. 1(2), 3–4.")
    #expect(entry.locator == "doi:10.1/x")
    #expect(entries[1].statement == "b-1 (n.d.). Alone?" && entries[1].locator == nil && entries[1].link == nil)
    #expect(entries[2].statement == "c (in press). On the page. V, 7.")
    #expect(entries[2].locator == "https://e.example/a b" && entries[2].link == "https://e.example/a%20b")
  }

  @Test(arguments: [
    (1, "One (2001)"), (2, "One & Two (2001)"), (3, "One et al. (2001)"),
  ])
  func namesInTheText(count: Int, expected: String) {
    var entry = BibliographyEntry(key: "k")
    entry.authors = ["One, A.", "Two, B.", "Three, C."].prefix(count).map { .init($0) }
    entry.year = "2001"
    #expect(entry.shortName == expected)
  }

  @Test func everyProblemHasItsPlace() throws {
    let error = try #require(throws: DiagnosticsError.self) {
      try self.parse(
        """
        a: {title: One, author: [X]}
        b:
          year: 2020
          doi:
        C d: {title: Two}
        e: {title: [Three]}
        """)
    }
    #expect(
      error.diagnostics.map { "\($0.location?.description ?? "") \($0.id)" } == [
        "r.yaml:1:17 unknown-key", "r.yaml:3:3 missing-key", "r.yaml:4:7 wrong-type", "r.yaml:5:1 bad-name",
        "r.yaml:6:12 wrong-type",
      ])
    #expect(error.diagnostics[0].fix == "did you mean authors?")
    #expect(error.diagnostics[1].message == "b lacks the key title")
  }

  @Test(arguments: [
    ("a: {title: One}\na: {title: One}", 1, 1), ("a: {title: One, title: Two}", 1, 5),
    ("@article{a, title = {One}}", 1, 1), ("- a", 1, 1), ("a: {title: \"One}", 1, 17),
  ])
  func textThatIsNoBibliographyHasItsPlace(text: String, line: Int, column: Int) throws {
    let error = try #require(throws: DiagnosticsError.self) { try self.parse(text) }
    #expect(error.diagnostics.first?.location == SourceLocation(file: "r.yaml", line: line, column: column), "\(text)")
  }

  @Test func aBibliographyMayBeEmpty() throws { #expect(try parse("{}").isEmpty) }

  @Test func theShippedFile() throws {
    let entries = try Bibliography.parse(
      FileSystem.read("\(checkout)/data/references.yaml"), file: "references.yaml")
    #expect(entries.count >= 36)
    for entry in entries {
      #expect(
        !entry.authors.isEmpty && entry.year?.count == 4 && entry.venue != nil && entry.link != nil, "\(entry.key)")
      // Braces, commands and dashes of TeX would be printed as they are.
      let text = entry.statement
      #expect(!text.contains { "{}\\~".contains($0) } && !text.contains("--"), "\(text)")
    }
    #expect(
      entries.first?.statement
        == "Serianni, Aaron; Kalita, Jugal (2023). Training-free Neural Architecture Search for RNNs and Transformers. Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)."
    )
  }
}

@Suite struct CitationTests {
  private let references = ["a2020", "b:x_1"].map { BibliographyEntry(key: $0) }

  @Test(
    arguments: [
      ("x [@a2020].", "x <a2020>."), ("[@a2020; @b:x_1]", "<a2020>; <b:x_1>"), ("[@a2020][@a2020]", "<a2020><a2020>"),
      ("`[@a2020]` [@a2020]", "`[@a2020]` <a2020>"), ("``a`[@no]`` b", "``a`[@no]`` b"), ("\\[@a2020]", "\\[@a2020]"),
      ("```\n[@no]\n```\n[@a2020]", "```\n[@no]\n```\n<a2020>"), ("~~~\n[@no]\n~~~", "~~~\n[@no]\n~~~"),
      ("~~a [@a2020]~~", "~~a <a2020>~~"), ("a ` [@a2020]", "a ` <a2020>"), ("[@a2020", "[@a2020"),
      ("[x](y)", "[x](y)"),
      ("[\u{301}@no]", "[\u{301}@no]"), ("", ""), ("\\", "\\"), ("[", "["),
      ("a\u{1B}[31m [@a2020]\u{7}\r\n\tb\u{202E}", "a\u{FFFD}[31m <a2020>\u{FFFD}\r\n\tb\u{FFFD}"),
    ] as [(QuotedText, QuotedText)])
  func citationsAreReplaced(prose: QuotedText, expected: QuotedText) throws {
    #expect(try Citations.resolved(prose.text, references) { "<\($0.key)>" } == expected.text)
  }

  @Test(arguments: [
    ("[@nobody]", "nobody"), ("[@a2020; @nobody]", "nobody"), ("[@a2020, p. 3]", "a2020, p. 3"), ("[@]", ""),
  ])
  func unknownKeysFail(prose: String, key: String) {
    #expect(throws: ReportError.unknownCitation(key)) { try Citations.resolved(prose, references) { $0.key } }
  }

  @Test func keysHaveTheirLines() {
    let prose = "[@a]\n\\[@b] `[@c]`\n```\n[@d]\n```\n[@e; @f, p. 3]\n~~[@g]~~"
    let keys = Citations.keys(in: prose)
    #expect(keys.map(\.key) == ["a", "e", "f, p. 3", "g"] && keys.map(\.line) == [0, 5, 5, 6])
  }
}
