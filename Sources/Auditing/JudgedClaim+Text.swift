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

  /// The remedy for a value with an interval that is judged without it.
  static let unusedInterval =
    "take `judged-on: value` out: an interval that exists judges, and the value alone is for counts and exact facts"

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
    return "[\(written(lower)), \(written(upper))]"
  }

  private func written(_ value: RecomputedValue.Content) -> String {
    switch value {
    case .number(let number):
      number == number.rounded() ? NumberText.grouped(number) ?? written(number) : written(number)
    case .text(let text): text
    case .undefined(let reason): "undefined: \(reason)"
    }
  }

  /// A number with three decimals below 2, or one more than printed, and six digits above.
  private func written(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    guard abs(number) < 2, number == 0 || abs(number) >= 1e-4 else {
      return NumberText.compact(number, digits: 6).superscripted
    }
    let decimals = printed.flatMap { $0.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first }
    return NumberText.fixed(number, decimals: min(8, max(3, (decimals?.count ?? 0) + 1)), leadingZero: false)
  }

  /// The verdict on an axis; a dash when nothing is claimed on it.
  func verdict(on axis: Axis) -> String {
    words(on: axis) == Inference.notClaimed.words ? "–" : words(on: axis)
  }

  /// The verdict on the printed number, with the kind of rounding where there was a choice.
  var reproduction: String { ([verdict(on: .reproduced)] + [rounding].compactMap { $0 }).joined(separator: ", ") }

  /// Method, seed, test and the exact verdicts on number and region: what readers look for behind the row.
  var lines: [ReportCheck.Line] {
    var lines: [ReportCheck.Line] = []
    func add(_ label: String, _ text: String?) { if let text, !text.isEmpty { lines.append(.init(label, text)) } }
    add("Printed number", Self.claimed(reproduction))
    var region = Self.claimed(verdict(on: .inference))
    if judgedOn == .value { region = region.map { "\($0), judged on the value: no interval is computed" } }
    add("Region", region)
    if interval != "–" {
      add("Interval", interval + (level.map { " at \(NumberText.percent($0)) %" } ?? ""))
    } else if let intervalUndefined {
      add("Interval", "undefined: \(intervalUndefined)")
    }
    add("n", n.map { NumberText.grouped($0) })
    add("Method", method.map { $0 + (seed.map { ", seed \($0)" } ?? "") })
    add("Missing values", policy)
    add("Test", test)
    add(ReportCheck.written, registration + (commit.map { ", commit \($0)" } ?? ""))
    if let pValue {
      let adjusted = adjustedPValue.map {
        "; adjusted by \(correction ?? "") over \(family ?? ""): \($0.text(Self.probability))"
      }
      add("p", pValue.text(Self.probability) + (adjusted ?? ""))
    } else if let family {
      add("Family", "\(family), \(correction ?? "")")
    }
    return lines
  }

  /// A verdict; nil for the dash of one that nothing is claimed on.
  private static func claimed(_ verdict: String) -> String? { verdict == "–" ? nil : verdict }

  private static func probability(_ number: Double) -> String {
    number == 0 || number >= 1e-4
      ? NumberText.fixed(number, decimals: 4, leadingZero: false)
      : NumberText.scientific(number, digits: 1).superscripted
  }
}
