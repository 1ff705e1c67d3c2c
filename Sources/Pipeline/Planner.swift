import Store

/// Finds for every step whether it is current, and if not, the reason.
package struct Planner: Sendable {
  private let store: Store?
  private let analysis: String

  /// Creates a planner; without a store nothing has ever run.
  package init(store: Store?, analysis: String) {
    self.store = store
    self.analysis = analysis
  }

  /// The status of every step, in the plan's order.
  package func statuses(of plan: Plan) throws(StoreError) -> [(step: any Step, status: StepStatus)] {
    var records: [String: StepRecord] = [:]
    var stale: Set<String> = []
    var statuses: [(step: any Step, status: StepStatus)] = []
    for step in plan.steps {
      let status = try status(of: step, in: plan, &records, stale)
      if case .current = status {} else { stale.insert(step.name) }
      statuses.append((step, status))
    }
    return statuses
  }

  private func status(
    of step: any Step, in plan: Plan, _ records: inout [String: StepRecord], _ stale: Set<String>
  ) throws(StoreError) -> StepStatus {
    let upstream = step.inputs.map(\.step).filter { stale.contains($0) }
    guard let store else { return .stale(.neverRun) }
    let last = try store.latestStep(analysis: analysis, name: step.name)
    guard upstream.isEmpty else {
      var seen: Set<String> = []
      let unique = upstream.filter { seen.insert($0).inserted }
      return .stale(last == nil ? .neverRun : .inputsStale(unique))
    }
    let key = plan.key(of: step, records)
    guard let record = try store.step(key: key.digest) else {
      return .stale(last.map { .changed(FieldChange.between($0.keyText, key.text)) } ?? .neverRun)
    }
    guard let output = record.output else { return .failed(reason: record.reason ?? "") }
    if let reason = step.changedSources { return .failed(reason: reason) }
    let damaged = try store.damages(of: record)
    guard damaged.isEmpty else { return .stale(.damaged(damaged)) }
    records[step.name] = record
    return .current(output: output)
  }
}

/// The reason for which a step would run.
package enum StaleReason: Sendable, Hashable {
  /// The store knows no step of this name in this analysis.
  case neverRun
  /// The fields of the key that differ from the last run.
  case changed([FieldChange])
  /// Steps it reads from would run first; whether this one runs depends on what they make.
  case inputsStale([String])
  /// These artifacts of it are damaged in the store; an empty name is its main output.
  case damaged([String])

  /// The reason in one or more lines.
  package var text: String {
    switch self {
    case .neverRun: "never run"
    case .changed(let changes):
      "changed: "
        + changes.prefix(Self.shownChanges).map {
          "\($0.field) \(Self.short($0.old)) → \(Self.short($0.new))"
        }.joined(separator: "; ")
        + (changes.count > Self.shownChanges ? "; and \(changes.count - Self.shownChanges) more" : "")
    case .inputsStale(let names): "reads from \(names.joined(separator: ", "))"
    case .damaged(let names):
      "damaged in the store: \(names.map { $0.isEmpty ? "its output" : $0 }.joined(separator: ", "))"
    }
  }

  /// The most changes that are named in a line; `explain` names all.
  private static let shownChanges = 8

  private static func short(_ value: String?) -> String {
    guard let value else { return "(none)" }
    let isDigest = value.count == 64 && value.allSatisfy(\.isHexDigit)
    return isDigest ? String(value.prefix(12)) : value.count > 60 ? value.prefix(57) + "…" : value
  }
}

/// The state of a step before a run.
package enum StepStatus: Sendable, Hashable {
  /// Its output is in the store, under this digest.
  case current(output: String)
  /// It failed for a stated reason, which stands while its key does.
  case failed(reason: String)
  /// It would run.
  case stale(StaleReason)
}
