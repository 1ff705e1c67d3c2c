import Store
import Synchronization

/// The steps of an analysis in an order in which each comes after those it reads from.
package struct Plan: Sendable {
  /// The steps.
  package let steps: [any Step]
  private let positions: [String: Int]
  private let settings = KnownSettings()

  /// Orders steps by their inputs, keeping the given order where there is a choice.
  ///
  /// - Precondition: Names are unique, every input names a step of the plan, and there is no cycle: the plan builder
  ///   makes them so.
  package init(_ steps: [any Step]) {
    let byName = Dictionary(
      steps.map { ($0.name, $0) }, uniquingKeysWith: { _, _ in preconditionFailure("unique names") })
    var ordered: [any Step] = []
    var positions: [String: Int] = [:]
    func visit(_ step: any Step, depth: Int) {
      precondition(depth <= steps.count, "no cycles")
      guard positions[step.name] == nil else { return }
      for input in step.inputs {
        guard let other = byName[input.step] else { preconditionFailure("\(step.name) reads \(input.step)") }
        visit(other, depth: depth + 1)
      }
      positions[step.name] = ordered.count
      ordered.append(step)
    }
    for step in steps { visit(step, depth: 0) }
    self.steps = ordered
    self.positions = positions
  }

  /// The step of a name.
  package subscript(name: String) -> (any Step)? { positions[name].map { steps[$0] } }

  /// The key of a step whose inputs have ended. Its settings are written once, though a plan is looked at before it runs.
  ///
  /// - Parameter records: The store's records of the steps it reads from, by name.
  package func key(of step: any Step, _ records: [String: StepRecord]) -> StepKey {
    StepKey(
      settings: settings.of(step), sources: step.sources,
      inputs: Self.digests(of: step, records))
  }

  /// The digests of what a step reads, by the input's name; empty for what is not there.
  static func digests(of step: any Step, _ records: [String: StepRecord]) -> [KeyField] {
    step.inputs.map { input in
      let record = records[input.step]
      return KeyField(input.name, input.artifact.map { record?.artifacts[$0] ?? "" } ?? record?.output ?? "")
    }
  }

  private final class KnownSettings: Sendable {
    private let known = Mutex<[String: [KeyField]]>([:])

    func of(_ step: any Step) -> [KeyField] {
      known.withLock { known in
        if let fields = known[step.name] { return fields }
        let fields = StepKey.settings(step.kind, step.parameters)
        known[step.name] = fields
        return fields
      }
    }
  }

  /// The plan of the named steps and all that they read from.
  package func until(_ names: [String]) -> Plan {
    var wanted = Set(names)
    for step in steps.reversed() where wanted.contains(step.name) { wanted.formUnion(step.inputs.map(\.step)) }
    return Plan(steps.filter { wanted.contains($0.name) })
  }

  /// The names that are `pattern`, or that begin with `pattern/`.
  package func names(matching pattern: String) -> [String] {
    steps.map(\.name).filter { $0 == pattern || $0.hasPrefix(pattern + "/") }
  }
}
