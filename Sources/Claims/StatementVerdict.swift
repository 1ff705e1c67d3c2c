/// The verdict on what a publication says, in the four words of a report.
///
/// The cases stand from the worst to the best: of several verdicts on one statement the first decides. One part that does not
/// hold is enough for a statement not to hold; a part that the data do not decide weighs more than one that nothing can be held
/// against, since more data could turn it; a statement holds when every part of it does.
package enum StatementVerdict: String, Sendable, Hashable, CaseIterable, Comparable, Codable {
  /// The recomputed number rounds to another one than was printed, or the interval lies outside the claimed region.
  case doesNotHold = "does not hold"
  /// The data do not decide.
  case cannotBeTold = "cannot be told"
  /// There is nothing to hold against the statement.
  case notCheckable = "not checkable"
  /// The number is met, and the interval lies in the region: each as far as it is claimed.
  case holds

  package static func < (one: StatementVerdict, other: StatementVerdict) -> Bool {
    (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
  }

  /// The words of several statements: `hold`, `do not hold`.
  package var plural: String {
    switch self {
    case .holds: "hold"
    case .doesNotHold: "do not hold"
    case .cannotBeTold, .notCheckable: rawValue
    }
  }

  /// The verdict on a printed number; nil when none is claimed.
  package init?(_ reproduction: Reproduction) {
    switch reproduction {
    case .reproduced: self = .holds
    case .notReproduced: self = .doesNotHold
    case .notCheckable: self = .notCheckable
    case .notClaimed: return nil
    }
  }

  /// The verdict on a region; nil when none is claimed.
  package init?(_ inference: Inference) {
    switch inference {
    case .supported: self = .holds
    case .refuted: self = .doesNotHold
    case .inconclusive: self = .cannotBeTold
    case .notCheckable: self = .notCheckable
    case .notClaimed: return nil
    }
  }
}

extension Verdict {
  /// The worse of the verdicts on number and region; nil when neither is claimed.
  package var statement: StatementVerdict? {
    [StatementVerdict(reproduction), StatementVerdict(inference)].compactMap(\.self).min()
  }
}

/// The verdicts on the parts of a statement, or on several statements, counted.
package struct StatementTally: Sendable, Hashable {
  private let verdicts: [StatementVerdict]
  /// The number of those that hold in some of the ways to read them alone.
  private let partly: Int

  /// Counts verdicts.
  ///
  /// - Parameter partly: The number of statements that hold in one way to read them and not in all.
  package init(_ verdicts: [StatementVerdict], partly: Int = 0) {
    self.verdicts = verdicts
    self.partly = partly
  }

  /// The order in which verdicts are counted out.
  private static let order: [StatementVerdict] = [.holds, .doesNotHold, .cannotBeTold, .notCheckable]

  /// The number of verdicts of one kind.
  package func count(_ verdict: StatementVerdict) -> Int { verdicts.count { $0 == verdict } }

  /// The worst verdict; `notCheckable` when there is none.
  package var worst: StatementVerdict { verdicts.min() ?? .notCheckable }
  /// The best verdict; `notCheckable` when there is none.
  package var best: StatementVerdict { verdicts.max() ?? .notCheckable }

  /// The parts of one statement in words, those that hold first: `holds`, `10 of 10 hold`, `1 of 3 holds, 2 cannot be told`.
  package var words: String {
    guard verdicts.count > 1 else { return worst.rawValue }
    var parts: [String] = []
    for verdict in Self.order {
      let count = count(verdict)
      guard count > 0 else { continue }
      let share = parts.isEmpty ? "\(count) of \(verdicts.count)" : "\(count)"
      parts.append("\(share) \(count == 1 ? verdict.rawValue : verdict.plural)")
    }
    return parts.joined(separator: ", ")
  }

  /// The counts over several statements: `3 hold · 1 in one of its readings · 1 does not hold · 4 not checkable`. Those that hold
  /// in some of their readings are not among those that hold.
  package var strip: String {
    Self.order.flatMap { verdict in
      let count = count(verdict) - (verdict == .holds ? partly : 0)
      let plain = count == 0 ? nil : "\(count) \(count == 1 ? verdict.rawValue : verdict.plural)"
      guard verdict == .holds, partly > 0 else { return [plain].compactMap(\.self) }
      let verb = count > 0 ? "" : partly == 1 ? "holds " : "hold "
      return [plain, "\(partly) \(verb)in one of \(partly == 1 ? "its" : "their") readings"].compactMap(\.self)
    }.joined(separator: " · ")
  }
}
