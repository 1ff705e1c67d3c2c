import Documents
import Specs

/// Fills computed values into prose.
struct Prose {
  let results: JSONValue

  /// The text with every reference resolved; what does not resolve is added to `problems` with its place.
  func resolved(_ text: Located<String>, _ problems: inout [String]) -> String {
    var output = ""
    for segment in TextTemplate(text.value).segments {
      switch segment {
      case .text(let plain): output += plain
      case .reference(let path, let formatText, let line):
        var place = text.location
        place.line += line
        guard let format = ValueFormat(formatText) else {
          problems.append(
            "\(place): \(formatText ?? "") is not a format; write one of .3, 0.3, `,`, .1%, .1e, interval .2, text")
          continue
        }
        do throws(ValueFailure) {
          let value = try ValuePath.resolved(path, in: results)
          if let reason = value["undefined"]?.string { throw .undefined(path: path, reason: reason) }
          guard let written = format.text(of: value) else { throw .notANumber(path: path) }
          output += written
        } catch {
          problems.append("\(place): \(error.words)")
        }
      }
    }
    return output
  }
}
