import Diagnostics
import Expressions
import Specs
import Tables

/// Looks up what derived columns name.
extension AnalysisResolver {
  /// Columns derived from those that are there, in the order of the spec, those that name others left for later.
  ///
  /// - Parameters:
  ///   - derived: The columns, in order.
  ///   - columns: The columns that are there.
  ///   - isLast: True when no other columns will come, so that every column that is named has to be there.
  mutating func derive(
    _ derived: some Sequence<DerivedSpec>, from columns: [ColumnSchema], isLast: Bool
  ) -> (made: [DerivedColumn], columns: [ColumnSchema], left: [DerivedSpec]) {
    var columns = columns
    var made: [DerivedColumn] = []
    var left: [DerivedSpec] = []
    for spec in derived {
      guard let expression = spec.expression.expression else { continue }
      let names = Set(columns.map(\.name))
      let isReady =
        expression.columnNames.allSatisfy { names.contains($0) }
        && expression.layerNames.allSatisfy { names.contains(LayerColumns.name($0, layer: 1)) }
      guard isReady || isLast else {
        left.append(spec)
        continue
      }
      if names.contains(spec.name.value) {
        report(
          spec.name, id: "duplicate-column", "there is a column \(spec.name.value) already",
          fix: "choose another name")
        continue
      }
      let problems = ExpressionChecker.problems(expression, columns: columns)
      for problem in problems { append(problem.diagnostic(at: spec.expression.location(of: problem))) }
      let column = DerivedColumn(
        name: spec.name.value, title: spec.title, role: spec.role, better: spec.better, expression: expression,
        columns: columns)
      if let column { made.append(column) }
      // What cannot be made keeps its name, so that what uses it is not reported too.
      columns.append(column?.schema ?? ColumnSchema(name: spec.name.value, type: .real, role: .feature))
    }
    return (made, columns, left)
  }
}
