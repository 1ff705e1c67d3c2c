import Outcomes

/// Reads the parts of a stored table; every length is held against the bytes that are left.
struct ByteReader {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  /// A number that counts things of which each takes at least so many bytes.
  mutating func count(atLeastBytesEach size: Int = 0) throws(Reason) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard position < bytes.count, shift < 63 else { throw Reason("a number is cut off") }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 127) << shift
      shift += 7
      if byte < 128 { break }
    }
    guard let count = Int(exactly: value), size == 0 || count <= (bytes.count - position) / size else {
      throw Reason("a count is larger than the data")
    }
    return count
  }

  mutating func text() throws(Reason) -> String {
    let length = try count(atLeastBytesEach: 1)
    guard let text = String(validating: bytes[position..<position + length], as: UTF8.self) else {
      throw Reason("a text is not UTF-8")
    }
    position += length
    return text
  }

  mutating func optional() throws(Reason) -> String? { try count() == 0 ? nil : try text() }

  mutating func list<Element>(
    _ element: (inout ByteReader) throws(Reason) -> Element
  ) throws(Reason) -> [Element] {
    let length = try count(atLeastBytesEach: 1)
    var list: [Element] = []
    for _ in 0..<length { list.append(try element(&self)) }
    return list
  }

  mutating func column(rows: Int) throws(Reason) -> Column {
    let name = try text()
    guard let type = ColumnType(rawValue: try text()), let role = ColumnRole(rawValue: try text()) else {
      throw Reason("a column has no known type or role")
    }
    let title = try optional()
    let unit = try optional()
    let better = try optional()
    let summary = try optional()
    let schema = ColumnSchema(
      name: name, type: type, title: title, role: role, unit: unit, better: better.flatMap { Direction(rawValue: $0) },
      summary: summary)
    var undefined: [Int: String] = [:]
    for _ in 0..<(try count(atLeastBytesEach: 2)) {
      let row = try count()
      guard row < rows else { throw Reason("a row is out of range") }
      undefined[row] = try text()
    }
    return Column(schema: schema, storage: try storage(type, rows: rows), undefined: undefined)
  }

  private mutating func storage(_ type: ColumnType, rows: Int) throws(Reason) -> Column.Storage {
    switch type {
    case .text:
      var values: [String] = []
      values.reserveCapacity(rows)
      for _ in 0..<rows { values.append(try text()) }
      return .text(values)
    case .integer: return .integer(try words(rows).map { Int(Int64(bitPattern: $0)) })
    case .real: return .real(try words(rows).map { Double(bitPattern: $0) })
    case .boolean:
      guard rows <= bytes.count - position else { throw Reason("a column is cut off") }
      defer { position += rows }
      return .boolean(bytes[position..<position + rows].map { $0 != 0 })
    }
  }

  private mutating func words(_ count: Int) throws(Reason) -> [UInt64] {
    guard count <= (bytes.count - position) / 8 else { throw Reason("a column is cut off") }
    let start = position
    position += count * 8
    return bytes.withUnsafeBytes { raw in
      (0..<count).map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: start + $0 * 8, as: UInt64.self)) }
    }
  }
}
