import Foundation
import Testing

@testable import Reports

@Suite struct MarkdownTests {
  /// The cells of a pipe table's line: pipes after a backslash do not count.
  private func cells(_ line: Substring) -> Int {
    var count = -1
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "|", !isEscaped { count += 1 }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return count
  }

  @Test(arguments: ["report.md", "summary.md", "comment.md"])
  func dataNeverBecomeMarkup(file: String) throws {
    let text = try #require(SampleReport.rendered(SampleReport.document())[file])
    #expect(text.firstMatch(of: #/(^|[^\\])<script/#) == nil && !text.contains("\u{1}"))
    let lines = text.split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| a") && !$0.hasPrefix("| 1") && $0 != "| | |"
    }
    #expect(lines.count >= 4 || file == "comment.md")
    for line in lines where !line.hasPrefix("| version") { #expect(cells(line) == 3, "\(line)") }
    // The same text through a Markdown reader comes out as it went in.
    let page = ProseHTML.inline(Escape.markdown(SampleReport.hostile))
    #expect(!page.contains("<a") && !page.contains("<code") && !page.contains("<em") && !page.contains("<script"))
  }

  @Test func interpolatedDataStandAsText() {
    let title = "1. <nat> ![x](y) *z* [@key]"
    let emphasis: MarkdownText = "*all*"
    #expect(("a \(title)" as MarkdownText).source == "a 1. \\<nat\\> !\\[x\\](y) \\*z\\* \\[@\u{2060}key\\]")
    #expect(("\(title)" as MarkdownText).source.hasPrefix("1\\. "))
    #expect(("of *\(emphasis)*, \(3) \("x"[...])" as MarkdownText).source == "of **all**, 3 x")
    #expect((emphasis + ", \(title)").source.hasPrefix("*all*, 1"))
    #expect(MarkdownText.code("a`b\n<c>") == "a b <c>")
  }

  @Test func escapedTextReadsBackTheSame() {
    for text in ["a*b_c`d[e]f", "1. x", "- x", "+ x", "= x", "12) y", "# z", "a|b", "~~c~~", "&amp; \\ &lt;", "<i>"] {
      let html = ProseHTML.inline(Escape.markdown(text, startsBlock: true))
      #expect(html == Escape.html(text).replacing("&#39;", with: "'"), "\(text): \(html)")
    }
  }

  @Test(arguments: [
    (".478", ".478"), ("−.003", "−.003"), ("w.5", "w.5"), ("ww.x", "ww.x"), ("a.b", "a.b"), ("...", "..."),
    ("1.5", "1.5"), ("", ""), ("www.example.org", "www\\.example.org"), ("(WwW.x.y", "(WwW\\.x.y"),
    ("http://x.y", "http\\://x.y"),
  ])
  func fullStopsAreEscapedInAddressesAlone(_ text: String, _ written: String) {
    #expect(Escape.markdown(text) == written)
  }

  @Test(arguments: [
    (".478", ".478"), ("  .5", ".5"), ("12. x", "12\\. x"), ("3) x", "3\\) x"), ("1.5 x", "1\\.5 x"), ("-1", "\\-1"),
    ("−.3", "−.3"), ("x 1. y", "x 1. y"),
  ])
  func numbersWithFullStopsAreEscapedWhereAListCouldBegin(_ text: String, _ written: String) {
    #expect(Escape.markdown(text, startsBlock: true) == written)
  }

  @Test func tableCellsAreReadable() {
    let table = ReportTable(
      name: "t", caption: "t", columns: [.init("τ", isNumeric: true), .init("w", isNumeric: false)],
      rows: [[.init(".478"), .init("www.x.y")], [.init("−.003"), .init("1. a|b")]])
    let text = TableExport.text(table, .markdown)
    #expect(text.hasSuffix("| .478 | www\\.x.y |\n| −.003 | 1. a\\|b |\n"), "\(text)")
  }

  @Test func mentionsArePrevented() { #expect(Escape.markdown("@team") == "@\u{2060}team") }

  @Test func figuresAndTablesHaveTheirFiles() throws {
    let text = try #require(SampleReport.rendered(SampleReport.document(rows: 250))["report.md"])
    #expect(text.contains(" src=\"figures/plot.svg\">"))
    #expect(text.contains("[SVG](figures/plot.svg) · [CSV](figures/plot.csv)") && !text.contains("figures/plot.png"))
    #expect(text.contains("[CSV](tables/numbers.csv) · [JSON](tables/numbers.json) · [LaTeX](tables/numbers.tex)"))
    #expect(text.contains("50 further rows are in the data files."))
    #expect(
      text.contains("[One & Two (2020)](<#ref-someone2020>)")
        || text.contains("[One \\& Two (2020)](<#ref-someone2020>)"))
    #expect(
      text.contains("- <a id=\"ref-someone2020\"></a>") && text.contains("(<https://doi.org/10.1/a%3Cb%3E%28c%29>)"))
    #expect(text.contains("| 1 | 2 |\n\n<img ") && !text.unicodeScalars.contains("\u{202E}"))
    let alt = try #require(text.firstMatch(of: #/<img alt="([^"]*)"/#)?.1)
    #expect(!alt.contains("\n") && alt.contains("&lt;script&gt;"))
  }

  @Test func shortFormsStandAlone() throws {
    for file in ["summary.md", "comment.md"] {
      let text = try #require(SampleReport.rendered(SampleReport.document())[file])
      #expect(!text.contains("](<#ref") && !text.contains("](tables/") && !text.contains("<picture"))
      guard file == "summary.md" else { continue }
      #expect(text.contains("Text by One \\& Two (2020)") && !text.contains("Shortened"))
      #expect(text.contains("`[@x]`"))
    }
  }

  @Test func shortFormsKeepWithinTheirLimitsAndSayWhatIsMissing() throws {
    var document = SampleReport.document(rows: 400)
    let size = try ShortReport(document).text(within: .max).utf8.count
    let cut = try ShortReport(document).text(within: size)
    #expect(cut.utf8.count <= size && cut.contains("390 further rows left out.") && cut.contains("Text by"))
    let isTold = cut.contains(
      "_Shortened: the description of figure 1, rows of table 1, the description of figure 2 left out.")
    #expect(isTold)
    document.cells += (0..<200).flatMap { [.table(SampleReport.table("t\($0)", rows: 60)), .prose("Text \($0).")] }
    for limit in [65_536, 20_000, 5_000, 2_000] {
      let text = try ShortReport(document).text(within: limit)
      #expect(text.utf8.count <= limit, "\(limit)")
      #expect(text.contains("_Shortened: ") && text.contains(" more left out."))
    }
    let text = try ShortReport(document).text(within: 65_536)
    #expect(text.contains("Text 0.") && text.contains("Text 199."))
  }
}
