import TestSupport
import Testing

@testable import Reports

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
