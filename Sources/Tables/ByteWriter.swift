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
