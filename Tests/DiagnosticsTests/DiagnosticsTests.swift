import Testing

@testable import Diagnostics

@Suite struct DiagnosticsTests {
  @Test(arguments: [
    ("kendal-tau-b", "kendall-tau-b"), ("refernces", "references"), ("dtaasets", "datasets"), ("GLUE", "glue"),
  ])
  func suggestionsAreNear(_ pair: (String, String)) {
    #expect(
      Suggestion.closest(to: pair.0, in: ["analysis", "datasets", "references", "kendall-tau-b", "glue"]) == pair.1)
  }

  @Test func farNamesHaveNoSuggestion() {
    #expect(Suggestion.closest(to: "zebra", in: ["analysis", "datasets"]) == nil)
    #expect(Suggestion.closest(to: String(repeating: "a", count: 10_000), in: ["a"]) == nil)
  }

  @Test func textShowsPlaceCaretWhyAndFix() {
    let finding = Diagnostic(
      id: "unknown-key", location: SourceLocation(file: "a.yaml", line: 3, column: 5), message: "no key x",
      reason: "it is unknown", fix: "did you mean y?", excerpt: "    x: 1")
    #expect(
      ConsoleWriter(usesColor: false).text([finding]) == """
        a.yaml:3:5: error: no key x [unknown-key]
          3 |     x: 1
                  ^
          why: it is unknown
          fix: did you mean y?
        1 error

        """)
  }

  @Test func controlCharactersAreShown() {
    #expect(ConsoleWriter.visible("a\u{1B}[31m\u{202E}b") == "a\\u{1b}[31m\\u{202e}b")
  }

  @Test func findingsAreSortedByPlace() {
    let late = Diagnostic(id: "b", location: SourceLocation(file: "a", line: 9), message: "")
    let early = Diagnostic(id: "a", location: SourceLocation(file: "a", line: 2), message: "")
    let nowhere = Diagnostic(id: "c", message: "")
    #expect(DiagnosticsError([nowhere, late, early]).diagnostics.map(\.id) == ["a", "b", "c"])
  }
}
