import Diagnostics

/// A value with the place in the spec it was read from.
package struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  package var value: Value
  /// Place in the spec where the value begins; the place of `unread` for a value that no spec holds.
  package var location: SourceLocation

  /// Creates a located value.
  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located<String> {
  /// Stands in a spec's type until a key that has to be there is read.
  package static var unread: Located<String> { Located("", at: SourceLocation(file: "", line: 1)) }
}

/// A name that stands in no spec, for what is made in code.
extension Located: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation
where Value == String {
  package init(stringLiteral value: String) { self.init(value, at: Self.unread.location) }
}

/// A mapping with known keys, declared once: its properties hold the values and, as they are initialised, the defaults;
/// `fields` gives each its key, its shape and its meaning.
///
/// Reading, the JSON Schema, the key tables of the documentation, the keys of steps, `--seed` and the look-up of columns all
/// come from `fields`:
///
/// ```swift
/// struct Ties: Keyed {
///   var draws = 100
///   var seed = Seed()
///
///   static let definition = "ties"
///   static let summary = "How ties at a cut are broken."
///   static let fields: [Field<Ties>] = [
///     .optional("draws", \.draws, "Ways tried.", .integer(1...10_000)),
///     .optional("seed", \.seed, "Seed."),
///   ]
/// }
/// ```
package protocol Keyed: FieldValue {
  /// The name in the JSON Schema's definitions.
  static var definition: String { get }
  /// One sentence on the mapping, its description in the JSON Schema.
  static var summary: String { get }
  /// The keys, in the order of the documentation.
  static var fields: [Field<Self>] { get }
  /// Optional keys of which exactly one must be there; none when empty.
  static var exactlyOne: [String] { get }

  /// The mapping with no key written: every property has its default.
  init()
}

extension Keyed {
  /// The mapping with some keys set, as `Ties { $0.draws = 20 }`.
  package init(_ set: (inout Self) -> Void) {
    self.init()
    set(&self)
  }

  package static var exactlyOne: [String] { [] }

  /// The keys with the name and the meaning of the mapping.
  package static var keys: KeySet<Self> {
    KeySet(definition, summary, fields, exactlyOne: exactlyOne)
  }

  package static var schema: Schema { .object(keys.object) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> Self? { keys.read(node, reading) }

  /// Every value by its key, texts for people left out.
  package var canonical: JSONValue { canonical(except: []) }

  /// Every value by its key, except for keys that decide nothing here. A key that is not listed is included, so that no new
  /// key can be left out of the key of a step by oversight.
  package func canonical(except keys: Set<String>) -> JSONValue {
    .object(
      Self.fields.filter { !$0.isForPeople && !keys.contains($0.key) }.map {
        JSONMember(key: $0.key, value: $0.canonical(self))
      })
  }

  package var names: [NameReference] { Self.fields.flatMap { $0.names(self) } }

  package mutating func reseed(_ seed: Int) { for field in Self.fields { field.reseed(&self, seed) } }
}

/// The keys of a mapping. A type whose mapping differs from place to place has a set for each.
package struct KeySet<Root: Keyed>: Sendable {
  /// The shape.
  package let object: ObjectSchema
  private let fields: [Field<Root>]

  /// Names a set of keys.
  package init(_ definition: String, _ summary: String, _ fields: [Field<Root>], exactlyOne: [String] = []) {
    object = ObjectSchema(definition, summary, fields: fields.map(\.schema), exactlyOne: exactlyOne)
    self.fields = fields
  }

  /// Reads a mapping: keys that are not there and values that do not fit leave the defaults, also where a key has to be there
  /// (the validator reports it), so that what names the mapping is not reported too.
  ///
  /// - Returns: nil for other nodes.
  package func read(_ node: DocumentNode, _ reading: Reading) -> Root? {
    guard node.entries != nil else { return nil }
    var value = Root()
    for field in fields { if let node = node[field.key] { field.read(&value, node, reading) } }
    return value
  }
}

/// A value that stands in a mapping under a name of its own, such as a section under `correlations`.
package protocol Named: FieldValue {
  /// The name; results are addressed by it.
  var name: Located<String> { get set }
}

/// A key of a mapping, with the property that holds its value, its shape and its meaning.
package struct Field<Root: Sendable>: Sendable {
  /// The key with its shape, its meaning and its default.
  package let schema: FieldSchema
  /// True when the value is for people alone: no number depends on it, and `canonical` leaves it out.
  package let isForPeople: Bool
  /// Reads a node into the property, unless it is of another shape.
  let read: @Sendable (inout Root, DocumentNode, Reading) -> Void
  let canonical: @Sendable (Root) -> JSONValue
  let names: @Sendable (Root) -> [NameReference]
  let reseed: @Sendable (inout Root, Int) -> Void

  /// The key.
  package var key: String { schema.key }
}

extension Field where Root: Keyed {
  /// The path to a property.
  package typealias Path<Value> = WritableKeyPath<Root, Value> & Sendable

  fileprivate init<Value: FieldValue>(
    _ key: String, _ path: Path<Value>, _ summary: String, _ schema: Schema, isRequired: Bool,
    isForPeople: Bool = false,
    fallback: JSONValue? = .none, names: @escaping @Sendable (Value) -> [NameReference] = { $0.names }
  ) {
    self.schema = FieldSchema(
      key: key, schema: schema, isRequired: isRequired, summary: summary,
      fallback: isRequired ? .none : fallback ?? Self.shown(Root()[keyPath: path].canonical))
    self.isForPeople = isForPeople
    read = { root, node, reading in
      if let value = Value.read(node, as: schema, reading) { root[keyPath: path] = value }
    }
    canonical = { $0[keyPath: path].canonical }
    self.names = { names($0[keyPath: path]) }
    reseed = { $0[keyPath: path].reseed($1) }
  }

  /// A default as the schema shows it: nothing where it is empty, or a mapping with defaults of its own.
  private static func shown(_ value: JSONValue) -> JSONValue? {
    switch value {
    case .null, .object, .array([]), .string(""): .none
    default: value
    }
  }

  /// A key that may be left out; the property's initial value is its default.
  ///
  /// - Parameters:
  ///   - schema: The shape, where it is narrower than that of the type.
  ///   - fallback: The default that the documentation shows for a property that is nil, when there is one.
  package static func optional<Value: FieldValue>(
    _ key: String, _ path: Path<Value>, _ summary: String, _ schema: Schema? = nil, fallback: JSONValue? = .none
  ) -> Field {
    Field(key, path, summary, schema ?? Value.schema, isRequired: false, fallback: fallback)
  }

  /// A key that must be there.
  package static func required<Value: FieldValue>(
    _ key: String, _ path: Path<Value>, _ summary: String, _ schema: Schema? = nil
  ) -> Field {
    Field(key, path, summary, schema ?? Value.schema, isRequired: true)
  }

  /// A text for people, of which no number depends.
  package static func text(_ key: String, _ path: Path<String?>, _ summary: String) -> Field {
    Field(key, path, summary, .text, isRequired: false, isForPeople: true)
  }

  /// The name for people.
  package static func title(_ path: Path<String?>) -> Field { text("title", path, "Name for people.") }

  /// A dataset or a measurement of the analysis, which has to be there.
  package static func table(
    _ key: String, _ path: Path<Located<String>>,
    _ summary: String = "Name of a dataset or a measurement of the analysis.",
    role: TableRole = .own
  ) -> Field {
    Field(key, path, summary, .identifier, isRequired: true) { [NameReference(name: $0, target: .table(role))] }
  }

  /// A column that has to be there.
  package static func column(
    _ key: String, _ path: Path<Located<String>>, _ summary: String, isNumeric: Bool = false
  ) -> Field {
    Field(key, path, summary, .identifier, isRequired: true) { Self.columns([$0], isNumeric, [.own]) }
  }

  /// A column that may be left out.
  package static func column(
    _ key: String, _ path: Path<Located<String>?>, _ summary: String, isNumeric: Bool = false
  ) -> Field {
    Field(key, path, summary, .identifier, isRequired: false) { Self.columns($0.map { [$0] } ?? [], isNumeric, [.own]) }
  }

  /// A list of columns, or where `orOne` says so a single one.
  ///
  /// - Parameter roles: The tables in which they have to be.
  package static func columns(
    _ key: String, _ path: Path<[Located<String>]>, _ summary: String, isRequired: Bool = false,
    isNumeric: Bool = false,
    orOne: Bool = false, in roles: [TableRole] = [.own]
  ) -> Field {
    let list = Schema.list(.identifier, minimum: 1)
    return Field(key, path, summary, orOne ? .either([.identifier, list]) : list, isRequired: isRequired) {
      Self.columns($0, isNumeric, roles)
    }
  }

  private static func columns(
    _ names: [Located<String>], _ isNumeric: Bool, _ roles: [TableRole]
  ) -> [NameReference] {
    names.flatMap { name in
      roles.map { NameReference(name: name, target: .column($0, isNumeric: isNumeric)) }
    }
  }

  /// Names of something that the section itself looks up.
  package static func identifiers(
    _ key: String, _ path: Path<[Located<String>]>, _ summary: String, isRequired: Bool = false
  ) -> Field {
    Field(key, path, summary, .list(.identifier, minimum: 1), isRequired: isRequired)
  }

  /// One of several keys that say the same in different ways.
  ///
  /// - Parameter set: Takes the value that was read.
  package static func choice<Value: FieldValue>(
    _ key: String, _ type: Value.Type, _ summary: String, _ schema: Schema? = nil, isRequired: Bool = false,
    set: @escaping @Sendable (inout Root, Value) -> Void
  ) -> Field {
    Field(key, type, summary, schema ?? Value.schema, isRequired, set)
  }

  private init<Value: FieldValue>(
    _ key: String, _: Value.Type, _ summary: String, _ schema: Schema, _ isRequired: Bool,
    _ set: @escaping @Sendable (inout Root, Value) -> Void
  ) {
    self.schema = FieldSchema(key: key, schema: schema, isRequired: isRequired, summary: summary, fallback: nil)
    isForPeople = true
    read = { root, node, reading in
      if let value = Value.read(node, as: schema, reading) { set(&root, value) }
    }
    canonical = { _ in .null }
    names = { _ in [] }
    reseed = { _, _ in }
  }
}
