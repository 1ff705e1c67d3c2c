/// A link to a part of the same report.
package struct ReportLink: Sendable, Hashable {
  /// The text shown, such as `Figure 3`.
  package var text: String
  /// The part's id in the page, such as `figure-intervals`.
  package var anchor: String

  /// Creates a link.
  package init(_ text: String, to anchor: String) {
    self.text = text
    self.anchor = anchor
  }

  /// Markup that leads to the anchor within the page.
  var html: String { "<a href=\"#\(Escape.html(anchor))\">\(Escape.html(text))</a>" }

  /// The same as Markdown.
  var markdown: String { "[\(Escape.markdown(text))](<#\(Escape.html(anchor))>)" }
}
