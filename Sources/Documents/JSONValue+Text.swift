extension JSONValue {
  /// The canonical text. `indent` 0 gives one line; otherwise that many spaces a level and a final line feed.
  /// A number that is not finite is written `null`.
  package func text(indent: Int = 0) -> String {
    var output = ""
    write(into: &output, indent: indent, level: 0)
    if indent > 0 { output += "\n" }
    return output
  }

  private func write(into output: inout String, indent: Int, level: Int) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .number(let value): output += Self.numberText(value)
    case .string(let value): Self.writeString(value, into: &output)
    case .array(let values):
      Self.writeList(values, open: "[", close: "]", into: &output, indent: indent, level: level) {
        $0.write(into: &$1, indent: indent, level: level + 1)
      }
    case .object(let members):
      Self.writeList(members, open: "{", close: "}", into: &output, indent: indent, level: level) {
        Self.writeString($0.key, into: &$1)
        $1 += indent > 0 ? ": " : ":"
        $0.value.write(into: &$1, indent: indent, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ items: [Element], open: String, close: String, into output: inout String, indent: Int, level: Int,
    item: (Element, inout String) -> Void
  ) {
    output += open
    for (index, element) in items.enumerated() {
      if index > 0 { output += "," }
      if indent > 0 { output += "\n" + String(repeating: " ", count: indent * (level + 1)) }
      item(element, &output)
    }
    if indent > 0, !items.isEmpty { output += "\n" + String(repeating: " ", count: indent * level) }
    output += close
  }

  /// The shortest decimal text that reads back as the same number; `null` when it is not finite.
  package static func numberText(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return value == 0 ? "0" : String(Int64(value)) }
    return "\(value)"
  }

  private static func writeString(_ text: String, into output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case _ where isEscaped(scalar):
        let hex = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }

  /// True when a scalar is written as `\u` and four digits: one that would end a script element or a line, or cannot be seen.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: scalar == "<" || scalar == ">" || scalar == "&"
    }
  }
}
