/// A text with tags in double braces, after Mustache: `{{name}}` is a value, `{{#name}}…{{/name}}` stands once for each
/// item of a list, or when a condition holds, `{{^name}}…{{/name}}` when it does not, `{{! … }}` is a remark.
///
/// `{{{name}}}` and `{{&name}}` are `{{name}}`, as every value is safe for its format already. A line that has nothing but
/// one tag of a section or a remark leaves no line behind. Reading and rendering are linear in the text and bounded.
struct Template: Sendable {
  /// The longest text in bytes.
  static let byteLimit = 1 << 20
  /// The deepest nesting of sections.
  static let depthLimit = 8
  /// The most tags.
  static let tagLimit = 10_000
  /// The longest name in bytes.
  static let nameLimit = 64
  /// The most bytes that a template may make.
  static let outputLimit = 1 << 28

  /// A problem with its 1-based place, columns in Unicode scalars.
  struct Problem: Error, Equatable {
    var line: Int
    var column: Int
    var reason: String
  }

  /// A part of a template.
  enum Node: Sendable {
    /// Text that is written as it is.
    case text(String)
    /// The value of a name.
    case value(String)
    /// A section: written when its name holds, or, inverted, when it does not.
    indirect case section(String, isInverted: Bool, [Node])
  }

  let nodes: [Node]

  /// Reads a template. O(length).
  ///
  /// - Throws: `Problem`: the first tag that is not one of those above, or is over a bound.
  init(_ text: String) throws(Problem) {
    var reader = TemplateReader(text)
    nodes = try reader.nodes()
  }
}

/// The value of a name in a template.
enum TemplateValue: Sendable {
  /// Text that is safe where it stands; empty text does not hold.
  case text(String)
  /// A condition for sections.
  case flag(Bool)
  /// Items, each with names of its own.
  case list([[String: String]])
}
