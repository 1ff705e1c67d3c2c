import Documents
import Tables

/// Stands for a column's title in texts that a step writes, and is replaced where results are gathered: the step's output
/// must not depend on titles.
enum ColumnMark {
  /// The table of a column.
  enum Place: String, Sendable {
    /// The table that is examined.
    case table
    /// The table that it is held against.
    case other
  }

  /// Characters for private use, which stand in no name.
  private static let (start, end): (Character, Character) = ("\u{F0000}", "\u{F0001}")

  /// The mark of a column.
  static func text(_ name: String, in place: Place) -> String { "\(start)\(place.rawValue):\(name)\(end)" }

  /// A document with titles in the place of marks; a mark of no known column stays.
  static func replaced(in value: JSONValue, by columns: [Place: [ColumnSchema]]) -> JSONValue {
    var titles: [String: String] = [:]
    for (place, schemas) in columns {
      for schema in schemas { titles["\(place.rawValue):\(schema.name)"] = schema.displayTitle }
    }
    return replaced(in: value, titles)
  }

  private static func replaced(in value: JSONValue, _ titles: [String: String]) -> JSONValue {
    switch value {
    case .string(let text): .string(replaced(in: text, titles))
    case .array(let elements): .array(elements.map { replaced(in: $0, titles) })
    case .object(let members):
      .object(members.map { JSONMember(key: $0.key, value: replaced(in: $0.value, titles)) })
    default: value
    }
  }

  private static func replaced(in text: String, _ titles: [String: String]) -> String {
    guard text.contains(start) else { return text }
    var output = ""
    var rest = text[...]
    while let from = rest.firstIndex(of: start), let to = rest[from...].firstIndex(of: end) {
      output += rest[..<from]
      output += titles[String(rest[rest.index(after: from)..<to])] ?? String(rest[from...to])
      rest = rest[rest.index(after: to)...]
    }
    return output + rest
  }
}

extension JSONValue {
  /// An object with a title before its members; other values as they are.
  func titled(_ title: String) -> JSONValue {
    members.map { .object([JSONMember(key: "title", value: .string(title))] + $0) } ?? self
  }

  /// An object of which each member that has a title begins with it.
  func titled(_ titles: [String: String]) -> JSONValue {
    members.map { members in
      .object(
        members.map { member in
          titles[member.key].map { JSONMember(key: member.key, value: member.value.titled($0)) } ?? member
        })
    } ?? self
  }
}

extension Table {
  /// The same columns and rows with marks for titles, which `ColumnMark` replaces.
  func withMarks(_ place: ColumnMark.Place) -> Table {
    changingSchemas { $0.title = ColumnMark.text($0.name, in: place) }
  }
}
