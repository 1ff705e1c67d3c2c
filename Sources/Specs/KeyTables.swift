import Documents
import Outcomes

/// The tables of keys in the documentation, made from what spec types declare.
///
/// A document marks the place of a table by the name of a mapping in the JSON Schema:
///
/// ```markdown
/// <!-- keys: differences -->
/// | *differences* | value | default | |
/// <!-- end of keys -->
/// ```
package struct KeyTables {
  private let objects: [String: ObjectSchema]

  /// Gathers the mappings that an analysis or a claims file may hold.
  package init(_ language: SpecLanguage) {
    var objects: [String: ObjectSchema] = [:]
    Self.gather(.object(AnalysisShape(language: language).root), &objects)
    Self.gather(.object(ClaimsFile.shape), &objects)
    self.objects = objects
  }

  private static func gather(_ schema: Schema, _ objects: inout [String: ObjectSchema]) {
    switch schema {
    case .list(let element, _): gather(element, &objects)
    case .map(let value), .texts(let value): gather(value, &objects)
    case .either(let schemas): for schema in schemas { gather(schema, &objects) }
    case .object(let object):
      guard objects[object.name] == nil else { return }
      objects[object.name] = object
      for field in object.fields { gather(field.schema, &objects) }
    default: break
    }
  }

  /// A document with each of its tables made anew.
  ///
  /// - Throws: `Reason` for a mark that names no mapping, or that has no end.
  package func renewed(_ document: String) throws(Reason) -> String {
    var output: [Substring] = []
    var lines = document.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      output.append(line)
      guard line.hasPrefix("<!-- keys: "), line.hasSuffix(" -->") else { continue }
      let name = String(line.dropFirst(11).dropLast(4))
      guard let object = objects[name] else { throw Reason("there is no mapping \(name) to list the keys of") }
      while lines.first != Self.end {
        guard lines.popFirst() != nil else { throw Reason("the table of \(name) has no end: add \(Self.end)") }
      }
      output += table(of: object).map { Substring($0) }
    }
    return output.joined(separator: "\n")
  }

  private static let end: Substring = "<!-- end of keys -->"

  private func table(of object: ObjectSchema) -> [String] {
    ["| *\(object.name)* | value | default | |", "|---|---|---|---|"]
      + object.fields.map { field in
        let standard = field.isRequired ? "*needed*" : field.fallback.map { "`\(Self.written($0))`" } ?? ""
        return "| `\(field.key)` | \(Self.shape(field.schema)) | \(standard) | \(Self.escaped(field.summary)) |"
      }
  }

  private static func written(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .array(let elements): "[\(elements.map { written($0) }.joined(separator: ", "))]"
    default: value.text()
    }
  }

  /// A shape in a few words.
  private static func shape(_ schema: Schema) -> String {
    switch schema {
    case .text, .scalar: "text"
    case .identifier: "name"
    case .path: "id"
    case .integer(let range):
      range.upperBound == .max
        ? (range.lowerBound == .min ? "whole number" : "whole number from \(range.lowerBound)")
        : "\(range.lowerBound) … \(range.upperBound)"
    case .number(let range, let exclusive):
      schema == .anyNumber
        ? "number"
        : range.upperBound == .greatestFiniteMagnitude
          ? "number \(exclusive ? "above" : "from") \(JSONValue.numberText(range.lowerBound))"
          : (exclusive ? "]" : "[") + JSONValue.numberText(range.lowerBound) + ", "
            + JSONValue.numberText(range.upperBound) + (exclusive ? "[" : "]")
    case .boolean: "true, false"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let element, _): "list: \(shape(element))"
    case .map(let value): "by name: \(shape(value))"
    case .texts(let value): "by text: \(shape(value))"
    case .object(let object): "*\(object.name)*"
    case .either(let schemas):
      leadingKeys(schemas).map { "one of \($0.joined(separator: ", "))" }
        ?? schemas.map { shape($0) }.joined(separator: "; or ")
    }
  }

  /// The keys that tell many mappings apart; nil for other shapes.
  private static func leadingKeys(_ schemas: [Schema]) -> [String]? {
    guard schemas.count > 3 else { return nil }
    var keys: [String] = []
    for schema in schemas {
      guard case .object(let object) = schema, let leading = object.fields.first(where: \.isRequired) else {
        return nil
      }
      keys.append("`\(leading.key)`")
    }
    return keys
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "|<>".contains($1) ? "\\\($1)" : String($1) }
  }
}
