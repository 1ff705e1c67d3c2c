/// The shape that a node must have. One declaration serves validation, the JSON Schema and the documentation.
package indirect enum Schema: Sendable, Hashable {
  /// Any non-empty text; plain numbers and truth values are taken as text too.
  case text
  /// A kebab-case name: lower-case letters, digits and single hyphens, beginning with a letter.
  case identifier
  /// A catalogue id: kebab-case names joined by slashes.
  case path
  /// A whole number in a range.
  case integer(ClosedRange<Int>)
  /// A finite number in a range; `exclusive` leaves the ends out.
  case number(ClosedRange<Double>, exclusive: Bool)
  /// `true` or `false`.
  case boolean
  /// One of some words.
  case word([String])
  /// Anything that is not a list or a mapping.
  case scalar
  /// A list with at least so many elements; names, words and numbers stand in it once.
  case list(Schema, minimum: Int)
  /// A mapping with kebab-case keys, all of one shape.
  case map(Schema)
  /// A mapping with any texts as keys, all of one shape.
  case texts(Schema)
  /// A mapping with known keys.
  case object(ObjectSchema)
  /// One of several shapes that differ in kind of node or, for objects, in their required key.
  case either([Schema])
}

/// A mapping with known keys.
package struct ObjectSchema: Sendable, Hashable {
  /// The name in the JSON Schema's definitions.
  package var name: String
  /// One sentence on the mapping, its description in the JSON Schema.
  package var summary: String
  /// The keys.
  package var fields: [FieldSchema]
  /// Optional keys of which exactly one must be there; none when empty.
  package var exactlyOne: [String]

  /// Creates a schema.
  package init(_ name: String, _ summary: String, fields: [FieldSchema], exactlyOne: [String] = []) {
    self.name = name
    self.summary = summary
    self.fields = fields
    self.exactlyOne = exactlyOne
  }

  /// Keys by which a message names the shape: those that are required, or the first three where none is.
  fileprivate var leadingKeys: [String] {
    let required = fields.filter(\.isRequired).map(\.key)
    return required.isEmpty ? fields.prefix(3).map(\.key) : required
  }
}

/// A key of a mapping.
package struct FieldSchema: Sendable, Hashable {
  /// The key.
  package var key: String
  /// The shape of its value.
  package var schema: Schema
  /// True when a mapping without the key is an error.
  package var isRequired: Bool
  /// One sentence on the meaning of the value, for the JSON Schema and the key tables.
  package var summary: String
  /// The default that the JSON Schema and the key tables show; nil for a required key and for an empty default.
  package var fallback: JSONValue?

  /// A key that must be there.
  package static func required(_ key: String, _ schema: Schema, _ summary: String) -> FieldSchema {
    FieldSchema(key: key, schema: schema, isRequired: true, summary: summary, fallback: nil)
  }

  /// A key that may be left out.
  package static func optional(
    _ key: String, _ schema: Schema, _ summary: String, fallback: JSONValue? = nil
  ) -> FieldSchema {
    FieldSchema(key: key, schema: schema, isRequired: false, summary: summary, fallback: fallback)
  }
}

extension Schema {
  /// Any finite number.
  package static let anyNumber = Schema.number(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, exclusive: false)

  /// True when a scalar fits, or a node is the list or mapping that is wanted; the content of lists and mappings is not
  /// looked at.
  func admits(_ node: DocumentNode) -> Bool {
    switch self {
    case .text, .scalar: node.text?.isEmpty == false
    case .identifier: node.text.map { KebabCase.isName($0) } ?? false
    case .path: node.text.map { KebabCase.isPath($0) } ?? false
    case .integer(let range): node.integer.map { range.contains($0) } ?? false
    case .number(let range, let exclusive):
      node.double.map { value in
        range.contains(value) && !(exclusive && (value == range.lowerBound || value == range.upperBound))
      } ?? false
    case .boolean: node.boolean != nil
    case .word(let words): node.text.map { words.contains($0) } ?? false
    case .list: node.elements != nil
    case .map, .texts, .object: node.entries != nil
    case .either(let schemas): schemas.contains { $0.admits(node) }
    }
  }

  /// True when a word is one of those that a value of this shape can be.
  func offers(_ word: String) -> Bool {
    switch self {
    case .word(let words): words.contains(word)
    case .either(let schemas): schemas.contains { $0.offers(word) }
    default: false
    }
  }

  /// True when a list of such values must not hold one of them twice.
  var isDistinct: Bool {
    switch self {
    case .identifier, .path, .integer, .number, .word: true
    case .either(let schemas): schemas.contains { $0.isDistinct }
    default: false
    }
  }

  /// The values that fit the shape, in words for messages, such as `true or false`.
  var expectation: String {
    switch self {
    case .text: "text"
    case .identifier: "a kebab-case name such as head-confidence"
    case .path: "an id such as serianni2023/rnn-results"
    case .integer(let range):
      range.upperBound == .max
        ? "a whole number of at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range, let exclusive):
      range == -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        ? "a number" : "a number from \(range.lowerBound) to \(range.upperBound)\(exclusive ? ", ends excluded" : "")"
    case .boolean: "true or false"
    case .word(let words): words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
    case .scalar: "a word or a number"
    case .list(let element, _): "a list, each \(element.expectation)"
    case .map(let value): "a mapping of names, each \(value.expectation)"
    case .texts(let value): "a mapping of texts, each \(value.expectation)"
    case .object(let object): "a mapping (\(object.leadingKeys.joined(separator: ", ")), …)"
    case .either(let schemas): schemas.map(\.expectation).joined(separator: ", or ")
    }
  }
}

/// Names in kebab-case.
package enum KebabCase {
  /// True when a text is lower-case letters and digits in groups joined by single hyphens, beginning with a letter, of at
  /// most 80 characters.
  package static func isName(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 80 else { return false }
    var wasHyphen = false
    for byte in text.utf8 {
      let isHyphen = byte == UInt8(ascii: "-")
      guard isHyphen ? !wasHyphen : (97...122).contains(byte) || (48...57).contains(byte) else { return false }
      wasHyphen = isHyphen
    }
    return !wasHyphen
  }

  /// True when a text is names joined by slashes, of which only the first must begin with a letter.
  package static func isPath(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return !parts.isEmpty && isName(parts[0]) && parts.dropFirst().allSatisfy { isName("a" + $0) && $0.first != "-" }
  }
}
