import Documents
import Reports
import Sections
import Specs

/// Fills computed values into prose, which is Markdown.
struct Prose {
  let results: JSONValue

  /// Prose that can refer to one value more, by a first name that the results do not have.
  func adding(_ member: JSONMember?) -> Prose {
    guard let member, let members = results.members, results[member.key] == nil else { return self }
    return Prose(results: .object(members + [member]))
  }

  /// The text with every reference resolved; what does not resolve is added to `problems` with its place. Text among the
  /// values reads as it is, whatever Markdown would make of it.
  func resolved(_ text: Located<String>, _ problems: inout [String]) -> String {
    var output = ""
    let segments = TextTemplate(text.value).segments
    for (index, segment) in segments.enumerated() {
      switch segment {
      case .text(let plain): output += plain
      case .reference(let path, let formatText, let line):
        var place = text.location
        place.line += line
        guard let format = ValueFormat(formatText) else {
          problems.append("\(place): \(formatText ?? "") is not a format; write \(ValueFormat.examples)")
          continue
        }
        do throws(ValueFailure) {
          let value = try ValuePath.resolved(path, in: results)
          if let reason = value["undefined"]?.string { throw .undefined(path: path, reason: reason) }
          guard let written = format.text(of: value) else { throw .notANumber(path: path) }
          guard (value["value"] ?? value).string != nil else {
            output += written
            continue
          }
          var after = ""
          if index + 1 < segments.count, case .text(let plain) = segments[index + 1] { after = plain }
          output +=
            Self.isInCode(after: output, before: after)
            ? MarkdownText.code(written)
            : MarkdownText.plain(written, startsBlock: output.isEmpty || output.utf8.last == UInt8(ascii: "\n"))
        } catch {
          problems.append("\(place): \(error.words)")
        }
      }
    }
    return output
  }

  /// True when a value stands alone between two single backticks that make a code span.
  private static func isInCode(after before: String, before after: String) -> Bool {
    guard after.hasPrefix("`"), !after.hasPrefix("``") else { return false }
    var isOpen = false
    var run = 0
    var isEscaped = false
    var lineIsEmpty = true
    var last: Unicode.Scalar = "\n"
    for scalar in before.unicodeScalars {
      last = scalar
      if scalar == "\n" {
        // A paragraph ends where a line is empty, and with it what is open.
        if lineIsEmpty { isOpen = false }
        lineIsEmpty = true
      } else if scalar != " " && scalar != "\t" {
        lineIsEmpty = false
      }
      guard scalar == "`", !isEscaped else {
        run = 0
        isEscaped = scalar == "\\" && !isOpen && !isEscaped
        continue
      }
      run += 1
      // Longer runs make spans and fences by other rules: text beside them is escaped.
      guard run == 1 else { return false }
      isOpen.toggle()
    }
    return isOpen && last == "`"
  }
}
