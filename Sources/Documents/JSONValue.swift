/// A JSON value whose text is canonical: keys in the order given, shortest round-trip numbers, no NaN or infinity.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A finite number.
  case number(Double)
  /// Text.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object; keys in order, unique.
  case object([JSONMember])

  /// A number, or `null` when it is not finite.
  public static func finite(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }

  /// An object from pairs, in order.
  public static func record(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { JSONMember(key: $0.key, value: $0.value) })
  }

  /// The value of a key of an object; nil for other values and other keys.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The number, for whole and real numbers.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The whole number.
  public var int: Int? { if case .integer(let value) = self { value } else { nil } }

  /// The text.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements of an array.
  public var elements: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

  /// The members of an object.
  public var members: [JSONMember]? { if case .object(let members) = self { members } else { nil } }
}

/// A key with its value in a JSON object.
public struct JSONMember: Sendable, Hashable {
  /// The key.
  public var key: String
  /// The value.
  public var value: JSONValue

  /// Creates a member.
  public init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
  /// Text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A real number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
}
