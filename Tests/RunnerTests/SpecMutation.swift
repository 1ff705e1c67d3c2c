import Documents

/// A document with one of its values changed.
struct SpecMutation {
  /// Where the value stands: keys and numbers, joined by points.
  let path: String
  /// The key in its shape, such as `interval.seed`: all values under it are of one kind.
  let field: String
  /// The key alone.
  let key: String
  /// Documents with another value there, some of which may not fit.
  let texts: [String]
}

/// Finds every value of a document by its shape, and other values that might stand there.
struct SpecMutator {
  /// Names that can stand for one another, in groups.
  let names: [[String]]
  private(set) var leaves: [(path: [PathPart], value: JSONValue, field: String, key: String, others: [JSONValue])] = []

  enum PathPart {
    case key(String)
    case index(Int)
  }

  init(names: [[String]]) { self.names = names }

  /// The mutations of a document.
  static func mutations(of document: JSONValue, _ schema: Schema, names: [[String]]) -> [SpecMutation] {
    var mutator = SpecMutator(names: names)
    mutator.visit(document, schema, [], field: "", key: "")
    return mutator.leaves.map { leaf in
      let others = leaf.others.filter { $0 != leaf.value }
      return SpecMutation(
        path: leaf.path.map { part in
          switch part {
          case .key(let key): key
          case .index(let index): "\(index)"
          }
        }.joined(separator: "."), field: leaf.field, key: leaf.key,
        texts: others.map { document.replacing(leaf.path[...], with: $0).text() })
    }
  }

  /// The keys of every object that a schema knows, as `object.key`.
  static func fields(of schema: Schema) -> Set<String> {
    var found: Set<String> = []
    var seen: Set<String> = []
    func visit(_ schema: Schema) {
      switch schema {
      case .list(let element, _): visit(element)
      case .map(let value), .texts(let value): visit(value)
      case .either(let schemas): for schema in schemas { visit(schema) }
      case .object(let object):
        guard seen.insert(object.name).inserted else { return }
        for field in object.fields {
          found.insert("\(name(of: object)).\(field.key)")
          visit(field.schema)
        }
      default: break
      }
    }
    visit(schema)
    return found
  }

  /// Figures of every kind have the same settings.
  private static func name(of object: ObjectSchema) -> String {
    object.name.hasPrefix("figure-") && object.name != "figure-cell" ? "figure" : object.name
  }

  private mutating func visit(_ value: JSONValue, _ schema: Schema, _ path: [PathPart], field: String, key: String) {
    switch (value, schema) {
    case (_, .either(let schemas)):
      if value.members != nil {
        guard
          let fitting = schemas.first(where: { schema in
            if case .object(let object) = schema { Self.fits(value, object) } else { false }
          })
        else { return }
        visit(value, fitting, path, field: field, key: key)
      } else if value.elements != nil {
        for case .list(let element, let minimum) in schemas {
          visit(value, .list(element, minimum: minimum), path, field: field, key: key)
        }
      } else {
        leaves.append((path, value, field, key, schemas.flatMap { others(than: value, $0) }))
      }
    case (.object(let members), .object(let object)):
      for member in members {
        guard let known = object.fields.first(where: { $0.key == member.key }) else { continue }
        visit(
          member.value, known.schema, path + [.key(member.key)], field: "\(Self.name(of: object)).\(member.key)",
          key: member.key)
      }
    case (.object(let members), .map(let schema)), (.object(let members), .texts(let schema)):
      for member in members {
        visit(member.value, schema, path + [.key(member.key)], field: field, key: key)
      }
    case (.array(let elements), .list(let schema, _)):
      for (index, element) in elements.enumerated() {
        visit(element, schema, path + [.index(index)], field: field, key: key)
      }
    default: leaves.append((path, value, field, key, others(than: value, schema)))
    }
  }

  private static func fits(_ value: JSONValue, _ object: ObjectSchema) -> Bool {
    let keys = Set(value.members?.map(\.key) ?? [])
    let known = Set(object.fields.map(\.key))
    return keys.isSubset(of: known) && object.fields.allSatisfy { !$0.isRequired || keys.contains($0.key) }
  }

  private func others(than value: JSONValue, _ schema: Schema) -> [JSONValue] {
    switch schema {
    case .boolean: return value == .bool(true) ? [false] : [true]
    case .word(let words): return words.filter { .string($0) != value }.map { .string($0) }
    case .integer(let range):
      guard let whole = value.int else { return [] }
      return [whole + 1, whole - 1, whole + 2, whole * 2].filter { range.contains($0) }.map { .integer($0) }
    case .number:
      guard let number = value.double else { return [] }
      return [number * 0.9, number * 1.1, number + 1, number - 1].map { .number($0) }
    case .identifier, .path: return alike(value) + appended(value)
    case .text, .scalar: return appended(value) + alike(value)
    default: return []
    }
  }

  /// The names of the value's groups.
  private func alike(_ value: JSONValue) -> [JSONValue] {
    names.filter { $0.contains(value.string ?? "") }.joined().map { .string($0) }.filter { $0 != value }
  }

  private func appended(_ value: JSONValue) -> [JSONValue] {
    guard let text = value.string else { return value.int.map { [.integer($0 + 1)] } ?? [] }
    return ["\(text)x", "\(text) x", "\(text) + 1", "not (\(text))", "\(text)5", String(text.reversed())]
      .map { .string($0) }
  }
}

extension JSONValue {
  /// The value with another one at a place.
  func replacing(_ path: ArraySlice<SpecMutator.PathPart>, with other: JSONValue) -> JSONValue {
    guard let first = path.first else { return other }
    switch (self, first) {
    case (.object(let members), .key(let key)):
      return .object(
        members.map {
          $0.key == key
            ? JSONMember(key: key, value: $0.value.replacing(path.dropFirst(), with: other)) : $0
        })
    case (.array(let elements), .index(let index)):
      return .array(
        elements.enumerated().map { $0 == index ? $1.replacing(path.dropFirst(), with: other) : $1 })
    default: return self
    }
  }
}
