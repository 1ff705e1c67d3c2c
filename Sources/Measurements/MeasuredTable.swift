import Datasets
import Documents
import Tables

/// The table of a measurement's runs, and what is to be said about it.
struct MeasuredTable {
  let measure: ResolvedMeasure
  let units: ArchitectureUnits
  /// The dataset that the architectures are rows of.
  let dataset: Table?
  let evaluations: MeasuredOutcomes

  /// A row for each architecture, seed and batch.
  var runs: Table {
    let all = units.units
    let count = measure.runs.count
    let places = all.indices.flatMap { Array(repeating: $0, count: count) }
    func perUnit(_ schema: ColumnSchema, _ cells: [Cell]) -> Column { Column(schema, cells: places.map { cells[$0] }) }
    var columns = [perUnit(ResolvedMeasure.architecture, all.map { .text($0.name) })]
    func carried(_ schema: ColumnSchema) -> Column? {
      var column = dataset?[schema.name]?.selecting(rows: places.map { all[$0].row })
      column?.schema = schema
      return column
    }
    if let id = measure.id, id.name != ResolvedMeasure.architecture.name, let column = carried(id) {
      columns.append(column)
    }
    let runs = measure.runs
    columns.append(Column(ResolvedMeasure.seed, cells: all.flatMap { _ in runs.map { .integer($0.seed) } }))
    columns.append(Column(ResolvedMeasure.batch, cells: all.flatMap { _ in runs.map { .integer($0.batch) } }))
    if measure.id == nil {
      columns.append(
        perUnit(ResolvedMeasure.recipe, all.map { $0.recipe.map { .text($0) } ?? .undefined("no recipe") }))
    }
    columns += measure.kept.compactMap(carried)
    for (index, schema) in measure.features.enumerated() {
      columns.append(
        perUnit(
          schema,
          all.map { unit in
            switch unit.architecture {
            case .success(let architecture):
              index < architecture.features.count ? architecture.features[index] : .undefined("not computed")
            case .failure(let unreadable): .undefined(unreadable.text)
            }
          }))
    }
    let cells = all.flatMap { unit in runs.map { outcomes(unit, $0.seed, $0.batch) } }
    for (index, schema) in measure.metrics.enumerated() {
      columns.append(Column(schema, cells: cells.map { $0[index] }))
    }
    return Table(columns: columns, origins: places.map { all[$0].origin })
  }

  private func outcomes(_ unit: ArchitectureUnits.Unit, _ seed: Int, _ batch: Int) -> [Cell] {
    switch unit.architecture {
    case .failure(let unreadable): return measure.metrics.map { _ in .undefined(unreadable.text) }
    case .success(let architecture):
      guard let outcomes = evaluations.of(architecture, seed: seed, batch: batch) else {
        return measure.metrics.map { _ in .undefined("not measured") }
      }
      return outcomes.map { outcome in
        switch outcome {
        case .success(let number): .real(number)
        case .failure(let reason): .undefined(reason.text)
        }
      }
    }
  }

  /// Counts, and reasons for what is undefined.
  var report: MeasuredReport {
    let skipped = [
      ("rows with a recipe that stands above", units.repeated), ("rows that were not drawn", units.unselected),
    ].filter { $0.1 > 0 }
    var report = MeasuredReport(of: runs, measure, rowsRead: units.candidates)
    report.skippedCount = units.repeated + units.unselected
    report.skipped = skipped.map { .init(reason: $0.0, count: $0.1, examples: []) }
    return report
  }
}

/// Counts of the architectures of a measurement, with the reasons for what is undefined; see `ImportReport`.
package struct MeasuredReport: Codable, Sendable, Hashable {
  /// Rows of the dataset, or recipes, that were there to be measured.
  package var rowsRead: Int
  package var architectures: Int
  package var seeds: Int
  package var batches: Int
  /// Architectures with a value that is undefined.
  package var undefinedArchitectures: Int
  package var skippedCount: Int
  /// Rows that were not measured.
  package var skipped: [ImportReport.Item]
  /// The reasons why values are undefined, each with the number of its architectures; the twenty most frequent.
  package var missing: [ImportReport.Item]
}

extension MeasuredReport {
  /// Counts of the architectures in a table with a row for each run, and the reasons of the metrics that are undefined there; none
  /// skipped.
  init(of runs: Table, _ measure: ResolvedMeasure, rowsRead: Int) {
    let names = runs[ResolvedMeasure.architecture.name]
    let metrics = measure.metrics.compactMap { runs[$0.name] }.filter { !$0.undefined.isEmpty }
    var reasons: [String: [String]] = [:]
    var (incomplete, architectures) = (0, 0)
    var own: Set<String> = []
    func close(_ row: Int) {
      if !own.isEmpty { incomplete += 1 }
      for reason in own { reasons[reason, default: []].append(names?.text(row) ?? "") }
      own = []
    }
    for row in 0..<runs.rowCount {
      if row > 0, names?.text(row) != names?.text(row - 1) { close(row - 1) }
      if row == 0 || names?.text(row) != names?.text(row - 1) { architectures += 1 }
      for column in metrics { if let reason = column.undefined[row] { own.insert(reason) } }
    }
    if runs.rowCount > 0 { close(runs.rowCount - 1) }
    let missing = reasons.sorted {
      $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count
    }
    self.init(
      rowsRead: rowsRead, architectures: architectures, seeds: measure.spec.network.seeds.count,
      batches: measure.spec.tokens.batches.count, undefinedArchitectures: incomplete, skippedCount: 0, skipped: [],
      missing: missing.prefix(20).map { reason, names -> ImportReport.Item in
        .init(reason: "undefined: \(reason)", count: names.count, examples: Array(names.prefix(5)))
      })
  }
}

extension Column {
  /// A column from cells; one of another type than the schema's is undefined with the reason "of another type". Whole
  /// numbers are taken for real ones.
  init(_ schema: ColumnSchema, cells: [Cell]) {
    var undefined: [Int: String] = [:]
    func values<Value>(_ placeholder: Value, _ read: (Cell) -> Value?) -> [Value] {
      cells.enumerated().map { row, cell in
        if case .undefined(let reason) = cell {
          undefined[row] = reason
          return placeholder
        }
        guard let value = read(cell) else {
          undefined[row] = "of another type"
          return placeholder
        }
        return value
      }
    }
    let storage: Storage =
      switch schema.type {
      case .text: .text(values("") { if case .text(let value) = $0 { value } else { nil } })
      case .integer: .integer(values(0) { if case .integer(let value) = $0 { value } else { nil } })
      case .boolean: .boolean(values(false) { if case .boolean(let value) = $0 { value } else { nil } })
      case .real:
        .real(
          values(0) { cell in
            switch cell {
            case .real(let value): value
            case .integer(let value): Double(value)
            default: nil
            }
          })
      }
    self.init(schema: schema, storage: storage, undefined: undefined)
  }
}
