import Diagnostics

extension DocumentNode {
  /// True for YAML's null: a plain `null`, `Null`, `NULL`, `~` or nothing.
  package var isNull: Bool {
    guard case .scalar(let text, false, _) = self else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The text of a scalar, quoted or not; nil for null and for other nodes.
  package var text: String? {
    guard case .scalar(let text, _, _) = self, !isNull else { return nil }
    return text
  }

  /// The whole number of a plain scalar: decimal digits with an optional sign, `0x` hexadecimal or `0o` octal digits.
  /// Nil for what does not fit an `Int`.
  package var integer: Int? {
    guard case .scalar(let text, false, _) = self else { return nil }
    let digits = text.dropFirst(2)
    guard text.hasPrefix("0x") || text.hasPrefix("0o") else { return Int(text) }
    guard let first = digits.first, first.isHexDigit else { return nil }
    return Int(digits, radix: text.hasPrefix("0x") ? 16 : 8)
  }

  /// The finite number of a plain scalar: decimal notation with an optional exponent, or a whole number as in `integer`.
  /// Correctly rounded; nil for `.inf`, `.nan` and numbers beyond the range.
  package var double: Double? {
    guard case .scalar(let text, false, _) = self else { return nil }
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isDecimal else { return integer.map { Double($0) } }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The truth value of a plain `true` or `false`, also capitalised or in capitals.
  package var boolean: Bool? {
    guard case .scalar(let text, false, _) = self else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// The nodes of a sequence; nil for other nodes.
  package var elements: [DocumentNode]? { if case .sequence(let nodes, _) = self { nodes } else { nil } }

  /// The entries of a mapping; nil for other nodes.
  package var entries: [DocumentEntry]? { if case .mapping(let entries, _) = self { entries } else { nil } }

  /// The kind of node in words, for messages, such as `a list` or `a whole number`.
  package var kindName: String {
    switch self {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(_, true, _): "text"
    case .scalar(let text, _, _):
      if isNull {
        "nothing"
      } else if integer != nil {
        "a whole number"
      } else if double != nil {
        "a number"
      } else if boolean != nil {
        "true or false"
      } else if [".inf", "-.inf", "+.inf", ".nan"].contains(text.lowercased()) {
        "not a finite number"
      } else {
        "text"
      }
    }
  }
}

extension JSONValue {
  /// A document as a value: plain scalars by YAML's core schema, quoted ones as text.
  package init(_ node: DocumentNode) {
    switch node {
    case .sequence(let nodes, _): self = .array(nodes.map { JSONValue($0) })
    case .mapping(let entries, _): self = .object(entries.map { JSONMember(key: $0.key, value: JSONValue($0.value)) })
    case .scalar(let text, let quoted, _):
      if quoted {
        self = .string(text)
      } else if node.isNull {
        self = .null
      } else if let flag = node.boolean {
        self = .bool(flag)
      } else if let whole = node.integer {
        self = .integer(whole)
      } else if let number = node.double {
        self = .number(number)
      } else {
        self = .string(text)
      }
    }
  }
}
