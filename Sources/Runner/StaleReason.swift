/// Why a step would run.
package enum StaleReason: Sendable, Hashable {
  /// The store knows no step of this name in this analysis.
  case neverRun
  /// The fields of the key that differ from the last run.
  case changed([FieldChange])
  /// Steps it reads from would run first; whether this one runs depends on what they make.
  case inputsStale([String])
  /// These artifacts of it are damaged in the store; an empty name is its main output.
  case damaged([String])
  /// It failed before for this reason, and failures are tried again.
  case failedBefore(String)
  /// The user asked for it.
  case forced

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
    case .failedBefore(let reason): "failed before: \(reason)"
    case .forced: "forced"
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

/// What a plan says of a step.
package enum StepStatus: Sendable, Hashable {
  /// Its output is in the store.
  case current(output: String)
  /// It failed for a stated reason, which stands while its key does.
  case failed(reason: String)
  /// It would run.
  case stale(StaleReason)
}
