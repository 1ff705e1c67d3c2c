import Claims
import Documents

/// What shields.io draws a badge from: the counts of verdicts on statements.
enum Badge {
  /// The file of an endpoint, schema version 1.
  static func json(_ statements: [SiteStatement]) -> JSONValue {
    let parts = statements.map(\.parts)
    func count(_ verdict: StatementVerdict) -> Int { parts.count { $0.verdict == verdict } }
    let words = [
      (count(.holds), "hold"), (count(.doesNotHold), count(.doesNotHold) == 1 ? "does not" : "do not"),
      (count(.cannotBeTold), "undecided"), (count(.notCheckable), "not checkable"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 && $0.1 == "hold" ? "holds" : $0.1)" }
    let color =
      count(.doesNotHold) > 0
      ? "orange" : count(.cannotBeTold) > 0 ? "yellow" : count(.holds) > 0 ? "green" : "lightgrey"
    return [
      "schemaVersion": 1, "label": "claims",
      "message": .string(words.isEmpty ? "none" : words.joined(separator: " · ")),
      "color": .string(color),
    ]
  }
}
