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
