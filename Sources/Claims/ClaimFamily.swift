import Outcomes
import Statistics

/// Claims that are judged together, so that the chance of any wrong verdict among them is at most α.
package struct ClaimFamily: Sendable, Hashable {
  /// An allowance of the verdicts for their number.
  package enum Correction: String, Sendable, Hashable, CaseIterable {
    /// Two-sided p-values adjusted by Holm (1979): a decision whose adjusted p-value is over α becomes inconclusive.
    case holm
    /// Intervals that together cover at 1 − α: each has to be made at a level of at least 1 − α/m, m the number of
    /// claims in the family with a region (Bonferroni).
    case bonferroni
  }

  package var correction: Correction
  /// The chance α, in (0, 0.5).
  package var alpha: Double

  package init(_ correction: Correction, alpha: Double = 0.05) {
    self.correction = correction
    self.alpha = alpha
  }

  /// Weakens the inferences of a family's claims as the correction asks for. A claim without what the correction needs
  /// is not checkable, and counts among the m claims all the same. Claims without a region are left alone.
  ///
  /// - Parameter members: The claims in order, each with its own verdict and the value its region was held against.
  /// - Returns: The verdicts, in the same order.
  package func adjusted(_ members: [Member]) -> [Verdict] {
    let judged = members.indices.filter { members[$0].verdict.inference != .notClaimed }
    var verdicts = members.map(\.verdict)
    switch correction {
    case .holm:
      let pValues = judged.map { Self.testable(members[$0]) }
      // A claim without a p-value counts as one that is not rejected.
      let adjusted = try? AdjustedPValues(pValues.map { (try? $0.get()) ?? 1 }, method: .holm).values
      for (place, index) in judged.enumerated() {
        weaken(&verdicts[index], pValues[place], adjusted: adjusted?[place] ?? 1)
      }
    case .bonferroni:
      let needed = 1 - alpha / Double(max(1, judged.count))
      for index in judged where Self.isDecided(verdicts[index].inference) {
        guard verdicts[index].basis == .interval, let level = members[index].estimate.level else {
          verdicts[index].inference = .notCheckable("its family needs an interval of a known level")
          continue
        }
        if level < needed - 1e-12 {
          verdicts[index].inference = .notCheckable(
            "its family of \(judged.count) needs intervals at a level of at least \(Self.written(needed))")
        }
      }
    }
    return verdicts
  }

  /// A claim of a family.
  package struct Member: Sendable, Hashable {
    package var region: ClaimedRegion?
    /// The verdict of the claim by itself.
    package var verdict: Verdict
    /// The value that the region was held against.
    package var estimate: RecomputedValue

    package init(region: ClaimedRegion?, verdict: Verdict, estimate: RecomputedValue) {
      self.region = region
      self.verdict = verdict
      self.estimate = estimate
    }
  }

  /// The p-value of the test whose null hypothesis is the region's one end, at 0.
  private static func testable(_ member: Member) -> Outcome<Double> {
    guard let pValue = member.estimate.pValue, (0...1).contains(pValue) else {
      return .failure(Reason("its family is adjusted by Holm, and no test gives a p-value"))
    }
    guard member.region?.boundary == 0 else {
      return .failure(Reason("its family is adjusted by Holm, and the p-value is of the null hypothesis 0"))
    }
    return .success(pValue)
  }

  private func weaken(_ verdict: inout Verdict, _ pValue: Outcome<Double>, adjusted: Double) {
    switch pValue {
    case .failure(let untestable):
      if Self.isDecided(verdict.inference) { verdict.inference = .notCheckable(untestable.text) }
    case .success:
      verdict.adjustedPValue = adjusted
      if Self.isDecided(verdict.inference), adjusted > alpha {
        verdict.inference = .inconclusive("its p-value adjusted by Holm is over \(Self.written(alpha))")
      }
    }
  }

  private static func isDecided(_ inference: Inference) -> Bool { inference == .supported || inference == .refuted }

  /// A level with at most five decimals, rounded up.
  private static func written(_ number: Double) -> String { "\((number * 1e5 - 1e-6).rounded(.up) / 1e5)" }
}
