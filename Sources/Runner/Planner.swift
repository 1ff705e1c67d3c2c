import Store

/// Says of every step whether it is current, and if not, why.
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
      let status = try status(of: step, &records, stale)
      if case .current = status {} else { stale.insert(step.name) }
      statuses.append((step, status))
    }
    return statuses
  }

  private func status(
    of step: any Step, _ records: inout [String: StepRecord], _ stale: Set<String>
  ) throws(StoreError) -> StepStatus {
    let upstream = step.inputs.map(\.step).filter { stale.contains($0) }
    guard let store else { return .stale(.neverRun) }
    let last = try store.latestStep(analysis: analysis, name: step.name)
    guard upstream.isEmpty else {
      var unique: [String] = []
      for name in upstream where !unique.contains(name) { unique.append(name) }
      return .stale(last == nil ? .neverRun : .inputsStale(unique))
    }
    let key = Executor.key(of: step, records)
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
