import Outcomes

extension JSONValue {
  /// A value as JSON: properties in the order of their declaration under kebab-case names (`pValue` is `p-value`), those that
  /// are nil left out, numbers that are not finite as `null`.
  ///
  /// With `decoded` it lets a result be read and written by one declaration:
  ///
  /// ```swift
  /// struct Spread: Codable { var mean: Double; var sampleCount: Int; var remark: String? }
  /// try JSONValue(encoding: Spread(mean: 0.5, sampleCount: 3)).text()  // {"mean":0.5,"sample-count":3}
  /// ```
  ///
  /// - Throws: `Reason` for two members of one name, for a value among the members of an object that has none itself, and for
  ///   what a type's own declaration throws: half a document is never made.
  package init(encoding value: some Encodable) throws(Reason) {
    let encoder = ValueEncoder()
    do { try encoder.write(value) } catch let error as Reason { throw error } catch {
      throw Reason("a value cannot be written as JSON: \(error)")
    }
    self = encoder.node.json
  }

  /// The value of a type that wrote this JSON.
  ///
  /// - Throws: `Reason` with the path of what is missing or of another type.
  package func decoded<Value: Decodable>(as _: Value.Type = Value.self) throws(Reason) -> Value {
    do {
      return try ValueDecoder(self, path: []).read(Value.self)
    } catch let error as DecodingError {
      throw Reason(Self.words(error))
    } catch {
      throw Reason("\(error)")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = (context.codingPath + (last.map { [$0] } ?? [])).map { name(of: $0) }
      return keys.isEmpty ? "a stored value" : "the stored value \(keys.joined(separator: "."))"
    }
    return switch error {
    case .keyNotFound(let key, let context): "\(place(context, key)) is missing"
    case .valueNotFound(_, let context): "\(place(context)) is missing"
    case .typeMismatch(_, let context), .dataCorrupted(let context):
      "\(place(context)) does not fit: \(context.debugDescription)"
    @unknown default: "a stored value does not fit"
    }
  }

  /// The name of a key in JSON.
  fileprivate static func name(of key: some CodingKey) -> String {
    guard !(key is EntryKey) else { return key.stringValue }
    var name = ""
    for character in key.stringValue {
      if character.isUppercase, !name.isEmpty { name += "-" }
      name += character.lowercased()
    }
    return name
  }
}

/// A key that is a name among data, and stands as it is.
private struct EntryKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue _: Int) { nil }
}

/// Values by name, in order: an object of JSON whose keys are data.
package struct NamedValues<Value: Codable & Sendable>: Codable, Sendable {
  /// The names with their values, in order.
  package private(set) var entries: [(name: String, value: Value)] = []

  /// Creates an object; of names that stand twice the first counts.
  package init(_ entries: [(name: String, value: Value)] = []) {
    for entry in entries where self[entry.name] == nil { self.entries.append(entry) }
  }

  package init(from decoder: any Decoder) throws { try self.init(from: decoder) { _ in true } }

  /// Reads some members of an object: those whose names are data, where others stand beside them.
  package init(from decoder: any Decoder, where isNamed: (String) -> Bool) throws {
    let container = try decoder.container(keyedBy: EntryKey.self)
    entries = try container.allKeys.filter { isNamed($0.stringValue) }.map {
      ($0.stringValue, try container.decode(Value.self, forKey: $0))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: EntryKey.self)
    for entry in entries { try container.encode(entry.value, forKey: EntryKey(stringValue: entry.name)) }
  }

  /// The names, in order.
  package var names: [String] { entries.map(\.name) }

  /// The value of a name. O(number of names).
  package subscript(name: String) -> Value? { entries.first { $0.name == name }?.value }
}

extension NamedValues: Equatable where Value: Equatable {
  package static func == (left: NamedValues, right: NamedValues) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.name == $1.name && $0.value == $1.value }
  }
}

/// A value that is written as `null` where there is none, instead of being left out.
@propertyWrapper
package struct Nullable<Value: Codable & Sendable>: Codable, Sendable {
  /// The value; nil for none.
  package var wrappedValue: Value?

  /// Wraps a value.
  package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws { wrappedValue = try Value?(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

extension Nullable: Equatable where Value: Equatable {}
extension Nullable: Hashable where Value: Hashable {}

/// A number or a reason: the number as it is, or `{"undefined": reason}`.
extension Result: @retroactive Codable where Success: Codable, Failure == Reason {
  private enum Keys: String, CodingKey { case undefined }

  /// Reads `{"undefined": reason}`, or a value.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Keys.self), container.contains(.undefined) {
      self = .failure(Reason(try container.decode(String.self, forKey: .undefined)))
    } else {
      self = .success(try Success(from: decoder))
    }
  }

  /// Writes the value, or `{"undefined": reason}`.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .success(let value): try value.encode(to: encoder)
    case .failure(let reason):
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(reason.text, forKey: .undefined)
    }
  }
}

/// A value whose members stand in the object around it, rather than in one of their own under the property's name.
///
/// ```swift
/// struct Place: Codable { var x: Double; var y: Double }
/// struct City: Codable { var name: String; @Inlined var place: Place }
/// // {"name":"Ulm","x":1,"y":2}
/// ```
@propertyWrapper
package struct Inlined<Value: Codable & Sendable>: Codable, Sendable {
  /// The value.
  package var wrappedValue: Value

  /// Wraps a value.
  package init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws { wrappedValue = try Value(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try wrappedValue.encode(to: encoder) }
}

extension Inlined: Equatable where Value: Equatable {}
extension Inlined: Hashable where Value: Hashable {}

extension KeyedEncodingContainer {
  /// Writes the members of a value into this object, whatever the key.
  package mutating func encode<Value>(_ value: Inlined<Value>, forKey _: Key) throws {
    try value.encode(to: superEncoder())
  }
}

extension KeyedDecodingContainer {
  /// Reads a value from the members of this object, whatever the key.
  package func decode<Value>(_: Inlined<Value>.Type, forKey _: Key) throws -> Inlined<Value> {
    try Inlined(from: superDecoder())
  }
}

// MARK: Writing

/// A place in the JSON that is being written.
private final class Node {
  enum Kind { case value, array, object }

  var kind = Kind.value
  private var value = JSONValue.null
  private(set) var elements: [Node] = []
  private var keys: [String] = []
  private var known: Set<String> = []

  var json: JSONValue {
    switch kind {
    case .value: value
    case .array: .array(elements.map(\.json))
    case .object: .object(zip(keys, elements).map { JSONMember(key: $0, value: $1.json) })
    }
  }

  /// Adds a member to an object.
  ///
  /// - Throws: `Reason` when it has one of that name.
  func newMember(_ key: String) throws -> Node {
    guard known.insert(key).inserted else { throw Reason("an object would have two members \(key)") }
    return member(key)
  }

  func member(_ key: String) -> Node {
    keys.append(key)
    return element()
  }

  /// Takes a value that is no part of an object or array.
  func set(_ value: JSONValue) throws {
    guard kind == .value else { throw Reason("\(value.text()) has no members to stand among those of an object") }
    self.value = value
  }

  func element() -> Node {
    elements.append(Node())
    return elements[elements.count - 1]
  }
}

private final class ValueEncoder: Encoder, SingleValueEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(_ node: Node = Node()) { self.node = node }

  func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
    node.kind = .object
    return KeyedEncodingContainer(ObjectWriter<Key>(node: node))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.kind = .array
    return ArrayWriter(node: node)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { try node.set(.null) }
  func encode<Value: Encodable>(_ value: Value) throws { try write(value) }

  func write(_ value: some Encodable) throws {
    switch value {
    case let json as JSONValue: try node.set(json)
    case let text as String: try node.set(.string(text))
    case let flag as Bool: try node.set(.bool(flag))
    case let whole as Int: try node.set(.integer(whole))
    case let number as Double: try node.set(.finite(number))
    default: try value.encode(to: self)
    }
  }
}

private struct ObjectWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  let codingPath: [any CodingKey] = []

  func encodeNil(forKey key: Key) throws { try node.newMember(JSONValue.name(of: key)).set(.null) }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try ValueEncoder(node.newMember(JSONValue.name(of: key))).write(value)
  }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested>
  {
    ValueEncoder(node.member(JSONValue.name(of: key))).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    ValueEncoder(node.member(JSONValue.name(of: key))).unkeyedContainer()
  }
  /// Of what is written into the same object; see `Inlined`.
  func superEncoder() -> any Encoder { ValueEncoder(node) }
  func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(node.member(JSONValue.name(of: key))) }
}

private struct ArrayWriter: UnkeyedEncodingContainer {
  let node: Node
  let codingPath: [any CodingKey] = []
  var count: Int { node.elements.count }

  func encodeNil() throws { try node.element().set(.null) }
  func encode<Value: Encodable>(_ value: Value) throws { try ValueEncoder(node.element()).write(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    ValueEncoder(node.element()).container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { ValueEncoder(node.element()).unkeyedContainer() }
  func superEncoder() -> any Encoder { ValueEncoder(node.element()) }
}

// MARK: Reading

private struct ValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSONValue
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(_ value: JSONValue, path: [any CodingKey]) {
    self.value = value
    codingPath = path
  }

  func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return KeyedDecodingContainer(ObjectReader<Key>(members, path: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    return ArrayReader(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value == .null }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try read(type) }

  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let found: Any?
    switch type {
    case is JSONValue.Type: found = value
    case is String.Type: found = value.string
    case is Bool.Type: found = if case .bool(let flag) = value { flag } else { nil }
    case is Int.Type: found = value.int ?? value.double.flatMap { Int(exactly: $0) }
    // What was not finite has no text in JSON.
    case is Double.Type: found = value == .null ? Double.nan : value.double
    default: return try Value(from: self)
    }
    guard let read = found as? Value else { throw mismatch("\(type)") }
    return read
  }

  private func mismatch(_ expected: String) -> DecodingError {
    .typeMismatch(JSONValue.self, .init(codingPath: codingPath, debugDescription: "it should be \(expected)"))
  }
}

private struct ObjectReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let codingPath: [any CodingKey]
  private let members: [JSONMember]
  private let places: [String: Int]

  init(_ members: [JSONMember], path: [any CodingKey]) {
    self.members = members
    codingPath = path
    places = Dictionary(members.enumerated().map { ($0.element.key, $0.offset) }) { first, _ in first }
  }

  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }
  func contains(_ key: Key) -> Bool { places[JSONValue.name(of: key)] != nil }

  private func decoder(_ key: Key) throws -> ValueDecoder {
    guard let place = places[JSONValue.name(of: key)] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "it is not there"))
    }
    return ValueDecoder(members[place].value, path: codingPath + [key])
  }

  func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).decodeNil() }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder(key).read(type) }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try decoder(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { ValueDecoder(.object(members), path: codingPath) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

private struct ArrayReader: UnkeyedDecodingContainer {
  let elements: [JSONValue]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(elements: [JSONValue], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private mutating func next() throws -> ValueDecoder {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        JSONValue.self, .init(codingPath: codingPath, debugDescription: "there are \(elements.count) elements"))
    }
    defer { currentIndex += 1 }
    return ValueDecoder(elements[currentIndex], path: codingPath + [EntryKey(stringValue: String(currentIndex))])
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, elements[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().read(type) }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next().container(keyedBy: type) }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

/// JSON stands for itself: no coder but those here reads or writes it.
extension JSONValue: Codable {
  package init(from decoder: any Decoder) throws {
    throw DecodingError.dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "JSON is read by JSONValue.decoded"))
  }

  package func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      self, .init(codingPath: encoder.codingPath, debugDescription: "JSON is written by JSONValue(encoding:)"))
  }
}
