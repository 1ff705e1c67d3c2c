import Documents
import Reports
import Tables

/// What a report holds of a measurement besides its statistics: every run's metrics, without the columns that are carried
/// along from datasets, which are not this report's to publish.
package struct MeasurementFiles: Sendable {
  /// The measurement.
  package let measure: ResolvedMeasure
  /// The dataset in the catalogue that the architectures are rows of; nil for sampled ones.
  package let dataset: String?

  /// Joins a measurement and the dataset of its architectures.
  package init(measure: ResolvedMeasure, dataset: String?) {
    self.measure = measure
    self.dataset = dataset
  }

  private static let keys = [ResolvedMeasure.architecture, ResolvedMeasure.seed, ResolvedMeasure.batch]

  /// The source of the architectures and all settings: enough to measure again, and for `RecordedSettings` to read.
  package var settings: JSONValue {
    let source: JSONValue =
      switch measure.spec.architectures {
      case .sample(let sample):
        .record(["sample": .integer(sample.count), "seed": .integer(sample.seed)])
      case .dataset(let columns):
        .record([
          "dataset": .string(dataset ?? columns.dataset.value), "recipe": .string(columns.recipe.value),
          "id": .string(columns.id.value),
        ])
      }
    var members: [JSONMember] = [
      JSONMember(key: "title", value: .string(measure.title)), JSONMember(key: "architectures", value: source),
      JSONMember(key: "seeds", value: .array(measure.spec.network.seeds.map { .integer($0) })),
      JSONMember(key: "batches", value: .array(measure.spec.tokens.batches.map { .integer($0) })),
    ]
    if measure.spec.paired { members.append(JSONMember(key: "paired", value: .bool(true))) }
    let settings = (measure.settings.parameters.members ?? []).map { member in
      member.key == "proxies"
        ? JSONMember(key: member.key, value: .array(measure.settings.proxies.map(\.record))) : member
    }
    return .object(members + settings)
  }

  /// The files of the runs.
  ///
  /// - Parameter runs: A row for each architecture, seed and batch.
  package func files(_ runs: Table) -> ReportMeasurement {
    let keys = Self.keys.compactMap { runs[$0.name] }
    let metrics = measure.metrics.compactMap { runs[$0.name] }
    var rows: [[ReportTable.Cell]] = []
    var undefined: [[ReportTable.Cell]] = []
    for row in 0..<runs.rowCount {
      let key = keys.map { Self.cell($0[row]) }
      rows.append(key + metrics.map { Self.cell($0[row]) })
      for column in metrics {
        guard case .undefined(let reason) = column[row] else { continue }
        undefined.append(key + [.init(column.schema.name), .init(reason)])
      }
    }
    let names = keys.map(\.schema.name)
    func table(_ columns: [String], _ rows: [[ReportTable.Cell]]) -> ReportTable {
      ReportTable(name: measure.name, caption: "\(measure.title)", columns: columns.map { .init($0) }, rows: rows)
    }
    return ReportMeasurement(
      name: measure.name, settings: settings, runs: table(names + metrics.map(\.schema.name), rows),
      undefined: table(names + ["metric", "reason"], undefined))
  }

  private static func cell(_ cell: Cell) -> ReportTable.Cell {
    switch cell {
    case .text(let text): .init(text)
    case .integer(let value): .init("\(value)", value: .integer(value))
    case .real(let value): .init("\(value)", value: .number(value))
    case .boolean(let value): .init("\(value)", value: .bool(value))
    case .undefined: .init("", value: .null)
    }
  }
}
