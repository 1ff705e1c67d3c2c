/// The verdicts on which an author counts: an audit that knows a claim to be refuted fails when it no longer is.
package struct ClaimExpectation: Sendable, Hashable {
  /// Verdicts on a printed number that can be expected.
  package enum Reproduced: String, Sendable, Hashable, CaseIterable {
    /// The number is met.
    case reproduced
    case notReproduced = "not reproduced"
    /// There is nothing to compare.
    case notCheckable = "not checkable"
  }

  /// Verdicts on a region that can be expected.
  package enum Inferred: String, Sendable, Hashable, CaseIterable {
    /// The region is borne out.
    case supported
    /// The region is not borne out.
    case refuted
    /// The data do not decide.
    case inconclusive
    /// There is nothing to judge.
    case notCheckable = "not checkable"
  }

  /// The expected verdict on the printed number; `reproduced` by default.
  package var reproduction: Reproduced
  /// The expected verdict on the region; `supported` by default.
  package var inference: Inferred

  package init(reproduction: Reproduced = .reproduced, inference: Inferred = .supported) {
    self.reproduction = reproduction
    self.inference = inference
  }

  /// The verdict on a printed number held against the expectation; nil when no number is claimed.
  package func outcome(of verdict: Reproduction) -> ClaimOutcome? {
    switch verdict {
    case .notClaimed: nil
    case .reproduced: reproduction == .reproduced ? .met : .failed
    case .notReproduced: reproduction == .notReproduced ? .met : .failed
    case .notCheckable: reproduction == .notCheckable ? .met : .undecided
    }
  }

  /// The verdict on a region held against the expectation; nil when no region is claimed.
  package func outcome(of verdict: Inference) -> ClaimOutcome? {
    switch verdict {
    case .notClaimed: nil
    case .supported: inference == .supported ? .met : .failed
    case .refuted: inference == .refuted ? .met : .failed
    case .inconclusive: inference == .inconclusive ? .met : .undecided
    case .notCheckable: inference == .notCheckable ? .met : .undecided
    }
  }

  /// Both verdicts held against the expectation: `failed` when one was decided otherwise than expected, `undecided` when
  /// one is inconclusive or not checkable without that being expected, `met` otherwise. An axis on which nothing is claimed
  /// is left out.
  package func outcome(of verdict: Verdict) -> ClaimOutcome {
    let axes = [outcome(of: verdict.reproduction), outcome(of: verdict.inference)]
    return axes.contains(.failed) ? .failed : axes.contains(.undecided) ? .undecided : .met
  }
}

/// The outcome of a claim in an audit.
package enum ClaimOutcome: String, Sendable, Hashable, CaseIterable {
  /// Every verdict is as expected.
  case met
  /// A verdict was to be expected and is missing.
  case undecided
  /// A verdict is decided otherwise than expected.
  case failed
}
