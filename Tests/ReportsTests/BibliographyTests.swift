import Diagnostics
import Files
import TestSupport
import Testing

@testable import Reports

@Suite struct BibliographyTests {
  private func parse(_ text: String) throws -> [BibliographyEntry] {
    try Bibliography.parse(Array(text.utf8), file: "b.bib")
  }

  @Test func entriesWithEveryKindOfValue() throws {
    let entries = try parse(
      """
      A remark. @comment{ @no {x} } @preamble{"p"}
      @string{jasa = "J. Am. Stat."} @STRING{x = jasa # { A}}
      @Article{a2020, author = {Jane van Doe and {Group of Two and Three} and Fourth, Jr, Al}, title = "On {N}AS, {\\"u}ber",
        year = 2020, journal = x, volume = {1}, number = 2, pages = "3--4",}
      @misc{b_1,}
      """)
    let entry = entries[0]
    #expect(entries.map(\.key) == ["a2020", "b_1"] && entry.type == "article")
    #expect(entry.authors.map(\.family) == ["van Doe", "Group of Two and Three", "Fourth"])
    #expect(entry.authors.map(\.given) == ["Jane", "", "Al"] && entry["title"] == "On NAS, über")
    #expect(entry.shortName == "van Doe et al. (2020)")
    #expect(
      entry.citation
        == "van Doe, Jane; Group of Two and Three; Fourth, Al (2020). On NAS, über. J. Am. Stat. A 1(2), 3–4.")
    #expect(entries[1].citation == "b_1 (n.d.)." && entries[1].link == nil && entries[1]["title"] == nil)
  }

  @Test(arguments: [
    ("G{\\\"o}del", "Gödel"), ("\\'Etienne", "Étienne"), ("\\v{S}i\\v{s}ka", "Šiška"), ("Pa{\\l}ka", "Pałka"),
    ("\\O rsted", "Ørsted"), ("na\\\"{\\i}ve", "naïve"), ("a--b---c", "a–b—c"), ("``q''", "“q”"),
    ("A~B \\& C", "A B & C"),
    ("{\\c c}a", "ça"), ("\\'{g}", "g\u{301}"), ("$\\tau$-b", "τ-b"), ("\\emph{x} \\unknown{y}", "x y"), ("\\", ""),
    ("\\'", ""),
  ])
  func teX(tex: String, expected: String) {
    #expect(Array(TeXText.plain(tex).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: [
    ("@a{x, title = {y", 1, 1), ("@a{x", 1, 1), ("\n@a{x, = 3}", 2, 7), ("@a x", 1, 4), ("@a{x,}\n@a{x,}", 2, 1),
    ("@a{, t={}}", 1, 4), ("@a{x, t = word}", 1, 15), ("@a{x, t = \"a}\"}", 1, 14), ("@a{x, t = {a}, t = {b}}", 1, 17),
    ("@{x}", 1, 2), ("@string{a = }", 1, 13),
  ])
  func problemsHaveTheirPlace(text: String, line: Int, column: Int) throws {
    let error = try #require(throws: DiagnosticsError.self) { try self.parse(text) }
    let location = try #require(error.diagnostics.first?.location)
    #expect(location == SourceLocation(file: "b.bib", line: line, column: column), "\(text)")
  }

  @Test func macrosCannotMakeAValueLong() throws {
    let doubling = (1...40).map { "@string{a\($0) = a\($0 - 1) # a\($0 - 1)}\n" }.joined()
    let error = try #require(throws: DiagnosticsError.self) { try self.parse("@string{a0 = {xxxxxxxx}}\n" + doubling) }
    let problem = try #require(error.diagnostics.first)
    // 8 · 2¹³ bytes are the bound: the fourteenth doubling, on line 15, is over it.
    #expect(problem.message == "a value is over 65536 bytes long, its macros written out")
    #expect(problem.location?.line == 15)
    let longest = try parse("@string{a = {\(String(repeating: "x", count: 32_768))}} @misc{b, note = a # a}")
    #expect(longest[0]["note"]?.count == 65_536)
  }

  @Test func macrosCannotMakeManyLongValues() throws {
    let macro = "@string{a = {\(String(repeating: "x", count: 60_000))}}\n"
    func entries(_ count: Int) -> String { (0..<count).map { "@misc{k\($0), note = a}\n" }.joined() }
    let error = try #require(throws: DiagnosticsError.self) { try self.parse(macro + entries(1000)) }
    #expect(error.diagnostics.first?.message.hasPrefix("the values are over 33554432 bytes long") == true)
    #expect(throws: Never.self) { try self.parse(macro + entries(500)) }
  }

  @Test func longRunsOfMarksTakeLinearTime() {
    let marks = String(repeating: "`", count: 60_000) + String(repeating: "'", count: 60_000)
    let start = ContinuousClock.now
    #expect(TeXText.plain(marks).hasSuffix("”"))
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func notTextIsRefused() {
    #expect(throws: DiagnosticsError.self) { try Bibliography.parse([0x40, 0xFF], file: "b") }
    #expect(throws: Never.self) { try Bibliography.parse([], file: "b") }
  }

  @Test func cutAndDamagedFilesEndInEntriesOrAnError() throws {
    let bytes = try FileSystem.read("\(checkout)/data/references.bib")
    let damage = Array("{}@\"\\,=#".utf8)
    for length in stride(from: 0, to: bytes.count, by: 53) {
      var part = Array(bytes[..<length])
      if length > 0 { part[length / 2] = damage[length % damage.count] }
      _ = try? Bibliography.parse(part, file: "b").map { $0.citation + $0.shortName + ($0.link ?? "") }
    }
  }

  @Test func theShippedFile() throws {
    let entries = try Bibliography.parse(
      FileSystem.read("\(checkout)/data/references.bib"), file: "references.bib")
    let wanted = [
      "serianni2023", "klyuchnikov2022", "javaheripi2022", "dong2024lpzero", "knight1966", "efron1987", "field2007",
      "kendall1945", "vigna2015", "yilmaz2008", "bonett2000", "ning2021", "steiger1980", "meng1992", "zou2007",
      "holm1979",
      "benjamini1995", "shrout1979", "rumiantsev2025", "lakens2017", "diedenhofen2015",
    ]
    #expect(Set(wanted).isSubset(of: entries.map(\.key)))
    for entry in entries {
      #expect(
        !entry.authors.isEmpty && entry["title"] != nil && entry["year"]?.count == 4 && entry.link != nil,
        "\(entry.key)")
      #expect(entry.fields["journal"] != nil || entry.fields["booktitle"] != nil, "\(entry.key)")
      #expect(!entry.citation.contains { "{}\\".contains($0) }, "\(entry.citation)")
    }
    #expect(
      entries.first?.citation
        == "Serianni, Aaron; Kalita, Jugal (2023). Training-free Neural Architecture Search for RNNs and Transformers. Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers). doi:10.18653/v1/2023.acl-long.142"
    )
  }
}

extension BibliographyEntry {
  /// The whole reference, as reports print it.
  fileprivate var citation: String { [statement, locator].compactMap(\.self).joined(separator: " ") }
}

@Suite struct CitationTests {
  private let references = ["a2020", "b:x_1"].map { BibliographyEntry(key: $0, fields: [:]) }

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
