/// A claim that can be judged: a printed number, a region, or both.
package struct Claim: Sendable, Hashable {
  /// A printed number.
  package struct Printed: Sendable, Hashable {
    /// The number with its digits.
    package var number: PrintedNumber
    /// The number as printed.
    package var text: String
    /// True when the publication prints it without its sign; the magnitude of the recomputed value is compared then.
    package var isMagnitude: Bool

    package init(_ number: PrintedNumber, text: String, isMagnitude: Bool) {
      self.number = number
      self.text = text
      self.isMagnitude = isMagnitude
    }
  }

  package var name: String
  /// The printed number; nil when the claim prints none.
  package var printed: Printed?
  /// The region that the value is said to lie in; nil when the claim names none.
  package var region: ClaimedRegion?
  /// The basis on which the region is judged; nil for the interval where there is one.
  package var basis: Inference.Basis?
  /// The family whose claims are judged together; nil for none.
  package var family: String?
  /// The consequence of failing.
  package var severity: ClaimSeverity
  /// The verdicts that count as passing.
  package var expectation: ClaimExpectation

  package init(
    _ name: String, printed: Printed? = nil, region: ClaimedRegion? = nil, basis: Inference.Basis? = nil,
    family: String? = nil, severity: ClaimSeverity = .error, expectation: ClaimExpectation = ClaimExpectation()
  ) {
    self.name = name
    self.printed = printed
    self.region = region
    self.basis = basis
    self.family = family
    self.severity = severity
    self.expectation = expectation
  }

  /// The claim in words, such as `.37 (sign not printed); above 0`.
  package var words: String {
    let number = printed.map { Self.words(printed: $0.text, isMagnitude: $0.isMagnitude) }
    return [number, region?.words].compactMap { $0 }.joined(separator: "; ")
  }

  /// A printed number in words, with a remark where the publication leaves the sign out.
  package static func words(printed text: String, isMagnitude: Bool) -> String {
    text + (isMagnitude ? " (sign not printed)" : "")
  }

  /// The rounding that makes a recomputed number the printed one; nil when none does, or nothing is printed.
  package func rounding(of value: RecomputedValue) -> PrintedNumber.Rounding? {
    guard let printed, let number = value.number else { return nil }
    return printed.number.rounding(of: printed.isMagnitude ? abs(number) : number)
  }

  /// Judges the claim by itself, whatever its family.
  ///
  /// - Parameters:
  ///   - value: The value that the printed number is held against.
  ///   - estimate: The value, with its interval where it has one, that the region is held against.
  package func verdict(value: RecomputedValue, estimate: RecomputedValue) -> Verdict {
    var reproduction = Reproduction.notClaimed
    if let printed {
      switch value.content {
      case .number(let number):
        reproduction = Reproduction(computed: number, printed: printed.number, isMagnitude: printed.isMagnitude)
      case .text: reproduction = .notCheckable("the value is a text, not a number")
      case .undefined(let reason): reproduction = .notCheckable(reason)
      }
    }
    guard let region else {
      // A statement of which no part can be held against a number is not checkable, with the reason that its author gives.
      if printed == nil, expectation.inference == .notCheckable, case .undefined(let reason) = estimate.content {
        return Verdict(reproduction: reproduction, inference: .notCheckable(reason))
      }
      return Verdict(reproduction: reproduction, inference: .notClaimed)
    }
    let judged = Inference.judge(estimate, in: region, on: basis)
    return Verdict(reproduction: reproduction, inference: judged.verdict, basis: judged.basis)
  }
}

/// The consequence of a failing claim for an audit.
package enum ClaimSeverity: String, Sendable, Hashable, CaseIterable {
  /// A failing claim fails the audit.
  case error
  /// A failing claim is pointed out.
  case warn
  /// A failing claim is listed.
  case note
}
