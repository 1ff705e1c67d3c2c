import CMarkdown

/// Quotations that begin with a mark, such as `> [!NOTE]`, which forges show as boxes.
extension MarkdownTree.Node {
  /// Makes a quotation that begins with `[!NOTE]`, or another word of a forge's boxes, a box with that title.
  func becomeBoxWhereMarked() {
    guard let paragraph = cmark_node_first_child(pointer), cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH,
      let box = Self.boxes.first(where: { Self(pointer: paragraph).begins(with: "[!\($0.uppercased())]") }),
      let custom = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK)
    else { return }
    // The mark is text in one or several nodes up to the end of the line.
    while let node = cmark_node_first_child(paragraph) {
      let isEnd = [CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK].contains(cmark_node_get_type(node))
      cmark_node_unlink(node)
      cmark_node_free(node)
      if isEnd { break }
    }
    let title = box.prefix(1).uppercased() + box.dropFirst()
    cmark_node_set_on_enter(
      custom, "<div class=\"box \(box)\" role=\"note\" aria-label=\"\(title)\">\n<p class=\"box-title\">\(title)</p>")
    cmark_node_set_on_exit(custom, "</div>")
    while let child = cmark_node_first_child(pointer), cmark_node_append_child(custom, child) != 0 {}
    if cmark_node_first_child(paragraph) == nil {
      cmark_node_unlink(paragraph)
      cmark_node_free(paragraph)
    }
    if cmark_node_insert_before(pointer, custom) == 0 { cmark_node_free(custom) }
    cmark_node_unlink(pointer)
    cmark_node_free(pointer)
  }

  /// The words of a forge's boxes.
  private static let boxes = ["note", "tip", "important", "warning", "caution"]

  /// True when the first line of a paragraph is a mark and no more.
  private func begins(with mark: String) -> Bool {
    var line = ""
    var next = cmark_node_first_child(pointer)
    while let node = next, cmark_node_get_type(node) == CMARK_NODE_TEXT {
      line += Self(pointer: node).literal
      next = cmark_node_next(node)
    }
    let ends = next.map { [CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK].contains(cmark_node_get_type($0)) } ?? true
    return ends && line == mark
  }
}
