/// Reads a value from JSON.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
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
    case let whole as any BinaryInteger.Type: found = integer.flatMap { Self.exactly($0, whole) }
    // What was not finite has no text in JSON.
    case is Double.Type: found = value == .null ? Double.nan : value.double
    case is Float.Type: found = value == .null ? Float.nan : value.double.map { Float($0) }
    default: return try Value(from: self)
    }
    guard let read = found as? Value else { throw mismatch("\(type)") }
    return read
  }

  private var integer: Int? { value.int ?? value.double.flatMap { Int(exactly: $0) } }

  private static func exactly<Whole: BinaryInteger>(_ number: Int, _: Whole.Type) -> Any? { Whole(exactly: number) }

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
