/// Text for captions and notes, which are Markdown.
public enum MarkdownText {
  /// Markdown that reads as the text, whatever stands in it.
  public static func plain(_ text: String) -> String { Escape.markdown(text) }
}
