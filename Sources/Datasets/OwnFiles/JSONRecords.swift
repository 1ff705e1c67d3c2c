import Diagnostics
import Documents
import Specs

/// Reads JSON into raw columns: a list of records, a record in each line, objects of records under keys, columns as pandas writes them.
struct JSONRecords {
  let reading: FileReading
  let file: String
  /// True when malformed records are counted and left out.
  let skipsMalformed: Bool
  /// Records left out, by reason.
  private(set) var skipped: [(reason: String, line: Int)] = []
  /// Records in the file, those left out among them.
  private(set) var recordCount = 0
  /// The names of the columns that hold keys of nested objects.
  private(set) var levels: [String] = []

  private var headers: [String] = []
  private var positions: [String: Int] = [:]
  private var rows: [(line: Int, cells: [(column: Int, node: DocumentNode)])] = []
  private var problems = DiagnosticList()

  /// The deepest nesting of keys, and of objects in a record.
  private static let depthLimit = 16
  /// The longest text of a list in a cell, in Unicode scalars.
  private static let listLimit = 4096

  init(_ reading: FileReading, file: String, skipsMalformed: Bool) {
    self.reading = reading
    self.file = file
    self.skipsMalformed = skipsMalformed
  }

  /// Reads one document.
  ///
  /// - Throws: `DiagnosticsError` for what is not JSON, keys that lead nowhere, records that are none.
  mutating func read(document bytes: [UInt8]) throws(DiagnosticsError) -> RawTable {
    var node = try DocumentReader.json(bytes, file: file)
    for key in reading.keys {
      let next = Int(key).flatMap { index in node.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
      guard let found = node[key] ?? next else {
        let names = node.entries?.map(\.key) ?? []
        throw DiagnosticsError([
          Diagnostic(
            id: "unknown-key", location: node.location, message: "there is no key \(key) in \(node.kindName)",
            fix: Suggestion.closest(to: key, in: names).map { "did you mean \($0)?" }
              ?? Suggestion.listing(names).map { "the keys are: \($0)" } ?? "take it out of `keys`")
        ])
      }
      node = found
    }
    if let table = split(node) {
      try addSplit(table)
    } else if let columns = columns(node) {
      addColumns(columns)
    } else {
      levels = try levelNames(of: node)
      try add(node, keys: [], depth: levels.count)
    }
    return try table()
  }

  /// Reads a record in each line.
  ///
  /// - Throws: `DiagnosticsError` for lines that are not JSON objects, up to a limit, unless they are left out.
  mutating func read(lines bytes: [UInt8]) throws(DiagnosticsError) -> RawTable {
    var start = 0
    var line = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      line += 1
      defer { start = end + 1 }
      let content = bytes[start..<end]
      guard content.contains(where: { $0 != 32 && $0 != 9 && $0 != 13 }) else { continue }
      do throws(DiagnosticsError) {
        var node = try DocumentReader.json(Array(content), file: file)
        for key in reading.keys { node = node[key] ?? node }
        addRecord(node, keys: [], line: line)
      } catch {
        let message = error.diagnostics.first?.message ?? "it cannot be read"
        let column = error.diagnostics.first?.location?.column ?? 1
        malformed(line, column, message, "no JSON object")
      }
      if problems.isFull { break }
    }
    return try table()
  }

  // Keys of nested objects.

  /// The names of the columns for keys above records: those of the spec, else the usual ones of as many levels as there are.
  private func levelNames(of node: DocumentNode) throws(DiagnosticsError) -> [String] {
    guard reading.levels.isEmpty else { return reading.levels.map(\.value) }
    var depth = 0
    var inner = node
    while depth < Self.depthLimit, let entries = inner.entries, !entries.isEmpty,
      entries.allSatisfy({ $0.value.entries != nil }), let first = entries.first?.value
    {
      depth += 1
      inner = first
    }
    switch depth {
    case 0: return []
    case 1: return ["architecture"]
    case 2: return ["task", "architecture"]
    case 3: return ["space", "task", "architecture"]
    default: return (1..<depth).map { "level-\($0)" } + ["architecture"]
    }
  }

  private mutating func add(_ node: DocumentNode, keys: [DocumentEntry], depth: Int) throws(DiagnosticsError) {
    guard !problems.isFull else { return }
    if depth > 0 {
      guard let entries = node.entries else {
        malformed(
          node.location.line, node.location.column,
          "\(levels[keys.count]) should be the keys of an object, and there is \(node.kindName)", "no object")
        return
      }
      for entry in entries { try add(entry.value, keys: keys + [entry], depth: depth - 1) }
    } else if let elements = node.elements {
      for element in elements { addRecord(element, keys: keys, line: element.location.line) }
    } else {
      addRecord(node, keys: keys, line: node.location.line)
    }
  }

  // Records.

  private mutating func addRecord(_ node: DocumentNode, keys: [DocumentEntry], line: Int) {
    recordCount += 1
    guard let entries = node.entries else {
      return malformed(line, node.location.column, "the record is \(node.kindName), not an object", "no object")
    }
    var cells: [(column: Int, node: DocumentNode)] = []
    for (name, key) in zip(levels, keys) {
      cells.append((column(name), .scalar(text: key.key, quoted: true, location: key.keyLocation)))
    }
    flatten(entries, prefix: "", depth: 0, &cells)
    rows.append((line, cells))
  }

  /// Adds the values of an object; those of objects in it are called by both keys, and `score` in it by the outer one.
  private mutating func flatten(
    _ entries: [DocumentEntry], prefix: String, depth: Int, _ cells: inout [(column: Int, node: DocumentNode)]
  ) {
    for entry in entries {
      let isScore = !prefix.isEmpty && ["score", "value"].contains(entry.key)
      let name = prefix.isEmpty ? entry.key : isScore ? prefix : "\(prefix)_\(entry.key)"
      if let inner = entry.value.entries, depth < Self.depthLimit {
        flatten(inner, prefix: name, depth: depth + 1, &cells)
      } else if headers.count < RawTable.limits.columns || positions[name] != nil {
        cells.append((column(name), entry.value))
      } else {
        malformed(
          entry.keyLocation.line, entry.keyLocation.column, "there are over \(RawTable.limits.columns) columns",
          "too many columns")
        return
      }
    }
  }

  private mutating func column(_ name: String) -> Int {
    if let known = positions[name] { return known }
    positions[name] = headers.count
    headers.append(name)
    return headers.count - 1
  }

  // The forms that pandas writes.

  /// The object of `orient="split"`: columns, perhaps an index, and data.
  private func split(_ node: DocumentNode) -> (columns: [String], index: [DocumentNode], data: [DocumentNode])? {
    guard let columns = node["columns"]?.elements, let data = node["data"]?.elements,
      data.allSatisfy({ $0.elements != nil })
    else { return nil }
    return (columns.map { $0.text ?? "" }, node["index"]?.elements ?? [], data)
  }

  private mutating func addSplit(
    _ table: (columns: [String], index: [DocumentNode], data: [DocumentNode])
  ) throws(DiagnosticsError) {
    let hasIndex = !table.index.isEmpty && table.index.count == table.data.count
    let places = (hasIndex ? [""] : []) + table.columns
    for name in places { _ = column(name) }
    for (row, element) in table.data.enumerated() {
      recordCount += 1
      let values = (hasIndex ? [table.index[row]] : []) + (element.elements ?? [])
      guard values.count == places.count else {
        malformed(
          element.location.line, element.location.column,
          "the row has \(values.count) values for \(places.count) columns",
          "another number of values than there are columns")
        continue
      }
      rows.append((element.location.line, zip(places, values).map { (column($0), $1) }))
    }
  }

  /// The columns of `orient="columns"`: objects with one set of keys, all of them whole numbers.
  private func columns(_ node: DocumentNode) -> [DocumentEntry]? {
    guard reading.levels.isEmpty, let entries = node.entries, let first = entries.first?.value.entries, !first.isEmpty,
      first.allSatisfy({ Int($0.key) != nil && $0.value.entries == nil })
    else { return nil }
    let keys = first.map(\.key)
    return entries.allSatisfy { $0.value.entries.map { $0.map(\.key) == keys } ?? false } ? entries : nil
  }

  private mutating func addColumns(_ entries: [DocumentEntry]) {
    let lists = entries.map { $0.value.entries ?? [] }
    for row in lists[0].indices {
      recordCount += 1
      let cells = zip(entries, lists).map { (column($0.key), $1[row].value) }
      rows.append((lists[0][row].keyLocation.line, cells))
    }
  }

  // The table.

  private mutating func table() throws(DiagnosticsError) -> RawTable {
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    guard !headers.isEmpty else {
      throw DiagnosticsError([
        Diagnostic(
          id: "empty-file", location: SourceLocation(file: file, line: 1), message: "the file holds no records",
          fix: "name the keys that lead to them: `keys: [results]`")
      ])
    }
    var table = RawTable(headers: headers, file: file)
    table.reserve(rows: rows.count, textBytes: rows.count * headers.count * 8)
    var places = [DocumentNode?](repeating: nil, count: headers.count)
    for row in rows {
      for cell in row.cells { places[cell.column] = cell.node }
      for node in places { add(node, &table) }
      for cell in row.cells { places[cell.column] = nil }
      try table.endRow(line: row.line)
    }
    return table
  }

  private func add(_ node: DocumentNode?, _ table: inout RawTable) {
    guard let node, !node.isNull else { return table.add([], .missing) }
    switch node {
    case .scalar(let text, let quoted, _): table.add(text.utf8, quoted && Double(text) != nil ? .text : .open)
    case .sequence, .mapping: table.add(JSONValue(node).text().unicodeScalars.prefix(Self.listLimit).text.utf8, .text)
    }
  }

  private mutating func malformed(_ line: Int, _ column: Int, _ message: String, _ reason: String) {
    guard !skipsMalformed else { return skipped.append((reason, line)) }
    problems.append(
      Diagnostic(
        id: "malformed-row", location: SourceLocation(file: file, line: line, column: column), message: message,
        fix:
          "mend the file, name the way to the records with `keys` and `levels`, or say `malformed: skip` to leave such records out"
      ))
  }
}

extension Substring.UnicodeScalarView {
  fileprivate var text: String { String(String.UnicodeScalarView(self)) }
}
