import Claims
import Documents
import Figures
import Reports
import Sections

/// A judged claim in words.
extension JudgedClaim {
  /// The two things that a claim is judged on: the printed number (`reproduced`) and the region (`inference`).
  enum Axis: String, CaseIterable {
    case reproduced, inference
  }

  /// The verdict on an axis in words, `not claimed` among them.
  func words(on axis: Axis) -> String { axis == .reproduced ? reproduced : inference }

  /// The reason why there is no verdict on an axis; nil when there is one.
  func reason(on axis: Axis) -> String? { axis == .reproduced ? reproducedReason : inferenceReason }

  /// The verdict on an axis held against what was expected; nil when nothing is claimed on it.
  func outcome(on axis: Axis) -> ClaimOutcome? { axis == .reproduced ? reproducedOutcome : inferenceOutcome }

  /// The recomputed number, and the one held against the region where it is another.
  var recomputed: String { [computed, estimate].compactMap { $0.map { written($0) } }.joined(separator: "; ") }

  /// The interval; a dash when there is none.
  var interval: String {
    guard let lower, let upper else { return "–" }
    return "[\(Self.written(lower, like: nil)), \(Self.written(upper, like: nil))]"
  }

  private func written(_ value: RecomputedValue.Content) -> String {
    switch value {
    case .number(let number): Self.written(number, like: printed)
    case .text(let text): text
    case .undefined(let reason): "undefined: \(reason)"
    }
  }

  /// A number with four decimals below 2 and more digits above.
  private static func written(_ number: Double, like printed: String?) -> String {
    guard number.isFinite else { return "–" }
    if number == number.rounded(), let whole = NumberText.grouped(number) { return whole }
    guard abs(number) < 2, abs(number) >= 1e-4 else { return NumberText.compact(number, digits: 6).superscripted }
    // A number that is printed with four decimals or more is shown with one more than printed.
    let decimals = printed.flatMap { $0.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first }
    return NumberText.fixed(number, decimals: min(8, max(4, (decimals?.count ?? 0) + 1)), leadingZero: false)
  }

  /// The verdict on an axis; a dash when nothing is claimed on it.
  func verdict(on axis: Axis) -> String {
    words(on: axis) == Inference.notClaimed.words ? "–" : words(on: axis)
  }

  /// The verdict on the printed number, with the kind of rounding where there was a choice.
  var reproduction: String { ([verdict(on: .reproduced)] + [rounding].compactMap { $0 }).joined(separator: ", ") }

  /// The verdicts on the axes that are claimed.
  var verdicts: [ReportClaim.Verdict] {
    Axis.allCases.compactMap { axis in
      let words = verdict(on: axis)
      let title = axis == .reproduced ? "Reproduced" : "Inference"
      return words == "–" ? nil : .init(title, words, remark: remark(on: axis))
    }
  }

  /// The remark on a verdict: its reason, the rounding or the basis, and an unusual expectation; nil when there is none.
  private func remark(on axis: Axis) -> String? {
    var remarks = [reason(on: axis), axis == .reproduced ? rounding : nil].compactMap { $0 }
    if axis == .inference, judgedOn == .value { remarks.append("judged on the value, without an interval") }
    let usual = ClaimExpectation()
    let isUsual =
      axis == .reproduced ? expectedReproduced == usual.reproduction : expectedInference == usual.inference
    if !isUsual {
      let expected = axis == .reproduced ? expectedReproduced.rawValue : expectedInference.rawValue
      remarks.append(outcome(on: axis) == .met ? "as expected" : "expected: \(expected)")
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// The lines of the card.
  var lines: [ReportClaim.Line] {
    var lines = [ReportClaim.Line("Claimed", claimed), .init("Recomputed", recomputed)]
    if interval != "–" {
      let level = level.map { " at \(NumberText.percent($0)) %" } ?? ""
      lines.append(.init("Interval", interval + level))
    } else if let intervalUndefined {
      lines.append(.init("Interval", "undefined: \(intervalUndefined)"))
    }
    if let n { lines.append(.init("n", NumberText.grouped(n))) }
    if let method { lines.append(.init("Method", method + (seed.map { ", seed \($0)" } ?? ""))) }
    if let policy { lines.append(.init("Missing values", policy)) }
    if let test { lines.append(.init("Test, named beforehand", test)) }
    if let pValue {
      let adjusted = adjustedPValue.map {
        "; adjusted by \(correction ?? "") over \(family ?? ""): \($0.text(Self.probability))"
      }
      lines.append(.init("p", pValue.text(Self.probability) + (adjusted ?? "")))
    } else if let family {
      lines.append(.init("Family", "\(family), \(correction ?? "")"))
    }
    lines.append(.init("Severity", severity.rawValue))
    return lines
  }

  private static func probability(_ number: Double) -> String {
    number == 0 || number >= 1e-4
      ? NumberText.fixed(number, decimals: 4, leadingZero: false)
      : NumberText.scientific(number, digits: 1).superscripted
  }
}
