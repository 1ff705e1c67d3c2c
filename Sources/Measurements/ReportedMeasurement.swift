import Datasets
import Diagnostics
import Documents
import Files
import Specs
import Tables

/// A measurement that the report of another analysis holds, as a dataset: what the report says of it, and the digests of its files.
///
/// `ANALYSIS/NAME` has a row for each architecture, metrics averaged over runs, and `ANALYSIS/NAME-runs` one for each run, as the tables of
/// a measurement in its own analysis. Columns are those of that analysis, without features and columns carried along, which the
/// report does not hold.
package struct ReportedMeasurement: Sendable {
  /// A file of the report.
  package struct File: Sendable, Hashable {
    /// Its path in the report's folder.
    package var name: String
    /// Its SHA-256.
    package var digest: String
  }

  /// The identifier of the analysis that measured.
  package let analysis: String
  /// The measurement as that analysis has it.
  package let measure: ResolvedMeasure
  /// True for a row for each run.
  package let isRuns: Bool
  /// SHA-256 of the spec that the report was made from.
  package let specDigest: String
  /// The version of trainfree that made it.
  package let version: String
  /// The values of the runs.
  package let runs: File
  /// The reasons of undefined values.
  package let undefined: File

  /// The path of a file from the folder of all reports, the same on every machine.
  func path(_ file: File) -> String { "reports/\(analysis)/\(file.name)" }

  /// The path of the file of values from the folder of all reports.
  package var file: String { path(runs) }

  /// The name that a spec has for the table.
  package var use: String { "\(analysis)/\(isRuns ? measure.spec.runsName : measure.name)" }

  /// The columns of its table.
  package var columns: [ColumnSchema] { columns(ofRuns: isRuns) }

  /// The columns of a table of architectures or of runs; recipes of sampled architectures are not in the report.
  func columns(ofRuns isRuns: Bool) -> [ColumnSchema] {
    measure.columns(ofRuns: isRuns).filter { $0.name != ResolvedMeasure.recipe.name || measure.id?.name == $0.name }
  }
}

extension ReportFolders {
  /// Looks a measurement up, and holds its files against the report's digests. Reads no values.
  ///
  /// - Parameters:
  ///   - use: `ANALYSIS/NAME` or `ANALYSIS/NAME-runs`.
  ///   - catalog: The catalogue, which knows the type of the architectures' names.
  ///   - engine: The engine, which knows the columns of metrics.
  /// - Throws: `DiagnosticsError` with every problem: no such report or measurement, files that are missing, links, too large or changed,
  ///   settings that cannot be read.
  package func measurement(
    _ use: Located<String>, catalog: Catalog, engine: any ArchitectureMeasuring
  ) throws(DiagnosticsError) -> ReportedMeasurement {
    let parts = use.value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy({ KebabCase.isName($0) }) else {
      throw DiagnosticsError([
        Diagnostic(
          id: "bad-measurement", location: use.location, message: "\(use.value) is not the name of a measurement",
          fix: "write the analysis and its measurement, such as transformers-recomputed/trained")
      ])
    }
    let report = try report(of: parts[0], at: use.location)
    let known = report.measurements
    let base = parts[1].hasSuffix("-runs") ? String(parts[1].dropLast("-runs".count)) : parts[1]
    guard let name = known.contains(parts[1]) ? parts[1] : known.contains(base) ? base : nil else {
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-measurement", location: use.location,
          message: "the report of \(parts[0]) has no measurement \(parts[1])",
          fix: Suggestion.closest(to: parts[1], in: known).map { "did you mean \($0)?" }
            ?? Suggestion.listing(known).map { "there are: \($0)" } ?? "name a report that has measurements")
      ])
    }
    return try ReportReader(report, catalog: catalog, engine: engine).measurement(
      Located(name, at: use.location), isRuns: name != parts[1])
  }
}

/// Reads what a report says of its measurements, and collects what is wrong.
private struct ReportReader {
  let report: ReportFolder
  let catalog: Catalog
  let engine: any ArchitectureMeasuring

  init(_ report: ReportFolder, catalog: Catalog, engine: any ArchitectureMeasuring) {
    (self.report, self.catalog, self.engine) = (report, catalog, engine)
  }

  func measurement(_ name: Located<String>, isRuns: Bool) throws(DiagnosticsError) -> ReportedMeasurement {
    var problems: [Diagnostic] = []
    var kind = FailureKind.badInput
    func gather<Value>(_ read: () throws(DiagnosticsError) -> Value) -> Value? {
      do throws(DiagnosticsError) { return try read() } catch {
        problems += error.diagnostics
        kind = error.kind
        return nil
      }
    }
    let origin = gather { () throws(DiagnosticsError) in try self.origin() }
    let measure = gather { () throws(DiagnosticsError) in try self.measure(name) }
    let files = ["", "-undefined"].map { "measurements/\(name.value)\($0).csv" }.map { path in
      gather { () throws(DiagnosticsError) in
        _ = try report.bytes(path, limit: ReportFolder.runsLimit)
        return ReportedMeasurement.File(name: path, digest: report.digests[path] ?? "")
      }
    }
    guard problems.isEmpty, let origin, let measure, let runs = files[0], let undefined = files[1] else {
      throw DiagnosticsError(problems, kind: kind)
    }
    return ReportedMeasurement(
      analysis: report.analysis, measure: measure, isRuns: isRuns, specDigest: origin.spec, version: origin.version,
      runs: runs, undefined: undefined)
  }

  /// The digest of the report's spec, and the version that made it.
  private func origin() throws(DiagnosticsError) -> (spec: String, version: String) {
    let name = "provenance.json"
    let root = try report.mending { () throws(DiagnosticsError) in
      let bytes = try report.bytes(name, limit: ReportFolder.settingsLimit)
      return try DocumentReader.read(bytes, file: report.shown(name))
    }
    var problems: [Diagnostic] = []
    func text(_ key: String, _ expected: String, _ isFitting: (String) -> Bool) -> String {
      if let text = root[key]?.text, isFitting(text) { return text }
      problems.append(
        Diagnostic(
          id: "bad-provenance", location: root[key]?.location ?? root.location, message: "\(key) is not \(expected)",
          fix: report.fix))
      return ""
    }
    let spec = text("spec SHA-256", "a SHA-256") { ReportFolder.isDigest(Array($0.utf8)) }
    let version = text("trainfree", "a version") { (1...64).contains($0.utf8.count) }
    _ = text("analysis", "the analysis whose folder this is") { $0 == report.analysis }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return (spec, version)
  }

  /// The measurement, from its settings.
  private func measure(_ name: Located<String>) throws(DiagnosticsError) -> ResolvedMeasure {
    let path = "measurements/\(name.value).json"
    let recorded = try report.mending { () throws(DiagnosticsError) in
      try RecordedSettings.parse(
        try report.bytes(path, limit: ReportFolder.settingsLimit), file: report.shown(path))
    }
    var problems = DiagnosticList()
    func found(_ name: Located<String>, _ id: String, _ message: String) {
      problems.append(Diagnostic(id: id, location: name.location, message: message, fix: report.fix))
    }
    for metric in recorded.metrics where !engine.isMetric(metric.value) {
      found(metric, "unknown-metric", "there is no metric \(metric.value)")
    }
    let spec = recorded.spec(name: name)
    let settings = MeasureSettings(spec, metrics: recorded.metrics.map(\.value), base: "")
    var measure = ResolvedMeasure(
      spec: spec, settings: settings, features: [], metrics: engine.metricColumns(of: settings))
    if spec.runCount > AnalysisChecks.greatestRuns {
      found(name, "too-many", "every architecture was measured over \(AnalysisChecks.greatestRuns) times")
    }
    if case .dataset(let dataset, _, let id) = recorded.architectures {
      measure.id =
        catalog.dataset(dataset)?.columns.first { $0.name == id }
        ?? ColumnSchema(name: id, type: .text, role: .identifier)
    }
    var seen: Set<String> = []
    for column in measure.columns(ofRuns: true) where !seen.insert(column.name).inserted {
      found(name, "duplicate-column", "the measurement has two columns \(column.name)")
    }
    guard problems.findings.isEmpty else { throw DiagnosticsError(problems.findings) }
    return measure
  }
}
