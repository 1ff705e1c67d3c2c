import Testing

@testable import Reports

@Suite struct ProseTests {
  @Test func headingsGoOnFromCellToCell() {
    var prose = ProseHTML()
    _ = prose.html("### Deep\n\n# Top")
    #expect(
      prose.html("###### Lower *é*\n\n## τ & `x`")
        == "<h3 id=\"section-lower-é\">Lower <em>é</em></h3>\n<h2 id=\"section-τ-x\">τ &amp; <code>x</code></h2>\n")
    _ = prose.html("## !!!\n\n## Top")
    #expect(prose.headings.map(\.level) == [2, 2, 3, 2, 2, 2])
    #expect(prose.headings.map(\.title) == ["Deep", "Top", "Lower é", "τ & x", "!!!", "Top"])
    #expect(prose.headings.map(\.id).suffix(2) == ["section", "section-top-2"])
  }

  @Test func picturesBecomeLinks() {
    #expect(ProseHTML.inline("![a *b*](http://h/x.png \"t\")") == "<a href=\"http://h/x.png\">a <em>b</em></a>")
    #expect(ProseHTML.inline("[![a](x.png) b](y)") == "<a href=\"y\">a b</a>")
    #expect(ProseHTML.inline("![a](javascript:x)") == "<a href=\"\">a</a>")
    #expect(ProseHTML.inline("![a](data:image/png;base64,AA)") == "<img src=\"data:image/png;base64,AA\" alt=\"a\" />")
    #expect(!ProseHTML.inline("![a](data:image/svg+xml;base64,AA)").contains("svg"))
  }

  @Test func rawMarkupIsLeftOut() {
    let html = ProseHTML.inline("a <b onclick=\"x\">c</b> <script>d</script> [e](JaVaScRiPt:f) <vbscript:g>")
    #expect(!html.contains("<b") && !html.contains("<script") && !html.lowercased().contains("href=\"javascript"))
  }

  @Test func tablesScrollAndSeveralBlocksStayBlocks() {
    var prose = ProseHTML()
    let html = prose.html("| a |\n|---|\n| `</table>` |")
    #expect(
      html.hasPrefix("<div class=\"table\" ") && html.hasSuffix("</table></div>\n") && html.contains("&lt;/table&gt;"))
    #expect(ProseHTML.inline("a\n\nb") == "<p>a</p>\n<p>b</p>\n" && ProseHTML.inline("") == "")
  }

  @Test func deepNestingIsRead() {
    #expect(!ProseHTML.inline(String(repeating: ">", count: 20_000) + " x").isEmpty)
    #expect(!ProseHTML.inline(String(repeating: "[", count: 20_000) + " x").isEmpty)
    #expect(!ProseHTML.inline(String(repeating: "*a **b ", count: 5_000)).isEmpty)
  }

  @Test func captionsInLaTeX() throws {
    let references = [BibliographyEntry(key: "k1", fields: [:])]
    let text = try ProseLaTeX.inline("*a* **b_c** `x%` [l](http://h) [@k1] ~~s~~ <b>r</b> 5 < 6\n\nnext", references)
    #expect(text == "\\emph{a} \\textbf{b\\_c} \\texttt{x\\%} l \\cite{k1} s r 5 \\textless{} 6 next")
    #expect(try ProseLaTeX.inline("[x](cite:other})", references) == "")
    #expect(throws: ReportError.unknownCitation("no")) { try ProseLaTeX.inline("[@no]", references) }
  }

  @Test func markedQuotationsAreBoxes() {
    var prose = ProseHTML()
    let html = prose.html(
      "> [!NOTE]\n> Known from *another* text.\n>\n> - one\n\n> plain [!NOTE]\n\n- > [!WARNING]\n  > x")
    #expect(
      html.contains(
        "<div class=\"box note\" role=\"note\" aria-label=\"Note\">\n<p class=\"box-title\">Note</p>\n<p>Known from <em>another</em> text.</p>\n<ul>"
      ))
    #expect(html.contains("<blockquote>\n<p>plain [!NOTE]</p>") && html.contains("box warning"))
    #expect(html.matches(of: #/<div/#).count == html.matches(of: #/<\/div>/#).count)
    for text in ["> [!NOTE] x", "> [!OTHER]\n> x", "> [!note]\n> x", ">", "> [!NOTE]*x*"] {
      #expect(!prose.html(text).contains("box"), "\(text)")
    }
    #expect(prose.html("> [!TIP]").contains("<p class=\"box-title\">Tip</p>"))
    #expect(prose.html("> > [!TIP]\n> > [!NOTE]\n> > x").contains("[!NOTE]"))
  }
}
