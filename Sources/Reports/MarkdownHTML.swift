import CMarkdown

/// GitHub-flavoured Markdown to HTML; raw HTML and unsafe links are left out.
enum MarkdownHTML {
  /// The extensions are registered once in the process.
  private static let isRegistered: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  static func html(_ markdown: String) -> String {
    guard isRegistered, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return Escape.html(markdown) }
    defer { cmark_parser_free(parser) }
    for name in ["table", "strikethrough", "autolink"] {
      if let known = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, known) }
    }
    cmark_parser_feed(parser, markdown, markdown.utf8.count)
    guard let document = cmark_parser_finish(parser) else { return Escape.html(markdown) }
    defer { cmark_node_free(document) }
    guard let rendered = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser))
    else {
      return Escape.html(markdown)
    }
    defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
    return String(cString: rendered)
  }

  /// One line of Markdown without the paragraph around it.
  static func inline(_ markdown: String) -> String {
    let text = html(markdown)
    guard text.hasPrefix("<p>"), text.hasSuffix("</p>\n") else { return text }
    return String(text.dropFirst(3).dropLast(5))
  }
}
