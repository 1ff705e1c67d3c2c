import Diagnostics
import Documents
import Specs
import Tables

/// Looks up the tables and columns that the parts of an analysis name, and collects a problem for each name that does not fit.
package struct ColumnLookup {
  /// The tables of the analysis.
  package var tables: [KnownTable]
  /// The target of parts that have none of their own.
  package let target: TargetUse?
  /// The problems found so far, in order.
  package private(set) var problems: [Diagnostic] = []

  /// Begins without problems.
  package init(tables: [KnownTable] = [], target: TargetUse?) {
    self.tables = tables
    self.target = target
  }

  /// The table of a name.
  package func table(_ name: Located<String>?) -> KnownTable? {
    name.flatMap { name in tables.first { $0.name == name.value } }
  }

  /// Reports columns that a section names and that are not in its tables, or hold text where numbers are needed.
  mutating func checkColumns(of part: some Section) {
    let references = part.names
    let own = table(part.table(target))
    let other = references.lazy.compactMap { reference in
      if case .table(.other) = reference.target { reference.name } else { nil }
    }.first.flatMap { table($0) }
    for reference in references {
      guard case .column(let role, let isNumeric) = reference.target, let table = role == .own ? own : other else {
        continue
      }
      checkColumn(reference.name, in: table, numeric: isNumeric)
    }
  }

  /// The column of a name; nil when it has been reported.
  @discardableResult
  package mutating func checkColumn(
    _ name: Located<String>, in table: KnownTable, numeric: Bool = false
  ) -> ColumnSchema? {
    guard let schema = table.column(name.value) else {
      report(
        name, id: "unknown-column", "dataset \(table.name) has no column \(name.value)",
        known: table.columns.map(\.name))
      return nil
    }
    if numeric, schema.type == .text {
      report(
        name, id: "not-a-number", "column \(name.value) of \(table.name) holds text, not numbers",
        fix: "name a column of numbers")
      return nil
    }
    return schema
  }

  /// The columns that a part selects by name, or every metric; those that do not fit have been reported.
  ///
  /// - Parameter key: The key under which columns can be named.
  mutating func columns(
    _ selection: ColumnSelection, of part: Located<String>, in table: KnownTable, key: String = "columns",
    numeric: Bool = true
  ) -> [ColumnSchema] {
    switch selection {
    case .columns(let names): return names.compactMap { checkColumn($0, in: table, numeric: numeric) }
    case .all:
      if table.metrics.isEmpty {
        report(
          part, id: "no-metrics", "\(table.name) has no column of role metric",
          fix: "name the columns: `\(key): [column, …]`")
      }
      return table.metrics
    }
  }

  /// A part's target, or that of the analysis, with its table; nil when it has been reported.
  mutating func target(_ own: TargetUse?) -> (target: ResolvedTarget, table: KnownTable)? {
    guard let use = own ?? target, let table = table(use.dataset), let target = target(use, in: table) else {
      return nil
    }
    return (target, table)
  }

  /// The column that metrics are held against; nil when it is none of numbers, or nothing says which end is better.
  mutating func target(_ target: TargetUse, in table: KnownTable) -> ResolvedTarget? {
    guard let schema = checkColumn(target.column, in: table, numeric: true) else { return nil }
    guard let better = target.better ?? schema.better else {
      report(
        target.column, id: "no-direction", "the catalogue does not say which end of \(schema.name) is better",
        fix: "add `better: higher` or `better: lower` to the target")
      return nil
    }
    return ResolvedTarget(
      dataset: table.name, column: schema.name, title: schema.displayTitle, better: better,
      isProxy: schema.role == .baseline || schema.role == .metric)
  }

  /// Adds a problem with a name, at its place in the file.
  ///
  /// - Parameters:
  ///   - known: Names that would have been there; the closest one is suggested, unless `fix` says what to do.
  ///   - list: A command that shows what there is.
  package mutating func report(
    _ name: Located<some Hashable & Sendable>, id: String, _ message: String, known: [String] = [], list: String? = nil,
    fix: String? = nil
  ) {
    var advice = fix
    if advice == nil, let text = name.value as? String, let close = Suggestion.closest(to: text, in: known) {
      advice = "did you mean \(close)?"
    }
    if advice == nil, let list { advice = "`\(list)` shows what there is" }
    if advice == nil, !known.isEmpty {
      advice = "there are: \(known.prefix(40).joined(separator: ", "))\(known.count > 40 ? ", …" : "")"
    }
    append(Diagnostic(id: id, location: name.location, message: message, fix: advice))
  }

  /// Adds a problem.
  package mutating func append(_ problem: Diagnostic) { problems.append(problem) }
}
