import Outcomes

extension Table {
  private static let magic = Array("trainfree table 1\n".utf8)

  /// The table as bytes, little-endian; equal tables give equal bytes.
  package func encoded() -> [UInt8] {
    var writer = ByteWriter(Self.magic, capacity: encodedSize)
    writer.count(rowCount)
    var files: [String: Int] = [:]
    var names: [String] = []
    for origin in origins where files[origin.file] == nil {
      files[origin.file] = names.count
      names.append(origin.file)
    }
    writer.count(names.count)
    for name in names { writer.text(name) }
    for origin in origins {
      writer.count(files[origin.file] ?? 0)
      writer.count(origin.line ?? 0)
    }
    writer.count(columns.count)
    for column in columns { writer.column(column) }
    return writer.bytes
  }

  /// About the number of bytes of the encoding, a little more.
  private var encodedSize: Int {
    columns.reduce(rowCount * 5 + 4096) { size, column in
      switch column.storage {
      case .text(let values): values.reduce(size + column.undefined.count * 64) { $0 + $1.utf8.count + 2 }
      case .integer, .real: size + column.count * 8 + column.undefined.count * 64
      case .boolean: size + column.count
      }
    }
  }

  /// Reads the bytes of `encoded()`.
  ///
  /// - Throws: `Reason` for anything else; never traps.
  package init(decoding bytes: [UInt8]) throws(Reason) {
    guard bytes.starts(with: Self.magic) else { throw Reason("it is not a stored table") }
    var reader = ByteReader(bytes, from: Self.magic.count)
    let rows = try reader.count(atLeastBytesEach: 2)
    let files = try reader.list { reader throws(Reason) in try reader.text() }
    var origins: [RowOrigin] = []
    origins.reserveCapacity(rows)
    for _ in 0..<rows {
      let file = try reader.count()
      let line = try reader.count()
      guard file < files.count else { throw Reason("an origin names no file") }
      origins.append(RowOrigin(file: files[file], line: line == 0 ? nil : line))
    }
    let columns = try reader.list { reader throws(Reason) in try reader.column(rows: rows) }
    guard Set(columns.map(\.schema.name)).count == columns.count else {
      throw Reason("two columns have one name")
    }
    guard reader.isAtEnd else { throw Reason("bytes are left over") }
    self.init(columns: columns, origins: origins)
  }
}

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

/// Writes the parts of a stored table.
struct ByteWriter {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8], capacity: Int) {
    self.bytes = []
    self.bytes.reserveCapacity(capacity)
    self.bytes += bytes
  }

  /// A non-negative number in groups of seven bits, the lowest first.
  mutating func count(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func text(_ text: String) {
    count(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func optional(_ text: String?) {
    count(text == nil ? 0 : 1)
    if let text { self.text(text) }
  }

  mutating func column(_ column: Column) {
    let schema = column.schema
    text(schema.name)
    text(schema.type.rawValue)
    text(schema.role.rawValue)
    for part in [schema.title, schema.unit, schema.better?.rawValue, schema.summary] { optional(part) }
    count(column.undefined.count)
    for row in column.undefined.keys.sorted() {
      count(row)
      text(column.undefined[row] ?? "")
    }
    switch column.storage {
    case .text(let values): for value in values { text(value) }
    case .integer(let values): for value in values { word(UInt64(bitPattern: Int64(value))) }
    case .real(let values): for value in values { word(value.bitPattern) }
    case .boolean(let values): for value in values { bytes.append(value ? 1 : 0) }
    }
  }

  private mutating func word(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
