import Claims
import Documents
import Figures
import Reports
import Sections

/// A judged claim's JSON in words.
package struct ClaimText: Sendable {
  private let claim: JSONValue

  /// Reads what the claims step made of a claim.
  package init(_ claim: JSONValue) { self.claim = claim }

  private func text(_ key: String) -> String? { claim[key]?.string }

  /// What is claimed.
  package var claimed: String { text("claimed") ?? "" }

  /// The recomputed number, and the one held against the region where it is another.
  package var recomputed: String {
    [claim["computed"], claim["estimate"]].compactMap { $0.map { Self.written($0, like: text("printed")) } }.joined(
      separator: "; ")
  }

  /// The interval; a dash when there is none.
  package var interval: String {
    guard let lower = claim["lower"]?.double, let upper = claim["upper"]?.double else { return "–" }
    let ends = [lower, upper].map { Self.written(.number($0), like: nil) }
    return "[\(ends[0]), \(ends[1])]"
  }

  /// A number with four decimals below 2 and more digits above; a text as it is.
  static func written(_ value: JSONValue, like printed: String?) -> String {
    if let reason = value["undefined"]?.string { return "undefined: \(reason)" }
    if let text = value.string { return text }
    guard let number = value.double else { return "–" }
    if number == number.rounded(), let whole = NumberText.grouped(number) { return whole }
    guard abs(number) < 2, abs(number) >= 1e-4 else { return NumberText.compact(number, digits: 6).superscripted }
    // A number that is printed with four decimals or more is shown with one more than printed.
    let decimals = printed.flatMap { $0.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first }
    return NumberText.fixed(number, decimals: min(8, max(4, (decimals?.count ?? 0) + 1)), leadingZero: false)
  }

  /// The verdict on an axis, `reproduced` or `inference`; a dash when nothing is claimed on it.
  func verdict(_ axis: String) -> String {
    guard let words = text(axis), words != Inference.notClaimed.words else { return "–" }
    return words
  }

  /// The verdict on the printed number with how it was rounded where there was a choice.
  var reproduction: String {
    ([verdict("reproduced")] + [text("rounding")].compactMap { $0 }).joined(separator: ", ")
  }

  /// The verdicts on the axes that are claimed.
  var verdicts: [ReportClaim.Verdict] {
    [("Reproduced", "reproduced"), ("Inference", "inference")].compactMap { title, axis in
      let words = verdict(axis)
      return words == "–" ? nil : .init(title, words, remark: remark(axis))
    }
  }

  /// The reason, what was judged on, and what was expected.
  private func remark(_ axis: String) -> String? {
    var remarks = [text("\(axis)-reason"), axis == "reproduced" ? text("rounding") : nil].compactMap { $0 }
    if axis == "inference", text("judged-on") == "value" { remarks.append("judged on the value, without an interval") }
    let standard = ClaimExpectation()
    let usual = axis == "inference" ? standard.inference.rawValue : standard.reproduction.rawValue
    if let expected = text("expected-\(axis)"), expected != usual {
      let isMet = text("\(axis)-outcome") == ClaimOutcome.met.rawValue
      remarks.append(isMet ? "as expected" : "expected: \(expected)")
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// The lines of the card.
  var lines: [ReportClaim.Line] {
    var lines = [ReportClaim.Line("Claimed", claimed), .init("Recomputed", recomputed)]
    if interval != "–" {
      let level = claim["level"]?.double.map { " at \(NumberText.compact($0 * 100)) %" } ?? ""
      lines.append(.init("Interval", interval + level))
    } else if let reason = text("interval-undefined") {
      lines.append(.init("Interval", "undefined: \(reason)"))
    }
    if let count = claim["n"]?.double { lines.append(.init("n", NumberText.grouped(count) ?? "")) }
    let seed = claim["seed"]?.int.map { ", seed \($0)" } ?? ""
    if let method = text("method") { lines.append(.init("Method", method + seed)) }
    if let policy = text("policy") { lines.append(.init("Missing values", policy)) }
    if let test = text("test") { lines.append(.init("Test, named beforehand", test)) }
    if let pValue = claim["p-value"]?.double {
      let adjusted = claim["adjusted-p-value"]?.double.map {
        "; adjusted by \(text("correction") ?? "") over \(text("family") ?? ""): \(Self.probability($0))"
      }
      lines.append(.init("p", Self.probability(pValue) + (adjusted ?? "")))
    } else if let family = text("family") {
      lines.append(.init("Family", "\(family), \(text("correction") ?? "")"))
    }
    lines.append(.init("Severity", text("severity") ?? ""))
    return lines
  }

  private static func probability(_ number: Double) -> String {
    number == 0 || number >= 1e-4
      ? NumberText.fixed(number, decimals: 4, leadingZero: false)
      : NumberText.scientific(number, digits: 1).superscripted
  }
}
