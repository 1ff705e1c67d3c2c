import Documents
import Specs
import Tables

extension ColumnLookup {
  /// The trivial baselines that a part names.
  ///
  /// - Parameter target: The target that ranks of several columns are fitted to; nil when it has been reported.
  mutating func baselines(
    _ baselines: [BaselineSpec], target: ResolvedTarget?, in table: KnownTable
  ) -> [FamilyMember] {
    baselines.flatMap { baseline -> [FamilyMember] in
      switch baseline {
      case .column(let name):
        return checkColumn(name, in: table, numeric: true).map { [FamilyMember($0, isBaseline: true)] } ?? []
      case .lexicographic(let order):
        let names = order.columns.map(\.value)
        for column in order.columns { checkColumn(column, in: table, numeric: true) }
        return [
          FamilyMember(
            name: order.name.value, title: order.title ?? names.joined(separator: ", then "), isBaseline: true,
            better: .higher, source: .lexicographic(names))
        ]
      case .orders(let orders):
        for column in orders.columns { checkColumn(column, in: table, numeric: true) }
        return orders.all.map { order in
          FamilyMember(
            name: BaselineSpec.Orders.name(order).value, title: titles(order, in: table, separator: ", then "),
            isBaseline: true, better: .higher, source: .lexicographic(order.map(\.value)))
        }
      case .crossFitted(let fit):
        for column in fit.columns { checkColumn(column, in: table, numeric: true) }
        guard let target else { return [] }
        let source = CrossFittedSource(
          columns: fit.columns.map(\.value), target: target.column, targetHigherIsBetter: target.better == .higher,
          folds: fit.folds, seed: fit.seed)
        return [
          FamilyMember(
            name: fit.name.value, title: fit.title ?? "\(titles(fit.columns, in: table, separator: " and ")), fitted",
            isBaseline: true, better: .higher, source: .crossFitted(source))
        ]
      }
    }
  }

  /// The titles of columns in a row, such as `Depth, then hidden size`.
  private func titles(_ columns: [Located<String>], in table: KnownTable, separator: String) -> String {
    columns.enumerated().map { place, name in
      let title = table.column(name.value)?.displayTitle ?? name.value
      return place == 0 ? title : title.lowercasedFirst
    }.joined(separator: separator)
  }
}
