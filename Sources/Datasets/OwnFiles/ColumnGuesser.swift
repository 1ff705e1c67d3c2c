import Diagnostics
import Documents
import Specs
import Tables

/// Finds out what the columns of a file are, by their names and contents, and what the spec says instead.
struct ColumnGuesser {
  let table: RawTable
  let reading: FileReading
  let metrics: KnownMetrics
  let point: UInt8
  /// The names of columns made from keys of nested objects.
  let levels: Set<String>
  private(set) var problems = DiagnosticList()
  private(set) var guesses: [GuessedColumns.Guess] = []
  private(set) var leftOut: [String] = []
  private(set) var notes: [String] = []
  /// The columns, in order, with the cells that are not of their type.
  private(set) var columns: [(position: Int, scan: ColumnScan, schema: ColumnSchema)] = []

  /// Whole numbers of which at most so many differ are settings, such as depths, not scores.
  private static let mostSettings = 32
  /// Numbers that often stand for no value.
  private static let suspects: Set<Double> = [
    -1e8, 1e8, -1e9, 1e9, -999, 999, -9999, 9999, -99999, 99999, Double.greatestFiniteMagnitude,
    -Double.greatestFiniteMagnitude,
  ]

  init(_ table: RawTable, _ reading: FileReading, metrics: KnownMetrics, point: UInt8, levels: [String]) {
    self.table = table
    self.reading = reading
    self.metrics = metrics
    self.point = point
    self.levels = Set(levels)
  }

  /// Goes over all columns.
  mutating func run() {
    let stated = statedColumns()
    var used: Set<String> = [ColumnSchema.cluster.name]
    used.formUnion(stated.values.filter { $0.header != nil }.map(\.name.value))
    var firsts: [String: Int] = [:]
    for position in table.headers.indices {
      let header = table.headers[position].trimmingBlanks()
      let own = stated[position]
      if own?.ignore == true {
        leftOut.append(header)
        continue
      }
      let name =
        own?.header != nil ? own?.name.value ?? "" : Self.free(ColumnWords.name(header, position: position), &used)
      if own?.header == nil, let first = firsts[header], !header.isEmpty, notes.count < 20 {
        notes.append(
          "the file has more than one column \(header); column \(position + 1) is called \(name), column \(first + 1) comes first"
        )
      }
      if firsts[header] == nil { firsts[header] = position }
      read(position, header, name, own)
    }
  }

  /// A name that no column has yet.
  private static func free(_ name: String, _ used: inout Set<String>) -> String {
    if used.insert(name).inserted { return name }
    var number = 2
    while !used.insert("\(name)-\(number)").inserted { number += 1 }
    return "\(name)-\(number)"
  }

  /// What the spec says, by position; what it says of columns that are not there is reported.
  private mutating func statedColumns() -> [Int: OwnColumnSpec] {
    var byHeader: [String: Int] = [:]
    var byName: [String: Int] = [:]
    for (position, header) in table.headers.enumerated() {
      let header = header.trimmingBlanks()
      if byHeader[header] == nil { byHeader[header] = position }
      let name = ColumnWords.name(header, position: position)
      if byName[name] == nil { byName[name] = position }
    }
    var stated: [Int: OwnColumnSpec] = [:]
    for column in reading.columns {
      guard let position = column.header.map({ byHeader[$0] }) ?? byName[column.name.value] else {
        let known = column.header == nil ? byName : byHeader
        let wanted = column.header ?? column.name.value
        problems.append(
          Diagnostic(
            id: "unknown-column", location: column.name.location, message: "\(table.file) has no column \(wanted)",
            fix: Suggestion.closest(to: wanted, in: known.keys.sorted()).map { "did you mean \($0)?" }
              ?? Suggestion.listing(Array(table.headers.prefix(40))).map { "the columns are: \($0)" }
              ?? "take it out"))
        continue
      }
      if column.name.value == ColumnSchema.cluster.name {
        problems.append(
          Diagnostic(
            id: "reserved-name", location: column.name.location,
            message: "\(column.name.value) is the name of the column with the numbers of units",
            fix: "choose another name, and give the one in the file as `header`"))
      }
      if stated[position] != nil {
        problems.append(
          Diagnostic(
            id: "duplicate-column", location: column.name.location,
            message: "two entries are of the column \(table.headers[position]) of \(table.file)", fix: "keep one"))
      }
      stated[position] = column
    }
    return stated
  }

  private mutating func read(_ position: Int, _ header: String, _ name: String, _ own: OwnColumnSpec?) {
    let missing = MissingTexts(reading.missing + (own?.missing ?? []), takesUsual: reading.usualMissing)
    let isLevel = levels.contains(header)
    let scan = ColumnScan(table, position, type: own?.type ?? (isLevel ? .text : nil), missing: missing, point: point)
    if own?.type == nil, !isLevel, case .text(let texts) = scan.storage { refuseDressed(texts, scan, position, name) }
    let words = ColumnWords(header)
    let known = scan.storage.type == .text ? nil : metrics.metric(words)
    var (role, better, ground) = guess(scan, words, known)
    if let stated = own?.role { (role, ground) = (stated, .stated) }
    if role != .target, role != .metric, role != .baseline { better = nil }
    if role == .baseline, better == nil { better = .higher }
    if role == .target, better == nil { better = words.performance }
    if role == .metric, better == nil { better = known?.better }
    if let stated = own?.better { better = stated.direction }
    let type = scan.storage.type
    let isKnown = role == .metric || role == .baseline
    let title = own?.title ?? (isKnown ? known?.title : nil) ?? ColumnWords.title(header, position: position)
    let schema = ColumnSchema(name: name, type: type, title: title, role: role, unit: own?.unit, better: better)
    columns.append((position, scan, schema))
    guesses.append(
      GuessedColumns.Guess(
        header: header, name: name, type: type, role: role, better: better, title: title, ground: ground,
        metric: role == .metric ? known?.id : nil, missing: scan.undefined.count, distinct: scan.distinctCount))
    lookForSuspects(scan, schema)
  }

  /// The role, the better end and the grounds, by name first, then by content.
  private func guess(
    _ scan: ColumnScan, _ words: ColumnWords, _ known: KnownMetric?
  ) -> (ColumnRole, Direction?, GuessedColumns.Guess.Ground) {
    guard scan.undefined.count < table.rowCount else { return (.other, nil, .content) }
    switch scan.storage {
    case .text:
      if words.isIdentifier { return (.identifier, nil, .name) }
      return (scan.isUnique ? .identifier : .feature, nil, .content)
    case .boolean: return (.feature, nil, .content)
    case .integer, .real:
      let isWhole = scan.storage.type == .integer
      if isWhole, words.isIdentifier, scan.isUnique || words.squashed.isEmpty || words.words.first == "unnamed" {
        return (.identifier, nil, .name)
      }
      if let known, !known.isBaseline { return (.metric, known.better, .name) }
      if words.isBookkeeping { return (.other, nil, .name) }
      if words.isBaseline || known != nil { return (.baseline, .higher, .name) }
      if let better = words.performance { return (.target, better, .name) }
      if words.isMetric { return (.metric, nil, .name) }
      if isWhole, words.isIdentifier { return (.identifier, nil, .name) }
      if isWhole, scan.distinctCount <= Self.mostSettings { return (.feature, nil, .content) }
      return (.metric, nil, .content)
    }
  }

  /// Reports a column of which at least half of the values are numbers with something about them.
  private mutating func refuseDressed(_ texts: [String], _ scan: ColumnScan, _ position: Int, _ name: String) {
    let values = texts.indices.lazy.filter { scan.undefined[$0] == nil }.prefix(1000)
    let found = values.compactMap { row in DressedNumber(texts[row]).map { (row, $0) } }
    guard let (row, dress) = found.first, found.count * 2 >= values.count else { return }
    problems.append(
      Diagnostic(
        id: "dressed-numbers", location: SourceLocation(file: table.file, line: Int(table.lines[row])),
        message:
          "values of \(name) are numbers with \(dress.rawValue), such as \(ConsoleWriter.visible(String(texts[row].prefix(40))))",
        reason: "read as texts they would be no metric and no target",
        fix: "write plain numbers, or say `columns: {\(name): {type: text}}`"))
  }

  /// Notes numbers at the end of a column's range that often stand for no value.
  private mutating func lookForSuspects(_ scan: ColumnScan, _ schema: ColumnSchema) {
    guard notes.count < 20, [.metric, .target, .baseline].contains(schema.role) else { return }
    let numbers = scan.column(schema).numbers.compactMap { $0 }
    guard let least = numbers.min(), let greatest = numbers.max(), least < greatest else { return }
    for end in [least, greatest] where Self.suspects.contains(end) {
      let count = numbers.count { $0 == end }
      notes.append(
        "\(end.magnitude < 1e15 ? "\(Int(end))" : "\(end)") stands in \(count) \(count == 1 ? "cell" : "cells") of \(schema.name); if it stands for no value, declare it under `missing`"
      )
    }
  }
}
