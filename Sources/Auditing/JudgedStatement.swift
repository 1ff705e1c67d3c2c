import Claims
import Documents

/// What a publication says, with every claim that was made of it.
struct JudgedStatement {
  /// The claims, each a part of the statement or, where it has a `reading`, one way to read it.
  let claims: [JudgedClaim]

  init(_ claims: [JudgedClaim]) { self.claims = claims }

  private var readings: [JudgedClaim] { claims.filter { $0.reading != nil } }

  private static func verdicts(_ claims: [JudgedClaim]) -> [StatementVerdict] {
    claims.map { $0.verdict ?? .notCheckable }
  }

  /// The worst verdict of its parts; all readings together are one part, which has the best of theirs.
  var verdict: StatementVerdict {
    var parts = Self.verdicts(claims.filter { $0.reading == nil })
    if !readings.isEmpty { parts.append(StatementTally(Self.verdicts(readings)).best) }
    return StatementTally(parts).worst
  }

  /// True when it holds in some of its readings and not in all.
  var isPartly: Bool { verdict == .holds && readings.contains { $0.verdict != .holds } }

  /// The verdict in words: `holds`, `10 of 10 hold`, `holds in 1 of 2 readings`.
  var words: String {
    guard claims.count > 1 else { return verdict.rawValue }
    guard readings.count == claims.count else { return StatementTally(Self.verdicts(claims)).words }
    let count = StatementTally(Self.verdicts(readings)).count(verdict)
    return count == readings.count
      ? "\(verdict.rawValue) in each of \(count) readings"
      : "\(verdict.rawValue) in \(count) of \(readings.count) readings"
  }
}
