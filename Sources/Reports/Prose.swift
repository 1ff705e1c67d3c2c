import CMarkdown

/// The prose of a page as HTML. Headings go on from cell to cell: none above the second level, no level left out, each
/// with an id. Pictures that are not in the text itself become links, as the page loads nothing.
struct ProseHTML {
  /// A heading of the page.
  struct Heading: Equatable {
    var id: String
    var level: Int
    /// The text without markup.
    var title: String
  }

  /// The headings so far.
  private(set) var headings: [Heading] = []
  private var level = 1
  private var ids: Set<String> = []

  /// The HTML of a cell.
  mutating func html(_ markdown: String) -> String {
    guard let tree = MarkdownTree(markdown) else { return "<p>\(Escape.html(markdown))</p>" }
    Self.keepWithinPage(tree)
    for node in tree.nodes(CMARK_NODE_BLOCK_QUOTE) { node.becomeBoxWhereMarked() }
    var added: [Heading] = []
    for node in tree.nodes(CMARK_NODE_HEADING) {
      node.level = min(max(node.level, 2), level + 1)
      level = node.level
      let title = node.plainText
      added.append(Heading(id: newID(title), level: level, title: title))
    }
    headings += added
    var output = ""
    var rest = tree.html()[...]
    for heading in added {
      guard let open = rest.firstRange(of: "<h\(heading.level)>") else { break }
      output += rest[..<open.lowerBound] + "<h\(heading.level) id=\"\(Escape.html(heading.id))\">"
      rest = rest[open.upperBound...]
    }
    return (output + rest).replacing(
      "<table>", with: "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>"
    )
    .replacing("</table>", with: "</table></div>")
  }

  /// One paragraph of Markdown without the paragraph around it.
  static func inline(_ markdown: String) -> String {
    guard let tree = MarkdownTree(markdown) else { return Escape.html(markdown) }
    keepWithinPage(tree)
    let text = tree.html()
    guard text.hasPrefix("<p>"), text.hasSuffix("</p>\n"), text.firstRange(of: "</p>\n<") == nil else { return text }
    return String(text.dropFirst(3).dropLast(5))
  }

  private static func keepWithinPage(_ tree: borrowing MarkdownTree) {
    for node in tree.nodes(CMARK_NODE_IMAGE) where !node.address.lowercased().hasPrefix("data:image/") {
      node.becomeLink()
    }
  }

  private mutating func newID(_ title: String) -> String {
    let slug = Escape.slug(title)
    let base = slug.isEmpty ? "section" : "section-\(slug)"
    var id = base
    var number = 2
    while !ids.insert(id).inserted {
      id = "\(base)-\(number)"
      number += 1
    }
    return id
  }
}

/// A line of Markdown as LaTeX: emphasis, code and citations; links become their text.
enum ProseLaTeX {
  /// The LaTeX of one paragraph; citations become `\cite`.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  static func inline(_ markdown: String, _ references: [BibliographyEntry]) throws(ReportError) -> String {
    let scheme = "cite:"
    let text = try Citations.resolved(markdown, references) { "[x](<\(scheme)\($0.key)>)" }
    guard let tree = MarkdownTree(text) else { return Escape.latex(markdown) }
    let keys = Set(references.map(\.key))
    var output = ""
    var hidden = 0
    tree.walk { node, isEntering in
      switch node.kind {
      case CMARK_NODE_LINK where node.address.hasPrefix(scheme):
        let key = String(node.address.dropFirst(scheme.count))
        hidden += isEntering ? 1 : -1
        if isEntering, keys.contains(key) { output += "\\cite{\(key)}" }
      case _ where hidden > 0: break
      case CMARK_NODE_TEXT: output += Escape.latex(node.literal)
      case CMARK_NODE_CODE: output += "\\texttt{\(Escape.latex(node.literal))}"
      case CMARK_NODE_EMPH: output += isEntering ? "\\emph{" : "}"
      case CMARK_NODE_STRONG: output += isEntering ? "\\textbf{" : "}"
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: output += " "
      case CMARK_NODE_PARAGRAPH: if isEntering, !output.isEmpty { output += " " }
      default: break
      }
    }
    return output
  }
}
