import ArgumentParser
import Diagnostics
import Documents
import Files
import Pipeline
import Runner
import Store

/// Prints what would run, and why.
struct PlanAction {
  let session: Session
  let console: Console
  let storePath: String

  /// - Parameter exitCode: Whether stale steps give exit status 5.
  func run(exitCode: Bool) throws {
    let statuses = try self.statuses()
    let stale = statuses.filter { if case .current = $0.status { false } else { true } }
    if console.isJSON {
      console.data([
        "analysis": .string(session.resolved.analysis.id.value), "stale": .integer(stale.count),
        "steps": .array(statuses.map { Self.json($0.step).merging(Self.json($0.status)) }),
      ])
    } else {
      for item in statuses {
        switch item.status {
        case .current: if console.isVerbose { console.data("current  \(item.step.name)\n") }
        case .failed(let reason): console.data("failed   \(item.step.name): \(reason)\n")
        case .stale(let reason): console.data("run      \(item.step.name): \(reason.text)\n")
        }
      }
      console.data("\(stale.count) of \(statuses.count) steps would run\n")
    }
    if exitCode, !stale.isEmpty { throw ExitStatus.stale }
  }

  private func statuses() throws -> [(step: any Step, status: StepStatus)] {
    let store = FileSystem.exists(storePath) ? try Store.openToRead(storePath) : nil
    return try Planner(store: store, analysis: session.resolved.analysis.id.value).statuses(of: session.plan)
  }

  /// Prints why one step is stale, field by field, or what it was made from.
  func explain(_ name: String) throws {
    guard let item = try statuses().first(where: { $0.step.name == name }) else {
      let close = Suggestion.closest(to: name, in: session.plan.steps.map(\.name))
      throw DiagnosticsError([
        Diagnostic(
          id: "unknown-step", message: "there is no step \(name)",
          fix: close.map { "did you mean \($0)?" } ?? "`trainfree plan -v` lists the steps")
      ])
    }
    if console.isJSON {
      return console.data(Self.json(item.step).merging(Self.json(item.status)))
    }
    console.data("\(name) (\(item.step.kind.name))\n")
    for input in item.step.inputs { console.data("  reads \(input.step)\(input.artifact.map { " (\($0))" } ?? "")\n") }
    switch item.status {
    case .current(let output): console.data("current; output \(output)\n")
    case .failed(let reason): console.data("failed: \(reason)\n")
    case .stale(.changed(let changes)):
      console.data("would run; changed:\n")
      for change in changes {
        console.data("  \(change.field)\n    old: \(change.old ?? "(none)")\n    new: \(change.new ?? "(none)")\n")
      }
    case .stale(let reason): console.data("would run: \(reason.text)\n")
    }
  }

  private static func json(_ step: any Step) -> JSONValue {
    ["name": .string(step.name), "kind": .string(step.kind.name)]
  }

  private static func json(_ status: StepStatus) -> JSONValue {
    switch status {
    case .current(let output): ["status": "current", "output": .string(output)]
    case .failed(let reason): ["status": "failed", "reason": .string(reason)]
    case .stale(.changed(let changes)):
      [
        "status": "stale", "reason": "changed",
        "changes": .array(
          changes.map {
            [
              "field": .string($0.field), "old": $0.old.map { .string($0) } ?? .null,
              "new": $0.new.map { .string($0) } ?? .null,
            ]
          }),
      ]
    case .stale(let reason): ["status": "stale", "reason": .string(reason.text)]
    }
  }
}

extension JSONValue {
  /// An object with the members of another after its own.
  func merging(_ other: JSONValue) -> JSONValue { .object((members ?? []) + (other.members ?? [])) }
}
