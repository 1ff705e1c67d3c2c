import Diagnostics
import Tables

/// Reads the runs of a measurement from the files of a report, and holds them against its settings.
struct ReportedRuns {
  let measurement: ReportedMeasurement
  private var list = DiagnosticList()

  init(_ measurement: ReportedMeasurement) { self.measurement = measurement }

  /// Stands for a cell without a value until its reason is known; no reason of a file is the same.
  private static let unexplained = "\u{0}"
  /// What is to be done about a file that does not fit.
  private static let fix = "make the report anew with this version of trainfree"

  /// A row for each run, in the order of the file, as `MeasureStep` makes them.
  ///
  /// - Parameters:
  ///   - runs: The file of values.
  ///   - undefined: The file of the reasons for cells without a value.
  /// - Throws: `DiagnosticsError` with every problem: what is no CSV, columns and cells that do not fit, rows that are not all runs of
  ///   each architecture in order, values without a reason and reasons without a place.
  static func read(
    _ measurement: ReportedMeasurement, runs: [UInt8], undefined: [UInt8]
  ) throws(DiagnosticsError) -> Table {
    var reader = ReportedRuns(measurement)
    let metrics = measurement.measure.metrics
    let keys = [ResolvedMeasure.architecture, ResolvedMeasure.seed, ResolvedMeasure.batch]
    let values = try reader.table(
      runs, of: measurement.runs,
      keys.map { CSVColumn(schema: $0, header: $0.name) }
        + metrics.map { CSVColumn(schema: $0, header: $0.name, missing: ["": Self.unexplained]) })
    let reasons = try reader.table(
      undefined, of: measurement.undefined,
      (keys + [ColumnSchema(name: "metric", type: .text), ColumnSchema(name: "reason", type: .text)]).map {
        CSVColumn(schema: $0, header: $0.name)
      })
    reader.checkRuns(values)
    let explained = reader.explained(values, reasons)
    let table = reader.withID(explained)
    guard reader.list.findings.isEmpty else { throw DiagnosticsError(reader.list.findings) }
    return table
  }

  private mutating func table(
    _ bytes: [UInt8], of file: ReportedMeasurement.File, _ columns: [CSVColumn]
  ) throws(DiagnosticsError) -> Table {
    func mended(_ problems: [Diagnostic]) -> [Diagnostic] {
      problems.map { problem in
        var problem = problem
        (problem.reason, problem.fix) = (nil, Self.fix)
        return problem
      }
    }
    do throws(DiagnosticsError) {
      let outcome = try CSVImport(columns: columns).read(bytes, file: measurement.path(file))
      for problem in mended(outcome.problems) { list.append(problem) }
      return outcome.table
    } catch {
      throw DiagnosticsError(list.findings + mended(error.diagnostics))
    }
  }

  private mutating func report(_ row: Int, of table: Table, _ message: String) {
    let origin = table.origins[row]
    list.append(
      Diagnostic(
        id: "bad-run", location: SourceLocation(file: origin.file, line: origin.line ?? 1), message: message,
        fix: Self.fix))
  }

  /// Reports rows that are not the runs of an architecture, in order, and architectures that stand in two places.
  private mutating func checkRuns(_ table: Table) {
    let runs = measurement.measure.runs
    guard let names = table[ResolvedMeasure.architecture.name], let seeds = table[ResolvedMeasure.seed.name],
      let batches = table[ResolvedMeasure.batch.name], !runs.isEmpty
    else { return }
    var seen: Set<String> = []
    for row in 0..<table.rowCount {
      let (run, name) = (runs[row % runs.count], names.text(row) ?? "")
      if row % runs.count == 0 {
        if name.isEmpty { report(row, of: table, "the architecture has no name") }
        if !seen.insert(name).inserted { report(row, of: table, "the architecture \(name) stands above already") }
      } else if name != names.text(row - 1) {
        report(row, of: table, "another run of \(names.text(row - 1) ?? "") is expected here")
      }
      if seeds[row] != .integer(run.seed) || batches[row] != .integer(run.batch) {
        report(row, of: table, "the run of seed \(run.seed) and batch \(run.batch) is expected here")
      }
    }
    if table.rowCount == 0 || table.rowCount % runs.count != 0 {
      list.append(
        Diagnostic(
          id: "bad-run", location: SourceLocation(file: measurement.file, line: 1),
          message: "\(table.rowCount) rows are not \(runs.count) for each architecture", fix: Self.fix))
    }
  }

  /// The table with the reasons of its cells without a value.
  private mutating func explained(_ table: Table, _ reasons: Table) -> Table {
    let keys = [ResolvedMeasure.architecture, ResolvedMeasure.seed, ResolvedMeasure.batch].map(\.name)
    func key(_ row: Int, _ table: Table) -> [String] { keys.map { table[$0]?.text(row) ?? "" } }
    var rows: [[String]: Int] = [:]
    for row in 0..<table.rowCount { rows[key(row, table)] = row }
    var known: [String: [Int: String]] = [:]
    for row in 0..<reasons.rowCount {
      let metric = reasons["metric"]?.text(row) ?? ""
      let reason = reasons["reason"]?.text(row) ?? ""
      guard let place = rows[key(row, reasons)], table[metric]?.undefined[place] == Self.unexplained else {
        report(row, of: reasons, "there is no such cell without a value")
        continue
      }
      if reason.isEmpty { report(row, of: reasons, "there is no reason") }
      if known[metric, default: [:]].updateValue(reason, forKey: place) != nil {
        report(row, of: reasons, "the cell stands above already")
      }
    }
    let columns = table.columns.map { column -> Column in
      var undefined = column.undefined
      for row in undefined.keys.sorted() where undefined[row] == Self.unexplained {
        undefined[row] = known[column.schema.name]?[row]
        guard undefined[row] == nil else { continue }
        undefined[row] = "no reason"
        report(row, of: table, "\(column.schema.name) has neither a value nor a reason")
      }
      return Column(schema: column.schema, storage: column.storage, undefined: undefined)
    }
    return Table(columns: columns, origins: table.origins)
  }

  /// The table with the column that tells the architectures apart in their dataset.
  private mutating func withID(_ table: Table) -> Table {
    guard let id = measurement.measure.id, id.name != ResolvedMeasure.architecture.name,
      let names = table[ResolvedMeasure.architecture.name]
    else { return table }
    let cells = (0..<table.rowCount).map { row -> Cell in
      let text = names.text(row) ?? ""
      let cell: Cell? =
        switch id.type {
        case .text: .text(text)
        case .integer: Int(text).map { .integer($0) }
        case .real: Double(text).flatMap { $0.isFinite ? .real($0) : nil }
        case .boolean: Bool(text).map { .boolean($0) }
        }
      if let cell { return cell }
      report(row, of: table, "\(text) is no value of \(id.name)")
      return .undefined("of another type")
    }
    return Table(
      columns: [names, Column(id, cells: cells)] + table.columns.dropFirst(), origins: table.origins)
  }
}
