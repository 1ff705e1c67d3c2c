import Diagnostics

extension DocumentNode {
  /// Whether it is YAML's null: a plain `null`, `~` or nothing.
  public var isNull: Bool {
    guard case .scalar(let text, false, _) = self else { return false }
    return text.isEmpty || text == "~" || text.lowercased() == "null"
  }

  /// The text of a scalar, quoted or not; nil for null and for other nodes.
  public var text: String? {
    guard case .scalar(let text, _, _) = self, !isNull else { return nil }
    return text
  }

  /// The whole number of a plain scalar in decimal digits with an optional sign.
  public var integer: Int? {
    guard case .scalar(let text, false, _) = self else { return nil }
    return Int(text)
  }

  /// The finite number of a plain scalar in decimal notation.
  public var double: Double? {
    guard case .scalar(let text, false, _) = self, let first = text.utf8.first,
      first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      !text.utf8.contains(UInt8(ascii: "x")), !text.utf8.contains(UInt8(ascii: "X")),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  /// The truth value of a plain `true` or `false`.
  public var boolean: Bool? {
    guard case .scalar(let text, false, _) = self else { return nil }
    return text == "true" ? true : text == "false" ? false : nil
  }

  /// The nodes of a sequence; nil for other nodes.
  public var elements: [DocumentNode]? { if case .sequence(let nodes, _) = self { nodes } else { nil } }

  /// The entries of a mapping; nil for other nodes.
  public var entries: [DocumentEntry]? { if case .mapping(let entries, _) = self { entries } else { nil } }

  /// What kind of node it is, in words.
  public var kindName: String {
    switch self {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(_, true, _): "text"
    case .scalar:
      isNull
        ? "nothing"
        : integer != nil ? "a whole number" : double != nil ? "a number" : boolean != nil ? "true or false" : "text"
    }
  }
}

extension JSONValue {
  /// A document as a value: plain scalars by YAML's core schema, quoted ones as text.
  public init(_ node: DocumentNode) {
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
