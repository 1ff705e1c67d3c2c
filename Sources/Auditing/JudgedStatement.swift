import Claims
import Documents

/// What a publication says, with every claim that was made of it.
struct JudgedStatement {
  /// The claims, each a part of the statement or, where it has a `reading`, one way to read it.
  let claims: [JudgedClaim]

  init(_ claims: [JudgedClaim]) { self.claims = claims }

  private var parts: StatementParts {
    func verdicts(_ isWanted: (JudgedClaim) -> Bool) -> [StatementVerdict] {
      claims.filter(isWanted).map { $0.verdict ?? .notCheckable }
    }
    return StatementParts(parts: verdicts { $0.reading == nil }, readings: verdicts { $0.reading != nil })
  }

  /// The worst verdict of its parts; all readings together are one part, which has the best of theirs.
  var verdict: StatementVerdict { parts.verdict }

  /// True when it holds in some of its readings and not in all.
  var isPartly: Bool { parts.isPartly }

  /// The verdict in words: `holds`, `10 of 10 hold`, `holds in 1 of 2 readings`.
  var words: String { parts.words }
}
