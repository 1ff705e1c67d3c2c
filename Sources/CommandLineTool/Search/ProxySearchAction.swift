import ArgumentParser
import Datasets
import Diagnostics
import Documents
import Files
import Measurements
import Outcomes
import Pipeline
import Proxies
import SearchSpaces
import Sizes
import Specs
import Store
import Synchronization
import Tables

/// Searches for a proxy on the architectures of a table, and says what it found on architectures it never saw.
///
/// Features of every architecture are computed once and kept in the store, so that another search on them measures nothing.
struct ProxySearchAction {
  /// The columns that are read.
  struct Columns {
    /// Records or configurations as JSON; the first of `record`, `configuration` and `recipe` that there is when nil.
    var record: String?
    /// What is to be told; the target of the analysis when nil.
    var target: String?
    var better: Direction?
    /// Columns of size.
    var sizes: [String]
    /// Further columns that a program is held against.
    var baselines: [String]
    /// The trained network of each row; the table's clusters when nil.
    var unit: String?
  }

  /// What of an architecture is measured.
  struct Measured {
    var settings: (ArchitectureKind) throws -> MeasureSettings
    var inputs: [ProxyInput]
    var cotangent: Cotangent?
    var seed: Int
  }

  let source: TableSource
  let columns: Columns
  let measured: Measured
  let spec: ProxySearchSpec
  let options: ExecutionOptions
  let storePath: String
  let places: PlaceOptions
  let console: Console

  /// The version of the features: raise it when they would come out otherwise.
  private static let version = 1

  func run() async throws {
    if let fault = spec.fault { throw Self.problem("bad-search", fault.text, fix: "choose other settings") }
    let (table, analysis) = try await source.rows(options, storePath: storePath, places: places, console: console)
    let target = try number(columns.target ?? ownTarget(table, analysis), "--target", table)
    let records = try record(of: table)
    let sizes = try columns.sizes.map { ($0, try number($0, "--size", table)) }
    let others = try columns.baselines.map { ($0, try number($0, "--baseline", table)) }
    let known = (0..<table.rowCount).filter { row in
      target.values[row] != nil && records.text(row) != nil && (sizes + others).allSatisfy { $1.values[row] != nil }
    }
    guard let first = known.first, let text = records.text(first) else {
      throw Self.problem("no-rows", "no row has a value in every column that is read", fix: "name other columns")
    }
    let kind = try ArchitectureRecord.read(Array(text.utf8), file: Self.place(table, first, records)).record.kind
    let settings = try measured.settings(kind)
    let features = try await features(of: known, records, table, settings)
    let problem: ProxySearchProblem
    let units = try units(of: known, table)
    do throws(Reason) {
      func column(_ name: String, _ values: [Double?]) -> ProxyColumn {
        ProxyColumn(name, known.compactMap { values[$0] })
      }
      problem = try ProxySearchProblem(
        features: features, target: known.compactMap { target.values[$0] },
        higherIsBetter: (columns.better ?? target.better ?? .higher) == .higher, units: units,
        sizes: sizes.map { column($0.0, $0.1.values) }, baselines: others.map { column($0.0, $0.1.values) })
    } catch {
      throw Self.problem("bad-search", error.text, fix: "name other columns")
    }
    let search: ProxySearch
    do throws(Reason) { search = try ProxySearch(problem, spec: spec) } catch {
      throw Self.problem("bad-search", error.text, fix: "choose other settings")
    }
    console.progress("searching")
    let folds = await WorkerGroup.map(0..<search.searchCount, workers: options.workers) { search.fold($0) }
    try show(search.report(folds), settings, left: table.rowCount - known.count)
  }

  private func show(_ report: ProxySearchReport, _ settings: MeasureSettings, left: Int) throws {
    if console.isJSON {
      let results = try JSONValue(encoding: report)
      console.data([
        "source": .string(source.source), "network": settings.networkJSON,
        "tokens": .string(words(settings)), "rows-left-out": .integer(left), "results": results,
      ])
      return
    }
    console.data(
      "Features of \(words(settings)), seed \(measured.seed); inputs \(measured.inputs.map(\.rawValue).joined(separator: ", "))"
        + (left > 0 ? "; \(left) rows without a value left out" : "") + "\n" + report.text + "\n")
  }

  private func words(_ settings: MeasureSettings) -> String {
    "\(settings.tokens.columns) sequences of \(settings.tokens.steps) tokens, \(settings.tokens.use)"
  }

  // MARK: Columns

  private static func problem(_ id: String, _ message: String, fix: String) -> DiagnosticsError {
    DiagnosticsError([Diagnostic(id: id, message: message, fix: fix)])
  }

  private func column(_ name: String, _ option: String, _ table: Table) throws(DiagnosticsError) -> Column {
    if let column = table[name] { return column }
    throw Self.problem(
      "unknown-column", "\(option): \(source.source) has no column \(name)",
      fix: Suggestion.closest(to: name, in: table.columnNames).map { "did you mean \($0)?" }
        ?? "`trainfree data show` lists the columns")
  }

  /// The numbers of a column, and its better end.
  private func number(
    _ name: String, _ option: String, _ table: Table
  ) throws(DiagnosticsError) -> (values: [Double?], better: Direction?) {
    let column = try column(name, option, table)
    guard column.schema.type != .text else {
      throw Self.problem("not-numeric", "\(option): column \(name) holds no numbers", fix: "name one that does")
    }
    return (column.numbers.map { $0?.isFinite == true ? $0 : nil }, column.schema.better)
  }

  private func ownTarget(_ table: Table, _ analysis: Analysis) throws(DiagnosticsError) -> String {
    let name = try source.name(in: analysis)
    if let target = analysis.target, target.dataset.value == name { return target.column.value }
    throw source.lacksTarget(name)
  }

  private func record(of table: Table) throws(DiagnosticsError) -> Column {
    if let name = columns.record {
      let column = try column(name, "--record", table)
      guard column.schema.type == .text else {
        throw Self.problem("not-text", "--record: column \(name) holds no text", fix: "name the one with architectures")
      }
      return column
    }
    let known = ["record", "configuration", "recipe"]
    if let column = known.lazy.compactMap({ table[$0] }).first(where: { $0.schema.type == .text }) { return column }
    throw Self.problem(
      "no-record", "\(source.source) has none of the columns \(known.joined(separator: ", "))",
      fix: "add --record with the column of the architectures")
  }

  /// A number for the unit of each row.
  private func units(of rows: [Int], _ table: Table) throws(DiagnosticsError) -> [Int]? {
    if let name = columns.unit {
      let column = try column(name, "--unit", table)
      var numbers: [String: Int] = [:]
      return rows.map { row in
        let text = column.text(row) ?? "row \(row)"
        let number = numbers[text] ?? numbers.count
        numbers[text] = number
        return number
      }
    }
    return table.clusters.map { clusters in rows.map { clusters[$0] } }
  }

  private static func place(_ table: Table, _ row: Int, _ records: Column) -> String {
    let origin = table.origins[row]
    return (origin.line.map { "\(origin.file):\($0)" } ?? origin.file) + " (\(records.schema.name))"
  }

  // MARK: Features

  /// The features of the architectures of rows: those of the store, and those that are made now.
  private func features(
    of rows: [Int], _ records: Column, _ table: Table, _ settings: MeasureSettings
  ) async throws -> [ProxyFeatures] {
    let catalog = try Home.find(places.home).catalog()
    let digests = try Engine.standard.tokenFiles(of: settings, catalog: catalog).digests
    guard
      let session = try Engine.standard.session(settings, catalog: catalog, location: .standard(places))
        as? EngineSession
    else { throw ExitStatus.inner }
    try session.checkBatch(0)
    let requests = try rows.map { row -> EvaluationRequest in
      let text = records.text(row) ?? ""
      return EvaluationRequest(
        try session.architecture(text, source: Self.place(table, row, records)), seed: measured.seed, batch: 0)
    }
    let shared =
      "proxy-features: \(Self.version)\nengine: \(Engine.standard.version)\nsettings: \(settings.parameters.text())\n"
      + digests.map { "tokens.\($0.name): \($0.value)\n" }.joined()
      + "inputs: \(measured.inputs.map(\.rawValue))\ncotangent: \(measured.cotangent?.rawValue ?? "")\n"
    let configuration = SHA256.hexDigest(shared)
    let keys = requests.map { SHA256.hexDigest("\(shared)seed: \($0.seed)\narchitecture: \($0.architecture.text)\n") }
    let store = try Store.open(storePath)
    var known: [String: ProxyFeatures] = [:]
    for (key, record) in try store.evaluations(keys) { known[key] = Self.features(of: record.outcome) }
    var seen: Set<String> = []
    let waiting = keys.indices.filter { known[keys[$0]] == nil && seen.insert(keys[$0]).inserted }
    // Features are kept as they end; what is said at an interruption is that.
    let interruption = Interruption.shared.atEnd {}
    defer { Interruption.shared.cancel(interruption) }
    let progress = ProgressLine(console: console, total: 1)
    let done = Mutex(0)
    let (inputs, cotangent) = (measured.inputs, measured.cotangent)
    let made = await WorkerGroup.map(0..<waiting.count, workers: options.workers) {
      index -> Result<ProxyFeatures, EvaluationFailure> in
      let place = waiting[index]
      let outcome = Self.made(session, requests[place], inputs, cotangent)
      if case .success(let features) = outcome, let text = try? JSONValue(encoding: features).text() {
        try? store.record(
          EvaluationRecord(key: keys[place], configuration: configuration, outcome: text, seconds: 0, peakBytes: 0))
      }
      let count = done.withLock { done in
        done += 1
        return done
      }
      progress.show(.progressed("features", done: count, total: waiting.count))
      return outcome
    }
    for (place, outcome) in zip(waiting, made) {
      switch outcome {
      case .success(let features): known[keys[place]] = features
      case .failure(let failure):
        throw Self.problem(
          "no-features", "\(Self.place(table, rows[place], records)): \(failure.reason.text)",
          fix: "leave the row out, or choose other sizes")
      }
    }
    return keys.compactMap { known[$0] }
  }

  private static func made(
    _ session: EngineSession, _ request: EvaluationRequest, _ inputs: [ProxyInput], _ cotangent: Cotangent?
  ) -> Result<ProxyFeatures, EvaluationFailure> {
    do throws(EvaluationFailure) {
      return .success(
        try session.makeEngineWorker().proxyFeatures(request, inputs: inputs, cotangent: cotangent))
    } catch { return .failure(error) }
  }

  /// Stored features; nil for what cannot be read, which is made again.
  private static func features(of text: String) -> ProxyFeatures? {
    guard let node = try? DocumentReader.read(Array(text.utf8), file: "features", limits: .data) else { return nil }
    return Outcome<ProxyFeatures>.of { () throws(Reason) in try JSONValue(node).decoded() }.value
  }
}
