import Diagnostics
import Documents
import Tables

/// Typed reading of data documents; everything that does not fit is collected.
struct RecordReading {
  private(set) var problems: [Diagnostic] = []

  mutating func list(_ node: DocumentNode, _ name: String) -> [DocumentNode] {
    if let elements = node.elements { return elements }
    report(node, name, "a list")
    return []
  }

  mutating func entries(_ node: DocumentNode?, _ name: String, in parent: DocumentNode) -> [DocumentEntry] {
    if let entries = node?.entries { return entries }
    report(node ?? parent, name, "a mapping")
    return []
  }

  mutating func text(_ node: DocumentNode, _ key: String) -> Cell {
    if let text = node[key]?.text { return .text(text) }
    report(node[key] ?? node, key, "text")
    return .undefined("not given")
  }

  mutating func integer(_ node: DocumentNode, _ key: String) -> Cell {
    if let value = node[key]?.integer { return .integer(value) }
    report(node[key] ?? node, key, "a whole number")
    return .undefined("not given")
  }

  mutating func number(_ node: DocumentNode, _ key: String) -> Cell { number(node[key] ?? node, named: key) }

  mutating func number(_ node: DocumentNode, named key: String) -> Cell {
    if let value = node.double { return .real(value) }
    if let text = node.text?.lowercased(),
      ["nan", ".nan", "inf", "-inf", ".inf", "-.inf", "infinity", "-infinity"].contains(text)
    {
      return .undefined("not a finite number")
    }
    report(node, key, "a number")
    return .undefined("not given")
  }

  mutating func report(_ node: DocumentNode, _ name: String, _ expected: String) {
    guard problems.count < 100 else { return }
    problems.append(
      Diagnostic(
        id: "malformed-record", location: node.location, message: "\(name) is \(node.kindName), not \(expected)",
        fix: "mend the file, or fetch it anew"))
  }

  /// Reports what a parser found.
  mutating func report(_ diagnostic: Diagnostic) {
    if problems.count < 100 { problems.append(diagnostic) }
  }

  mutating func report(_ node: DocumentNode, _ message: String) {
    problems.append(
      Diagnostic(
        id: "malformed-record", location: node.location, message: message, fix: "mend the file, or fetch it anew"))
  }
}

/// Rows of named cells, gathered into the columns that the catalogue declares.
struct RecordTable {
  private let columns: [CSVColumn]
  private var rows: [[String: Cell]] = []
  private var origins: [RowOrigin] = []

  init(columns: [CSVColumn]) { self.columns = columns }

  mutating func add(_ cells: [String: Cell], origin: RowOrigin) {
    rows.append(cells)
    origins.append(origin)
  }

  /// The table; a cell that no row names, or of another type than declared, is an error.
  func table(file: String) throws(DiagnosticsError) -> Table {
    var problems: [Diagnostic] = []
    let made = columns.map { declared -> Column in
      if !rows.isEmpty, !rows.contains(where: { $0[declared.header] != nil }) {
        problems.append(
          Diagnostic(
            id: "missing-column", message: "\(file) gives no column \(declared.header)",
            fix: "take it out of the catalogue"))
      }
      return column(declared, &problems)
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return Table(columns: made, origins: origins)
  }

  private func column(_ declared: CSVColumn, _ problems: inout [Diagnostic]) -> Column {
    var undefined: [Int: String] = [:]
    func values<Value>(_ placeholder: Value, _ read: (Cell) -> Value?) -> [Value] {
      rows.enumerated().map { row, cells in
        switch cells[declared.header] {
        case nil:
          undefined[row] = "not given"
          return placeholder
        case .undefined(let reason):
          undefined[row] = reason
          return placeholder
        case .some(let cell):
          if let value = read(cell) { return value }
          problems.append(
            Diagnostic(
              id: "malformed-row", location: SourceLocation(file: origins[row].file, line: origins[row].line ?? 1),
              message: "\(declared.header) is not of type \(declared.schema.type.rawValue)", fix: "mend the file"))
          return placeholder
        }
      }
    }
    let storage: Column.Storage
    switch declared.schema.type {
    case .text: storage = .text(values("") { if case .text(let text) = $0 { text } else { nil } })
    case .integer: storage = .integer(values(0) { if case .integer(let number) = $0 { number } else { nil } })
    case .boolean: storage = .boolean(values(false) { if case .boolean(let flag) = $0 { flag } else { nil } })
    case .real:
      storage = .real(
        values(0) { cell in
          switch cell {
          case .real(let number): number
          case .integer(let number): Double(number)
          default: nil
          }
        })
    }
    return Column(schema: declared.schema, storage: storage, undefined: undefined)
  }
}
