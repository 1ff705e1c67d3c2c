import Documents
import Figures
import Reports
import Specs

extension ReportTables {
  func summary(_ spec: SummarySpec) -> ReportTable {
    let table = self.table(spec.dataset.value)
    let parts = ["mean", "sd", "median", "minimum", "maximum"]
    var headers = spec.groupBy.map { Header(table?.column($0.value)?.displayTitle ?? $0.value) }
    if headers.isEmpty { headers = [Header("Rows")] }
    for column in spec.columns {
      let name = table?.column(column.value)?.displayTitle ?? column.value
      headers.append(Header("n", isNumeric: true))
      headers += parts.map {
        Header(spec.columns.count > 1 ? "\(name): \($0)" : $0 == "sd" ? "SD" : $0, isNumeric: true)
      }
    }
    let rows = (results[spec.name.value]?.members ?? []).map { group -> [Cell] in
      let labels = (group.value["group"]?.elements ?? []).compactMap(\.string)
      let keys = labels.map {
        Cell(GroupLabel.shown($0), value: Int($0).map { .integer($0) } ?? Double($0).map { .finite($0) } ?? .string($0))
      }
      return (keys.isEmpty ? [Cell("all")] : keys)
        + spec.columns.flatMap { column in
          let value = group.value[column.value]
          return [count(value?["n"])] + parts.map { measure(value?[$0]) }
        }
    }
    let names = spec.columns.map { table?.column($0.value)?.displayTitle ?? $0.value }
    return ReportTable(
      name: spec.name.value, caption: "\(spec.title ?? "\(names.joined(separator: ", ")) in groups").",
      columns: headers, rows: rows)
  }
}
