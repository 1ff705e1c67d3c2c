import Documents

/// Values for sizes of the top of a ranking, under keys such as `top-50` and `top-10-percent`; other values may stand beside
/// them in the same object (`Inlined`).
struct TopValues<Value: Codable & Sendable>: Codable, Sendable {
  private let values: NamedValues<Value>

  /// Names the values.
  ///
  /// - Parameters:
  ///   - sizes: Counts, or shares below 1.
  ///   - value: The value of a size, by its place.
  init(_ sizes: [Double], _ value: (Int) -> Value) {
    values = NamedValues(sizes.enumerated().map { (TopStep.key($1), value($0)) })
  }

  init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("top-") } }
  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

  /// The value of a size.
  subscript(size: Double) -> Value? { values[TopStep.key(size)] }
}

extension TopValues: Equatable where Value: Equatable {}

/// Values for numbers of draws, under keys such as `best-of-10`; other values may stand beside them in the same object.
struct BestOfValues<Value: Codable & Sendable>: Codable, Sendable {
  private let values: NamedValues<Value>

  /// Names the values.
  init(_ values: [(draws: Int, value: Value)]) {
    self.values = NamedValues(values.map { ("best-of-\($0.draws)", $0.value) })
  }

  init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("best-of-") } }
  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

  /// The value of a number of draws.
  subscript(draws: Int) -> Value? { values["best-of-\(draws)"] }
}

extension BestOfValues: Equatable where Value: Equatable {}
