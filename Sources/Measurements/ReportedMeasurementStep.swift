import Diagnostics
import Documents
import Outcomes
import Pipeline
import Specs
import Tables

/// Reads a measurement from the report of another analysis: a row for each run, or for each architecture with metrics averaged over
/// runs, as `MeasuredTableStep` has them; counts and reasons are a second artifact, a `MeasuredReport`.
package struct ReportedMeasurementStep: SynchronousStep {
  package let name: String
  let measurement: ReportedMeasurement
  let reports: ReportFolders

  package let kind = StepKind("reported-measurement", version: 1, dependsOnMachine: true, failsOnBadInput: true)
  package let inputs: [StepInput] = []

  /// Makes the step of a table.
  package init(name: String, measurement: ReportedMeasurement, reports: ReportFolders) {
    (self.name, self.measurement, self.reports) = (name, measurement, reports)
  }

  package var parameters: JSONValue {
    let measure = measurement.measure
    var settings: [JSONMember] = []
    if measure.spec.paired { settings.append(JSONMember(key: "paired", value: .bool(true))) }
    let always: JSONValue = .record([
      "measurement": .string(measurement.use), "rows": measurement.isRuns ? "runs" : "architectures",
      "seeds": .array(measure.spec.network.seeds.map { .integer($0) }),
      "batches": .array(measure.spec.tokens.batches.map { .integer($0) }),
      "columns": .array(
        measurement.columns(ofRuns: true).map {
          .string("\($0.name) | \($0.type.rawValue) | \($0.role.rawValue) | \($0.better?.rawValue ?? "")")
        }),
    ])
    return .object((always.members ?? []) + settings)
  }

  package var sources: [KeyField] {
    [measurement.runs, measurement.undefined].map { KeyField(measurement.path($0), $0.digest) }
  }

  package var changedSources: String? {
    do throws(DiagnosticsError) {
      _ = try files()
      return nil
    } catch {
      return error.kind == .missingInput ? nil : error.diagnostics.text
    }
  }

  /// The files with the digests that the step's key names.
  private func files() throws(DiagnosticsError) -> [[UInt8]] {
    let report = try reports.report(of: measurement.analysis, at: nil)
    var files: [[UInt8]] = []
    for file in [measurement.runs, measurement.undefined] {
      let bytes = try report.bytes(file.name, limit: ReportFolder.runsLimit)
      guard report.digests[file.name] == file.digest else {
        throw DiagnosticsError([
          Diagnostic(
            id: "changed-file", location: SourceLocation(file: report.shown(file.name), line: 1),
            message: "the file has changed while the analysis ran", fix: "run it again")
        ])
      }
      files.append(bytes)
    }
    return files
  }

  package func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    do throws(DiagnosticsError) {
      let files = try files()
      let runs = try ReportedRuns.read(measurement, runs: files[0], undefined: files[1])
      let table = measurement.isRuns ? runs : measurement.measure.averaged(runs)
      let report = MeasuredReport(of: runs, measurement.measure, rowsRead: table.rowCount)
      return .table(table, artifacts: [try json(report)])
    } catch {
      throw Reason(error.diagnostics.text)
    }
  }

  private func json(_ report: MeasuredReport) throws(DiagnosticsError) -> StepArtifact {
    do throws(Reason) { return try .json(MeasureStep.reportArtifact, report) } catch {
      throw DiagnosticsError([Diagnostic(id: "unwritable", message: error.text)])
    }
  }
}
