import Outcomes

/// A place in the JSON that is being written.
final class JSONNode {
  enum Kind { case value, array, object }

  var kind = Kind.value
  private var value = JSONValue.null
  private(set) var elements: [JSONNode] = []
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
  func newMember(_ key: String) throws -> JSONNode {
    guard known.insert(key).inserted else { throw Reason("an object would have two members \(key)") }
    return member(key)
  }

  func member(_ key: String) -> JSONNode {
    keys.append(key)
    return element()
  }

  /// Gives the node a value of its own.
  ///
  /// - Throws: `Reason` when it is an object or an array already.
  func set(_ value: JSONValue) throws {
    guard kind == .value else { throw Reason("\(value.text()) has no members to stand among those of an object") }
    self.value = value
  }

  func element() -> JSONNode {
    elements.append(JSONNode())
    return elements[elements.count - 1]
  }
}

/// Writes a value into a node.
final class ValueEncoder: Encoder, SingleValueEncodingContainer {
  let node: JSONNode
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  init(_ node: JSONNode = JSONNode()) { self.node = node }

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
    case let whole as any BinaryInteger:
      guard let number = Int(exactly: whole) else { throw Reason("the whole number \(whole) is out of range") }
      try node.set(.integer(number))
    case let number as Double: try node.set(.finite(number))
    case let number as Float: try node.set(.finite(Double(number)))
    default: try value.encode(to: self)
    }
  }
}

private struct ObjectWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: JSONNode
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
  /// The encoder of a value whose members go into this same object; see `Inlined`.
  func superEncoder() -> any Encoder { ValueEncoder(node) }
  func superEncoder(forKey key: Key) -> any Encoder { ValueEncoder(node.member(JSONValue.name(of: key))) }
}

private struct ArrayWriter: UnkeyedEncodingContainer {
  let node: JSONNode
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
