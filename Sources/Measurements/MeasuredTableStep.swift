import Documents
import Outcomes
import Pipeline
import Tables

/// A measured table as other steps read it: every run, in clusters of one architecture; or every architecture, its metrics
/// averaged over runs.
package struct MeasuredTableStep: SynchronousStep {
  let measure: ResolvedMeasure
  let isRuns: Bool
  package let kind = StepKind("measured-table", version: 2)

  /// Makes the step of a table.
  package init(measure: ResolvedMeasure, isRuns: Bool) {
    self.measure = measure
    self.isRuns = isRuns
  }

  package var name: String { "table/\(isRuns ? measure.spec.runsName : measure.name)" }

  package var parameters: JSONValue {
    .record([
      "rows": isRuns ? "runs" : "architectures", "runs": .integer(measure.runs.count),
      "columns": .array(measure.columns(ofRuns: isRuns).map { .string($0.name) }),
      "metrics": .array(measure.metrics.map { .string($0.name) }),
    ])
  }

  package var inputs: [StepInput] { [StepInput("runs", from: "measure/\(measure.name)")] }

  package func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let runs = try inputs.table("runs")
    return .table(isRuns ? clustered(runs) : measure.averaged(runs))
  }

  private func clustered(_ runs: Table) -> Table {
    let clusters = runs.groups(by: [ResolvedMeasure.architecture.name])
    return runs.adding(Column(schema: .cluster, storage: .integer(clusters)))
  }
}

extension ResolvedMeasure {
  /// The first run of each architecture, its metrics replaced by their means in the order of runs; a metric that is
  /// undefined in any run is undefined, with the first such reason.
  func averaged(_ runs: Table) -> Table {
    let count = self.runs.count
    let firsts = Array(stride(from: 0, to: runs.rowCount, by: max(1, count)))
    let names = Set(columns(ofRuns: false).map(\.name))
    let first = runs.selecting(rows: firsts)
    var table = Table(columns: first.columns.filter { names.contains($0.schema.name) }, origins: first.origins)
    for schema in metrics {
      guard let column = runs[schema.name] else { continue }
      let cells = firsts.map { start -> Cell in
        // Deviations from the first run are averaged: what does not differ between runs keeps its digits.
        var first: Double?
        var deviations = 0.0
        for row in start..<min(start + count, runs.rowCount) {
          switch column[row] {
          case .real(let value):
            deviations += value - (first ?? value)
            first = first ?? value
          case .undefined(let reason): return .undefined(reason)
          default: return .undefined("not a number")
          }
        }
        return .real((first ?? 0) + deviations / Double(count))
      }
      table = table.adding(Column(schema, cells: cells))
    }
    return table
  }
}
