import Testing

@testable import Reports

@Suite struct WholeWordsTests {
  @Test(arguments: [
    ("its τ-b of .5", "<its τ-b> of .5"), ("LPZero on GPT-2, twice", "LPZero on <GPT-2,> twice"),
    ("explain 73 % of it", "explain <73 %> of it"), ("(p = .19), as", "<(p = .19),> as"),
    ("at n 8,794 and ≤ .0001.", "<at n 8,794> and <≤ .0001.>"), ("by Kendall τ-b", "by <Kendall τ-b>"),
    ("in Somers&#39; d, which", "in <Somers&#39; d,> which"), ("is .48 [.39, .58].", "is .48 <[.39, .58].>"),
    ("see Table 3 or Figure 12.", "see <Table 3> or <Figure 12.>"), ("p &lt; .001 here", "<p &lt; .001> here"),
    ("10 M of 65\nKiB", "<10 M> of <65\nKiB>"), ("3 × 4 cells", "<3 × 4> cells"),
    // What may be broken: long words, sentences that end, numbers beside words and beside their interval.
    ("training-free metrics of 500 rows", "training-free metrics of 500 rows"),
    ("It is 5. M is next", "It is 5. M is next"),
    ("a/b-1 or https://h/x-1", "a/b-1 or https://h/x-1"), ("- 5 of 10 hold", "- 5 of 10 hold"),
    ("1 holds · 2 do not", "1 holds · 2 do not"), ("", ""), (" ", " "),
  ])
  func linesEndWhereAReaderWouldEndThem(text: String, expected: String) {
    let marked = WholeWords.marked(text: text)
    #expect(
      marked == expected.replacing(/<[^<>]*>/) { "<span class=\"whole\">\($0.output.dropFirst().dropLast())</span>" })
    #expect(marked.withoutSpans == text)
  }

  /// Long runs keep places where a narrow line can end.
  @Test func noRunIsLongerThanALine() {
    let text = Array(repeating: "5 =", count: 300).joined(separator: " ")
    let runs = WholeWords.marked(text: text).matches(of: /<span class="whole">([^<]*)</)
    #expect(runs.count > 10 && runs.allSatisfy { $0.1.count <= 41 })
  }

  @Test func codeDrawingsAndNumbersOfTablesAreLeftAlone() {
    let page = """
      <html><head><title>73 % τ-b</title></head><body class="a 5 %"><p id="x 5 %">5 %</p><pre>5 % <b>5 %</b></pre>\
      <svg><svg/><g><svg><text>5 %</text></svg></g><text>5 %</text></svg><code>τ-b</code><td class="number">5 %</td>\
      <td>5 %</td><script>if (a<b) "5 %"</script>5 %</body></html>
      """
    let marked = WholeWords.marked(page)
    #expect(marked.matches(of: /<span class="whole">5 %<\/span>/).count == 3)
    #expect(marked.contains("<p id=\"x 5 %\"><span class=\"whole\">5 %</span></p>"))
    #expect(marked.contains("<td><span") && marked.contains("</script><span") && marked.withoutSpans == page)
    for odd in ["", "<body", "<body>5 %<", "<body><svg>5 %", "<body><script>"] {
      #expect(!WholeWords.marked(odd).isEmpty || odd.isEmpty)
    }
  }

  /// What a page says is the same with and without the spans, for searching and copying.
  @Test func aPageSaysTheSame() throws {
    var document = SampleReport.document()
    document.cells = [.prose("Of τ-b .5 [.4, .6], 73 % and GPT-2: `5 %`.")]
    let page = try #require(SampleReport.rendered(document)["index.html"])
    #expect(page.contains("<p><span class=\"whole\">Of τ-b .5</span> <span class=\"whole\">[.4, .6],</span>"))
    #expect(page.contains("<code>5 %</code>") && page.contains(".whole { white-space: nowrap; }"))
    let markdown = try #require(SampleReport.rendered(document)["report.md"])
    #expect(markdown.contains("Of τ-b .5 [.4, .6], 73 % and GPT-2: `5 %`."))
  }
}
