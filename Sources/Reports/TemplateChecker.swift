/// Finds what templates of this project do not use, and what would make them unbounded.
enum TemplateChecker {
  /// Sections within sections.
  static let depthLimit = 8

  /// The first problem with its 1-based place; nil when there is none.
  static func problem(_ text: String) -> (line: Int, column: Int, reason: String)? {
    let scalars = Array(text.unicodeScalars)
    var depth = 0
    var line = 1
    var column = 1
    var index = 0
    while index < scalars.count {
      if scalars[index] == "{", index + 2 < scalars.count, scalars[index + 1] == "{" {
        let reason: String?
        switch scalars[(index + 2)...].first(where: { $0 != " " && $0 != "\t" && $0 != "\n" }) {
        case "=": reason = "other delimiters are not supported; write {{…}}"
        case ">", "<", "$": reason = "templates stand alone; partials and inheritance are not supported"
        case "%": reason = "pragmas are not supported"
        case "#", "^":
          depth += 1
          reason = depth > depthLimit ? "sections are more than \(depthLimit) deep" : nil
        case "/":
          depth -= 1
          reason = nil
        default: reason = nil
        }
        if let reason { return (line, column, reason) }
      }
      if scalars[index] == "\n" {
        line += 1
        column = 1
      } else {
        column += 1
      }
      index += 1
    }
    return nil
  }
}
