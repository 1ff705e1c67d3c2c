import Diagnostics

/// Gathers records into columns.
struct CSVTableBuilder {
  private let columns: [CSVColumn]
  private let positions: [Int]
  private let headers: [String]
  private let headerSet: Set<String>
  private let file: String
  private var values: [Column.Storage]
  private var undefined: [[Int: String]]
  private var origins: [RowOrigin] = []
  private var problems: [Diagnostic] = []
  private var skipped: [CSVImport.RowFault: [Int]] = [:]
  private var repaired: [Int] = []
  private var recordCount = 0
  /// Numbers that the columns declare to stand for no value, with their reasons.
  private let sentinels: [[Double: String]]
  private let usual = MissingTexts([], takesUsual: true)
  /// Cells without a value that no column declares, by column.
  private var undeclared: [Int: Int] = [:]
  var repairsGluedHeader = false

  init(columns: [CSVColumn], positions: [Int], headers: [String], file: String) {
    self.columns = columns
    self.positions = positions
    self.headers = headers
    headerSet = Set(headers)
    self.file = file
    values = columns.map { column in
      switch column.schema.type {
      case .text: .text([])
      case .integer: .integer([])
      case .real: .real([])
      case .boolean: .boolean([])
      }
    }
    undefined = columns.map { _ in [:] }
    sentinels = columns.map { column in
      let numbers = column.missing.compactMap { text, reason in Double(text).map { ($0, reason) } }
      return Dictionary(numbers) { first, _ in first }
    }
  }

  mutating func reserve(rows: Int) {
    let rows = min(rows, 1 << 22)
    origins.reserveCapacity(rows)
    for index in values.indices {
      switch values[index] {
      case .text(var list):
        list.reserveCapacity(rows)
        values[index] = .text(list)
      case .integer(var list):
        list.reserveCapacity(rows)
        values[index] = .integer(list)
      case .real(var list):
        list.reserveCapacity(rows)
        values[index] = .real(list)
      case .boolean: break
      }
    }
  }

  mutating func add(_ cells: [CSVRecords.Cell], _ records: CSVRecords) {
    recordCount += 1
    if isHeader(cells, records) { return fault(.repeatedHeader, records.line, 1, "the header line stands here again") }
    var cells = cells
    if cells.count != headers.count {
      guard repairsGluedHeader, let cut = withoutGluedHeader(cells, records) else {
        return fault(
          .cellCount, records.line, 1, "the row has \(cells.count) cells, the header \(headers.count)")
      }
      cells = cut
      repaired.append(records.line)
    }
    let row = origins.count
    var reasons: [(column: Int, reason: String)] = []
    var parsed: [Cell] = []
    parsed.reserveCapacity(columns.count)
    for (index, column) in columns.enumerated() {
      let cell = cells[positions[index]]
      switch value(cell, column, index, records) {
      case .undefined(let reason) where reason.isEmpty:
        return fault(
          .badCell, records.line, records.column(cell),
          "\(column.header) is \(ConsoleWriter.visible(String(records.text(cell).prefix(60)))), \(Self.isLarge(records.bytes(cell), column) ? "beyond 64 bits" : "not \(column.schema.type.words)")"
        )
      case .undefined(let reason):
        reasons.append((index, reason))
        parsed.append(.undefined(reason))
      case let cell: parsed.append(cell)
      }
    }
    for (index, cell) in parsed.enumerated() { values[index].append(cell) }
    for (column, reason) in reasons {
      undefined[column][row] = reason
      if columns[column].missing.isEmpty || !columns[column].missing.values.contains(reason) {
        undeclared[column, default: 0] += 1
      }
    }
    origins.append(RowOrigin(file: file, line: records.line))
  }

  func outcome() -> CSVImport.Outcome {
    let made = columns.indices.map { Column(schema: columns[$0].schema, storage: values[$0], undefined: undefined[$0]) }
    return CSVImport.Outcome(
      table: Table(columns: made, origins: origins), problems: problems, skipped: skipped, repaired: repaired,
      recordCount: recordCount,
      undeclared: undeclared.sorted { $0.key < $1.key }.map { (columns[$0.key].schema.name, $0.value) })
  }

  private func value(_ cell: CSVRecords.Cell, _ column: CSVColumn, _ index: Int, _ records: CSVRecords) -> Cell {
    if let part = column.part { return value(part.cut(records.text(cell)), column) }
    let bytes = Self.trimmed(records.bytes(cell))
    switch column.schema.type {
    case .real:
      if let number = DecimalText.real(bytes) {
        if let reason = sentinels[index][number] { return .undefined(reason) }
        return number.isFinite ? .real(number) : .undefined("too large for a number")
      }
    case .integer:
      if let number = DecimalText.whole(bytes) {
        if !sentinels[index].isEmpty, let reason = sentinels[index][Double(number)] { return .undefined(reason) }
        return .integer(number)
      }
    case .boolean:
      switch records.text(cell).trimmingBlanks().lowercased() {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: break
      }
    case .text:
      let text = records.text(cell)
      return column.missing[text].map { .undefined($0) } ?? .text(text)
    }
    let text = records.text(cell).trimmingBlanks()
    return .undefined(column.missing[text] ?? usual.reason(ofNumber: text) ?? "")
  }

  /// True for a whole number that is too large for a column of whole numbers.
  private static func isLarge(_ bytes: UnsafeBufferPointer<UInt8>, _ column: CSVColumn) -> Bool {
    let number = trimmed(bytes)
    guard column.schema.type == .integer, let value = DecimalText.real(number) else { return false }
    return value.magnitude >= 0x1p63 && value == value.rounded()
  }

  /// Bytes without blanks and tabs at their ends.
  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// The value of a part of a cell; undefined without a reason when the part is not there or of another type.
  private func value(_ part: Substring?, _ column: CSVColumn) -> Cell {
    guard let part else { return .undefined("") }
    if let reason = column.missing[String(part)] { return .undefined(reason) }
    let bytes = Array(part.utf8)
    switch column.schema.type {
    case .text: return .text(String(part))
    case .integer:
      return bytes.withUnsafeBufferPointer { DecimalText.integer($0) }.map { .integer($0) } ?? .undefined("")
    case .real:
      let number = bytes.withUnsafeBufferPointer { DecimalText.real($0) }
      return number.map { $0.isFinite ? .real($0) : .undefined("too large for a number") } ?? .undefined("")
    case .boolean: return part == "true" ? .boolean(true) : part == "false" ? .boolean(false) : .undefined("")
    }
  }

  private func isHeader(_ cells: [CSVRecords.Cell], _ records: CSVRecords) -> Bool {
    guard let first = cells.first, records.bytes(first).elementsEqual(headers[0].utf8) else { return false }
    return cells.dropFirst().allSatisfy { headerSet.contains(records.text($0).trimmingBlanks()) }
  }

  /// `…,12738000log name,loss,…` → the cells up to the glued one, which loses the header.
  private func withoutGluedHeader(_ cells: [CSVRecords.Cell], _ records: CSVRecords) -> [CSVRecords.Cell]? {
    let last = headers.count - 1
    guard cells.count > headers.count else { return nil }
    let glued = records.text(cells[last])
    guard glued.hasSuffix(headers[0]), glued.count > headers[0].count else { return nil }
    guard cells[(last + 1)...].allSatisfy({ headerSet.contains(records.text($0).trimmingBlanks()) }) else { return nil }
    var kept = Array(cells[...last])
    kept[last].range = kept[last].range.lowerBound..<(kept[last].range.upperBound - headers[0].utf8.count)
    return kept
  }

  private mutating func fault(_ fault: CSVImport.RowFault, _ line: Int, _ column: Int, _ message: String) {
    skipped[fault, default: []].append(line)
    guard problems.count < CSVImport.problemLimit else { return }
    problems.append(
      Diagnostic(
        id: "malformed-row", location: SourceLocation(file: file, line: line, column: column), message: message,
        reason: "a row that is left out silently would change every number below",
        fix: "mend the file, or say `malformed: skip` and the report counts such rows"))
  }
}

extension Column.Storage {
  fileprivate mutating func append(_ cell: Cell) {
    switch self {
    case .text(var list):
      self = .boolean([])
      if case .text(let value) = cell { list.append(value) } else { list.append("") }
      self = .text(list)
    case .integer(var list):
      self = .boolean([])
      if case .integer(let value) = cell { list.append(value) } else { list.append(0) }
      self = .integer(list)
    case .real(var list):
      self = .boolean([])
      if case .real(let value) = cell { list.append(value) } else { list.append(0) }
      self = .real(list)
    case .boolean(var list):
      self = .boolean([])
      if case .boolean(let value) = cell { list.append(value) } else { list.append(false) }
      self = .boolean(list)
    }
  }
}

extension ColumnType {
  /// The type in words.
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .integer: "a whole number"
    case .real: "a number"
    case .boolean: "true or false"
    }
  }
}
