import CMarkdown

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
