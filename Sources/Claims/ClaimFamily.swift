import Outcomes
import Statistics

/// Claims that are judged together, so that the chance of any wrong verdict among them is at most α.
package struct ClaimFamily: Sendable, Hashable {
  /// An allowance of the verdicts for their number.
  package enum Correction: String, Sendable, Hashable, CaseIterable {
    /// Two-sided p-values adjusted by Holm (1979): a decision whose adjusted p-value is over α becomes inconclusive. P-values
    /// that were adjusted where they were computed, as rows of one family of a differences part, are taken as they stand there:
    /// a test has one adjusted p-value. Others are adjusted over the claims.
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
      let adjusted = Self.adjustedPValues(judged.map { members[$0] })
      for (place, index) in judged.enumerated() { weaken(&verdicts[index], adjusted[place]) }
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

  /// The adjusted p-value of each claim, or why it has none.
  private static func adjustedPValues(_ members: [Member]) -> [Outcome<PValue>] {
    let pValues = members.map { testable($0) }
    let tested = members.indices.filter { pValues[$0].value != nil }
    let families = Set(tested.map { members[$0].estimate.adjusted?.family })
    guard families.count <= 1 else {
      let names = families.map { $0 ?? "none" }.sorted().joined(separator: ", ")
      let reason = Reason(
        "its family has p-values of several families of tests (\(names)): each has been adjusted by itself")
      return pValues.map { $0.flatMap { _ in .failure(reason) } }
    }
    if families.contains(where: { $0 != nil }) {
      return zip(members, pValues).map { member, pValue in pValue.map { member.estimate.adjusted?.pValue ?? $0 } }
    }
    // A claim without a p-value counts as one that is not rejected.
    let adjusted = try? AdjustedPValues(of: pValues.map { $0.value ?? PValue(1) }, method: .holm).adjusted
    return pValues.indices.map { place in pValues[place].map { _ in adjusted?[place] ?? PValue(1) } }
  }

  /// The p-value of the test whose null hypothesis is the region's one end, at 0.
  private static func testable(_ member: Member) -> Outcome<PValue> {
    guard let pValue = member.estimate.pValue, (0...1).contains(pValue.value) else {
      return .failure(Reason("its family is adjusted by Holm, and no test gives a p-value"))
    }
    guard member.region?.boundary == 0 else {
      return .failure(Reason("its family is adjusted by Holm, and the p-value is of the null hypothesis 0"))
    }
    return .success(pValue)
  }

  private func weaken(_ verdict: inout Verdict, _ adjusted: Outcome<PValue>) {
    switch adjusted {
    case .failure(let untestable):
      if Self.isDecided(verdict.inference) { verdict.inference = .notCheckable(untestable.text) }
    case .success(let adjusted):
      verdict.adjustedPValue = adjusted
      if Self.isDecided(verdict.inference), adjusted.value > alpha {
        verdict.inference = .inconclusive("its p-value adjusted by Holm is over \(Self.written(alpha))")
      }
    }
  }

  private static func isDecided(_ inference: Inference) -> Bool { inference == .supported || inference == .refuted }

  /// A level with at most five decimals, rounded up.
  private static func written(_ number: Double) -> String { "\((number * 1e5 - 1e-6).rounded(.up) / 1e5)" }
}
