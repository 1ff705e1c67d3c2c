import CMarkdown

/// GitHub-flavoured Markdown as a tree: tables, strikethrough and autolinks; raw HTML and unsafe links are left out of
/// what is written.
struct MarkdownTree: ~Copyable {
  /// The extensions are registered once in the process.
  private static let isRegistered: Bool = {
    cmark_gfm_core_extensions_ensure_registered()
    return true
  }()

  private let parser: OpaquePointer
  private let root: OpaquePointer

  /// Parses a text; nil when memory runs out.
  init?(_ markdown: String) {
    guard Self.isRegistered, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
    for name in ["table", "strikethrough", "autolink"] {
      if let known = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, known) }
    }
    cmark_parser_feed(parser, markdown, markdown.utf8.count)
    guard let root = cmark_parser_finish(parser) else {
      cmark_parser_free(parser)
      return nil
    }
    self.parser = parser
    self.root = root
  }

  deinit {
    cmark_node_free(root)
    cmark_parser_free(parser)
  }

  /// HTML of the tree.
  borrowing func html() -> String {
    guard let text = cmark_render_html(root, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser)) else {
      return ""
    }
    defer { cmark_get_default_mem_allocator().pointee.free(text) }
    return String(cString: text)
  }

  /// Visits every node in document order, entering and leaving.
  borrowing func walk(_ visit: (Node, _ isEntering: Bool) -> Void) {
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
      visit(Node(pointer: node), event == CMARK_EVENT_ENTER)
    }
  }

  /// The nodes of a kind, in document order.
  borrowing func nodes(_ kind: cmark_node_type) -> [Node] {
    var found: [Node] = []
    walk { node, isEntering in if isEntering, node.kind == kind { found.append(node) } }
    return found
  }

  /// A node; not to be used after its tree.
  struct Node {
    let pointer: OpaquePointer

    var kind: cmark_node_type { cmark_node_get_type(pointer) }
    /// The text of text and code nodes.
    var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }
    /// The address of links and images.
    var address: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }
    /// 1 to 6, of headings.
    var level: Int {
      get { Int(cmark_node_get_heading_level(pointer)) }
      nonmutating set { _ = cmark_node_set_heading_level(pointer, Int32(min(max(newValue, 1), 6))) }
    }

    /// The text without markup.
    var plainText: String {
      guard let iterator = cmark_iter_new(pointer) else { return "" }
      defer { cmark_iter_free(iterator) }
      var text = ""
      while true {
        let event = cmark_iter_next(iterator)
        guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return text }
        guard event == CMARK_EVENT_ENTER else { continue }
        let kind = cmark_node_get_type(node)
        if kind == CMARK_NODE_SOFTBREAK || kind == CMARK_NODE_LINEBREAK { text += " " }
        if kind == CMARK_NODE_TEXT || kind == CMARK_NODE_CODE { text += Node(pointer: node).literal }
      }
    }

    /// Puts a link of the same address and content in the node's place; inside another link only the content stays.
    func becomeLink() {
      var above = cmark_node_parent(pointer)
      while let node = above, cmark_node_get_type(node) != CMARK_NODE_LINK { above = cmark_node_parent(node) }
      if above == nil, let link = cmark_node_new(CMARK_NODE_LINK) {
        cmark_node_set_url(link, address)
        while let child = cmark_node_first_child(pointer), cmark_node_append_child(link, child) != 0 {}
        if cmark_node_insert_before(pointer, link) == 0 { cmark_node_free(link) }
      } else {
        while let child = cmark_node_first_child(pointer), cmark_node_insert_before(pointer, child) != 0 {}
      }
      cmark_node_unlink(pointer)
      cmark_node_free(pointer)
    }
  }
}
