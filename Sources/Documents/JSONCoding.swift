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
  static func name(of key: some CodingKey) -> String {
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
struct EntryKey: CodingKey {
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
