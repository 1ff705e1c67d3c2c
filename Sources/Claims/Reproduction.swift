/// Whether a printed number was met by a recomputed one. Says nothing of whether a claim holds: that is `Inference`.
package enum Reproduction: Sendable, Hashable {
  /// It rounds to the printed digits, at a half away from zero or to even.
  case reproduced
  /// It does not.
  case notReproduced
  /// There is nothing to compare.
  case notCheckable(String)
  /// The claim prints no number.
  case notClaimed

  /// Compares a recomputed value with a printed one.
  ///
  /// - Parameters:
  ///   - computed: The recomputed value.
  ///   - printed: The printed number.
  ///   - isMagnitude: Whether it was printed without its sign.
  package init(computed: Double, printed: PrintedNumber, isMagnitude: Bool) {
    self = printed.isRounding(of: isMagnitude ? abs(computed) : computed) ? .reproduced : .notReproduced
  }

  /// The verdict in words.
  package var words: String {
    switch self {
    case .reproduced: "reproduced"
    case .notReproduced: "not reproduced"
    case .notCheckable: "not checkable"
    case .notClaimed: "not claimed"
    }
  }

  /// Why there is nothing to compare.
  package var reason: String? { if case .notCheckable(let reason) = self { reason } else { nil } }
}
