import Specs
import Tables

/// Looks up what forensic checks name.
extension AnalysisResolver {
  mutating func forensics(of analysis: Analysis, tables: [ResolvedTable]) -> [ResolvedForensic] {
    analysis.forensics.compactMap { spec -> ResolvedForensic? in
      guard let table = tables.first(where: { $0.name == spec.check.dataset.value }) else { return nil }
      let other = spec.check.other.flatMap { name in tables.first { $0.name == name.value } }
      for column in spec.check.columns {
        guard let place = column.isOfOther ? other : table else { continue }
        checkColumn(column.name, in: place, numeric: column.isNumeric)
      }
      return ResolvedForensic(
        spec: spec, columns: chosen(spec, in: table), known: table.columns, knownOfOther: other?.columns ?? [])
    }
  }

  private mutating func chosen(_ spec: ForensicSpec, in table: ResolvedTable) -> [ColumnSchema] {
    switch spec.check.selection {
    case nil: return []
    case .columns(let names):
      return names.compactMap { checkColumn($0, in: table, numeric: spec.check.selectsNumbers) }
    case .all:
      let columns = table.columns.filter { $0.role == .metric && $0.type != .text }
      if columns.isEmpty {
        report(
          spec.check.dataset, id: "no-metrics", "\(table.name) has no column of role metric", known: [], list: nil,
          fix: "name the columns: `columns: [column, …]`")
      }
      return columns
    }
  }
}
