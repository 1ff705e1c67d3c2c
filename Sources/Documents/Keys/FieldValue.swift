import Diagnostics

/// A value that can stand in a spec: its shape, how it is read, and how a step's key writes it down.
///
/// Texts, numbers, truth values, words (`FieldWord`), lists, optional values, mappings with known keys (`Keyed`) and mappings
/// by name (`Entries`) are such values; a type that has several shapes, such as `all` or a list of names, conforms by itself.
package protocol FieldValue: Sendable, Hashable {
  /// The shape of such a value, where a field does not state a narrower one.
  static var schema: Schema { get }

  /// Reads a node. The validator reports what does not fit; here it is left out.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - schema: The shape that the field states.
  ///   - reading: The source of the file, and the values that were read from it before.
  /// - Returns: The value; nil for a node of another shape.
  static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> Self?

  /// The value as a key writes it: places in files and texts for people left out.
  var canonical: JSONValue { get }

  /// The names in the value that have to be those of tables or of columns.
  var names: [NameReference] { get }

  /// Gives every `Seed` in the value another number.
  mutating func reseed(_ seed: Int)
}

extension FieldValue {
  package var names: [NameReference] { [] }
  package mutating func reseed(_: Int) {}
}

/// The state of the reader of one file: its source, and values that are read once however often an alias stands for them.
package final class Reading {
  /// The text of the file.
  package let source: SourceText
  private var known: [SourceLocation: any Sendable] = [:]

  /// Begins to read a file.
  package init(_ source: SourceText) { self.source = source }

  /// The value that was made at a place before, or the one that is made now.
  package func once<Value: Sendable>(at location: SourceLocation, _ make: () -> Value) -> Value {
    if let value = known[location] as? Value { return value }
    let value = make()
    known[location] = value
    return value
  }
}

/// A name in a spec that has to be that of a table or of a column.
package struct NameReference: Sendable, Hashable {
  /// The kind of thing that a name can stand for.
  package enum Target: Sendable, Hashable {
    /// A dataset, or a measurement.
    case table(TableRole)
    /// A column of the table in a role: of numbers when `isNumeric`, else of any type.
    case column(TableRole, isNumeric: Bool)
  }

  /// The name.
  package var name: Located<String>
  /// The kind of thing that the name stands for, with the role of its table.
  package var target: Target

  /// Names a reference.
  package init(name: Located<String>, target: Target) {
    self.name = name
    self.target = target
  }
}

/// The role of a table among those that a section reads.
package enum TableRole: Sendable, Hashable {
  /// The table examined; of a section with a target, the target's.
  case own
  /// The table that it is held against.
  case other
}

extension String: FieldValue {
  package static var schema: Schema { .text }
  package static func read(_ node: DocumentNode, as schema: Schema, _: Reading) -> String? {
    schema.admits(node) ? node.text : nil
  }
  package var canonical: JSONValue { .string(self) }
}

extension Int: FieldValue {
  package static var schema: Schema { .integer(.min ... .max) }
  package static func read(_ node: DocumentNode, as schema: Schema, _: Reading) -> Int? {
    schema.admits(node) ? node.integer : nil
  }
  package var canonical: JSONValue { .integer(self) }
}

extension Double: FieldValue {
  package static var schema: Schema { .anyNumber }
  package static func read(_ node: DocumentNode, as schema: Schema, _: Reading) -> Double? {
    schema.admits(node) ? node.double : nil
  }
  package var canonical: JSONValue { .number(self) }
}

extension Bool: FieldValue {
  package static var schema: Schema { .boolean }
  package static func read(_ node: DocumentNode, as _: Schema, _: Reading) -> Bool? { node.boolean }
  package var canonical: JSONValue { .bool(self) }
}

/// A value that is one of some words, the raw values of an enumeration.
package protocol FieldWord: FieldValue, CaseIterable, RawRepresentable<String> {}

extension FieldWord {
  package static var schema: Schema { .word(allCases.map(\.rawValue)) }
  package static func read(_ node: DocumentNode, as schema: Schema, _: Reading) -> Self? {
    schema.admits(node) ? node.text.flatMap { Self(rawValue: $0) } : nil
  }
  package var canonical: JSONValue { .string(rawValue) }
}

extension Optional: FieldValue where Wrapped: FieldValue {
  package static var schema: Schema { Wrapped.schema }

  /// Reads a value; where the shape has the word `none`, that is no value.
  package static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> Wrapped?? {
    if node.text == "none", schema.offers("none") { return .some(.none) }
    return Wrapped.read(node, as: schema, reading).map { .some($0) }
  }
  package var canonical: JSONValue { map(\.canonical) ?? .null }
  package var names: [NameReference] { map(\.names) ?? [] }
  package mutating func reseed(_ seed: Int) { self?.reseed(seed) }
}

extension Array: FieldValue where Element: FieldValue {
  package static var schema: Schema { .list(Element.schema, minimum: 1) }

  /// Reads a list, elements of another shape left out; where the shape allows one element by itself, that one.
  package static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> [Element]? {
    let shapes: [Schema] = if case .either(let shapes) = schema { shapes } else { [schema] }
    for case .list(let element, _) in shapes {
      if let nodes = node.elements {
        let elements = nodes.compactMap { Element.read($0, as: element, reading) }
        return elements.isEmpty ? nil : elements
      }
    }
    return shapes.lazy.compactMap { Element.read(node, as: $0, reading) }.first.map { [$0] }
  }

  package var canonical: JSONValue { .array(map(\.canonical)) }
  package var names: [NameReference] { flatMap(\.names) }
  package mutating func reseed(_ seed: Int) { for index in indices { self[index].reseed(seed) } }
}

extension Located: FieldValue where Value: FieldValue {
  package static var schema: Schema { Value.schema }
  package static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> Located? {
    Value.read(node, as: schema, reading).map { Located($0, at: node.location) }
  }
  package var canonical: JSONValue { value.canonical }
  package var names: [NameReference] { value.names }
  package mutating func reseed(_ seed: Int) { value.reseed(seed) }
}

/// A mapping of values under the names that the spec gives them, in order.
package struct Entries<Value: Named>: FieldValue, RandomAccessCollection {
  private var list: [Value]

  /// Creates a mapping.
  package init(_ list: [Value] = []) { self.list = list }

  package var startIndex: Int { list.startIndex }
  package var endIndex: Int { list.endIndex }
  package subscript(position: Int) -> Value { list[position] }

  package static var schema: Schema { .map(Value.schema) }

  package static func read(_ node: DocumentNode, as schema: Schema, _ reading: Reading) -> Entries? {
    guard let entries = node.entries, case .map(let shape) = schema else { return nil }
    return Entries(
      entries.compactMap { entry in
        var value = Value.read(entry.value, as: shape, reading)
        value?.name = Located(entry.key, at: entry.keyLocation)
        return value
      })
  }

  package var canonical: JSONValue { .object(list.map { JSONMember(key: $0.name.value, value: $0.canonical) }) }
  package var names: [NameReference] { list.flatMap(\.names) }
  package mutating func reseed(_ seed: Int) { for index in list.indices { list[index].reseed(seed) } }
}

/// The seed of something that statistics draw at random: resamples, permutations, splits, ways to break ties.
///
/// `--seed` takes the place of every one in a spec, written or left out, because `reseed` reaches each value of this type.
/// A seed that decides which networks are measured (`seeds` of initial weights, the seeds of sampled and of drawn
/// architectures) is a plain whole number and stays as it is.
package struct Seed: FieldValue, CustomStringConvertible {
  /// The number, at least 0.
  package private(set) var value = 1

  /// The seed that stands where none is written.
  package init() {}

  /// The number's digits.
  package var description: String { String(value) }

  /// The number as a generator takes it.
  package var bits: UInt64 { UInt64(value) }

  package static var schema: Schema { .integer(0 ... .max) }

  package static func read(_ node: DocumentNode, as schema: Schema, _: Reading) -> Seed? {
    guard schema.admits(node), let number = node.integer, number >= 0 else { return nil }
    var seed = Seed()
    seed.value = number
    return seed
  }

  package var canonical: JSONValue { .integer(value) }

  /// Takes another number, at least 0.
  package mutating func reseed(_ seed: Int) { value = max(0, seed) }
}
