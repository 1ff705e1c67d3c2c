import Diagnostics
import Documents
import Pipeline
import Runner
import Store

/// Warns of rows that are repeats of one another and drawn one by one all the same.
enum RepeatedRows {
  /// What the spec tells, and what the data of a run tell beyond it.
  static func warnings(_ resolved: ResolvedAnalysis, _ result: ExecutionResult, _ store: Store) -> [Diagnostic] {
    var warnings = resolved.warnings
    if let digest = result.records["results"]?.output, let bytes = try? store.artifact(digest),
      let document = try? DocumentReader.read(bytes, file: "results", limits: .data)
    {
      warnings += Self.warnings(resolved, JSONValue(document))
    }
    return warnings.sortedByLocation()
  }

  /// The warnings of tables whose results count repeated rows, but for those that the spec itself has told.
  static func warnings(_ resolved: ResolvedAnalysis, _ results: JSONValue) -> [Diagnostic] {
    resolved.tables.compactMap { table in
      guard let count = results[table.name]?["repeated-rows"]?.int, count > 0 else { return nil }
      guard let use = table.use else { return nil }
      let place = use.clusterBy.value == .declared ? use.name.location : use.clusterBy.location
      guard !resolved.warnings.contains(where: { $0.location == place }) else { return nil }
      return Diagnostic(
        id: "repeats-drawn-apart", severity: .warning, location: place,
        message: "\(count) rows of \(table.name) repeat all metrics of another, and rows are drawn one by one",
        reason: "repeats taken as independent make intervals too narrow and p-values too small",
        fix: "add `cluster-by: metric-vector`, or the columns by which rows are repeats, to \(table.name)")
    }
  }
}
