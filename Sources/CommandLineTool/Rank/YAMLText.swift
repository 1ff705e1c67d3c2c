import Diagnostics
import Documents

/// Names and values as text of a YAML document, whatever they hold.
enum YAMLText {
  /// Words that YAML, or an older reader of it, takes for something else than text.
  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
  ]

  /// A text: a plain name as it is, anything else in double quotes with what cannot be seen escaped.
  static func scalar(_ text: String) -> String {
    KebabCase.isName(text) && !reserved.contains(text) ? text : JSONValue.string(text).text()
  }

  /// A list on one line.
  static func list(_ texts: [String]) -> String { "[\(texts.map { scalar($0) }.joined(separator: ", "))]" }

  /// A value on one line.
  static func flow(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): scalar(text)
    case .array(let values): "[\(values.map { flow($0) }.joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", "))}"
    default: value.text()
    }
  }

  /// A text within a comment: on one line, with hidden characters shown, shortened.
  static func comment(_ text: String) -> String {
    let visible = ConsoleWriter.visible(text)
    return visible.count > 160 ? "\(visible.prefix(160))…" : visible
  }
}
