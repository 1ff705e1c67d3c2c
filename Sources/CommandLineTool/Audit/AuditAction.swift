import ArgumentParser
import Auditing
import Diagnostics
import Documents
import Files
import Pipeline
import Reports
import Runner
import Specs
import Store

/// Runs analyses, or reads what their last runs left, and says which claims hold.
struct AuditAction {
  let console: Console
  let places: PlaceOptions
  let storePath: String
  /// The folder with the reports' folders.
  let output: String
  let seed: Int?
  let options: ExecutionOptions
  let isFrozen: Bool
  let isStrict: Bool
  /// Names of claims to judge; all when empty.
  let wanted: [String]
  let files: AuditFiles

  /// An analysis to audit, and the publication whose claims alone are wanted; all when nil.
  struct Target {
    var session: Session
    var file: String
    var paper: String?
  }

  /// - Throws: `DiagnosticsError` with every problem of every spec, and exit statuses.
  func run(_ paths: [String]) async throws {
    let targets = try AuditTargets(home: Home.find(places.home), places: places, seed: seed, console: console).targets(
      of: paths)
    try checkWanted(targets)
    var analyses: [AuditReport.Analysis] = []
    var status = AuditStatus()
    for target in targets {
      let analysis = try await audit(target, &status)
      if !analysis.claims.isEmpty || analysis.failure != nil { analyses.append(analysis) }
    }
    let report = AuditReport(analyses: analyses, isStrict: isStrict)
    status.add(report)
    try files.write(report, console)
    if !files.takesStandardOutput { console.data(AuditText.table(report)) }
    for remark in AuditText.remarks(report) { console.log(ConsoleWriter.visible(remark)) }
    if let code = status.code { throw code }
  }

  private func checkWanted(_ targets: [Target]) throws(DiagnosticsError) {
    let known = targets.flatMap { ($0.session.resolved.claims + $0.session.resolved.findings).map(\.name) }
    let unknown = wanted.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw DiagnosticsError(
        unknown.map { name in
          Diagnostic(
            id: "unknown-claim", message: "there is no claim \(name)",
            fix: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" }
              ?? Suggestion.listing(known).map { "there are: \($0)" })
        })
    }
  }

  private func audit(_ target: Target, _ status: inout AuditStatus) async throws -> AuditReport.Analysis {
    let resolved = target.session.resolved
    let folder = "\(output)/\(resolved.analysis.id.value)"
    var analysis = AuditReport.Analysis(id: resolved.analysis.id.value, file: target.file, folder: folder, claims: [])
    let audit = ClaimAudit(resolved.audited, folder: folder)
    if isFrozen {
      analysis.claims = try kept(target, audit)
    } else {
      do {
        let judged = try await judged(target, folder: folder, &analysis, &status)
        if analysis.failure == nil { analysis.claims = try audit.claims(judged) }
      } catch let error as DiagnosticsError {
        console.report(error.diagnostics)
        status.add(ExitStatus.of(error.kind))
        analysis.failure = error.diagnostics.map(\.message).joined(separator: "\n")
      }
    }
    let origins = Dictionary(resolved.claims.map { ($0.name, $0.origin ?? "") }) { first, _ in first }
    analysis.claims.removeAll { claim in
      if !wanted.isEmpty, !wanted.contains(claim.name) { return true }
      return target.paper.map { origins[claim.name]?.hasPrefix("\($0)#") != true } ?? false
    }
    return analysis
  }

  /// The verdicts of a run.
  private func judged(
    _ target: Target, folder: String, _ analysis: inout AuditReport.Analysis, _ status: inout AuditStatus
  ) async throws -> JudgedClaims? {
    let action = RunAction(
      session: target.session, console: console, storePath: storePath, output: folder, options: options,
      isOffline: places.offline, isFrozen: false, selection: .all)
    let outcome = try await action.carryOut()
    if let code = outcome.status { status.add(code) }
    guard let record = outcome.result.records[ClaimAudit.step], let output = record.output else {
      let reasons = outcome.result.failures.map { "step \($0.name): \($0.reason)" }
      analysis.failure = reasons.isEmpty ? "its claims were not judged" : reasons.joined(separator: "\n")
      return nil
    }
    return try Self.document(output, in: try Store.openToRead(storePath)).decoded()
  }

  /// The verdicts that the last run left, with what has changed since.
  private func kept(_ target: Target, _ audit: ClaimAudit) throws -> [AuditReport.Claim] {
    guard FileSystem.exists(storePath) else {
      return try audit.claims(nil, staleness: "there is no store \(storePath)")
    }
    let store = try Store.openToRead(storePath)
    let id = target.session.resolved.analysis.id.value
    let statuses = try Planner(store: store, analysis: id).statuses(of: target.session.plan)
    func stale(_ name: String) -> String? {
      guard let status = statuses.first(where: { $0.step.name == name })?.status else { return "there is no such step" }
      switch status {
      case .current: return nil
      case .failed(let reason): return "failed: \(reason)"
      case .stale(let reason): return reason.text
      }
    }
    let values = target.session.plan[ClaimAudit.step]?.inputs.compactMap { stale($0.step) }.first
    let record = try store.latestStep(analysis: id, name: ClaimAudit.step)
    // What another version wrote may be none of today's verdicts: then the claims were never judged.
    let judged: JudgedClaims? = record?.output.flatMap { try? Self.document($0, in: store).decoded() }
    return try audit.claims(judged, staleness: stale(ClaimAudit.step), areValuesCurrent: values == nil)
  }

  private static func document(_ digest: String, in store: Store) throws -> JSONValue {
    JSONValue(try DocumentReader.read(try store.artifact(digest), file: "claims", limits: .data))
  }
}

/// The exit status of an audit: the most severe of all that happened.
struct AuditStatus {
  /// The exit statuses, the most severe first.
  private static let order = [
    ExitStatus.inner, ExitStatus.usage, ExitStatus.inputOutput, ExitStatus.missingInput, ExitStatus.badInput,
    ExitStatus.stepFailed, ExitStatus.claimFailed,
    ExitStatus.stale, ExitStatus.undecided,
  ]

  private(set) var code: ExitCode?

  /// Takes a status over when it is more severe than the present one.
  mutating func add(_ other: ExitCode) {
    let rank = { (code: ExitCode) in Self.order.firstIndex(of: code) ?? 0 }
    if code.map({ rank(other) < rank($0) }) ?? true { code = other }
  }

  /// Keeps what the verdicts of a report come to: a failed, stale or undecided claim.
  mutating func add(_ report: AuditReport) {
    if report.claims.contains(where: \.fails) { add(ExitStatus.claimFailed) }
    if report.claims.contains(where: { $0.staleness != nil }) { add(ExitStatus.stale) }
    if report.isStrict, report.claims.contains(where: \.isUndecided) { add(ExitStatus.undecided) }
  }
}
