import CMarkdown

/// The parts of a report's page that other pages are made of: texts made safe, prose, style and script.
package enum PageParts {
  /// A heading of prose.
  package struct Heading: Sendable, Hashable {
    /// Its id in the page.
    package var id: String
    /// 2 to 6.
    package var level: Int
    /// The text without markup.
    package var title: String
  }

  /// A text for HTML and for attributes in double quotes.
  package static func text(_ text: String) -> String { Escape.html(text) }

  /// A text for XML 1.0 and for attributes in double quotes.
  package static func xml(_ text: String) -> String { Escape.xml(text) }

  /// Letters and digits joined by hyphens, for the names of ids; empty when there are none.
  package static func slug(_ text: String) -> String { Escape.slug(text) }

  /// A paragraph of Markdown as HTML, without the paragraph around it.
  package static func inline(_ markdown: String) -> String { ProseHTML.inline(markdown) }

  /// A text of Markdown as HTML with its headings, which begin at the second level and have ids.
  package static func prose(_ markdown: String) -> (html: String, headings: [Heading]) {
    var prose = ProseHTML()
    let html = prose.html(markdown)
    return (html, prose.headings.map { Heading(id: $0.id, level: $0.level, title: $0.title) })
  }

  /// The words of a paragraph of Markdown, without markup.
  package static func words(_ markdown: String) -> String {
    guard let tree = MarkdownTree(markdown) else { return markdown }
    var text = ""
    tree.walk { node, isEntering in
      guard isEntering else { return }
      switch node.kind {
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: text += node.literal
      default: break
      }
    }
    return text
  }

  /// The style sheet of pages, that of claims with it.
  package static func style(_ templates: TemplateSet) -> String {
    templates.text("style.css") + templates.text("claims.css")
  }

  /// The script of pages.
  package static func script(_ templates: TemplateSet) -> String { templates.text("script.js") }

  /// The digest by which a page's security policy knows a script: SHA-256 in base 64.
  package static func digest(ofScript script: String) -> String { ScriptDigest.sha256(script) }

  /// A whole page, with lines that end only where a reader would end them.
  package static func marked(_ page: String) -> String { WholeWords.marked(page) }

  /// A publication as HTML: the reference, and its DOI or address as a link.
  package static func reference(_ entry: BibliographyEntry) -> String {
    let text = Escape.html(entry.statement)
    guard let locator = entry.locator.map({ Escape.html($0) }) else { return text }
    return text + " " + (entry.link.map { "<a href=\"\(Escape.html($0))\">\(locator)</a>" } ?? locator)
  }

  /// An entry of BibTeX for something that is published on the web.
  package static func bibtex(key: String, title: String, authors: [String], date: String, note: String, address: String)
    -> String
  {
    ReportImprint(authors: authors, date: date, version: "", specDigest: "", home: address)
      .bibtex(id: key, title: title, note: note)
  }
}

/// Drawings that stand in one page: ids of their own, colours that follow the page's theme.
package struct PageDrawings: Sendable {
  private var palette = PagePalette()
  private var count = 0

  package init() {}

  /// The markup of a drawing, with the figure's frame around it; its colours are added to `style`.
  package mutating func markup(_ svg: [UInt8]) -> String {
    count += 1
    let drawing = ThemedSVG.markup(svg, prefix: "d\(count)-", tooltips: [], palette: &palette)
    let width = ThemedSVG.width(svg).map { " style=\"--width:\(Int($0.rounded(.up)))pt\"" } ?? ""
    return "<div class=\"drawing\" data-number=\"\(count)\"\(width)>\(drawing)</div>"
  }

  /// The rules that colour the drawings.
  package var style: String { palette.style }
}
