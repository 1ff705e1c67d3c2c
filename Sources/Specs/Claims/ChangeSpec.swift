import Claims
import Diagnostics
import Documents

/// A verdict or an effect that an earlier version of the report gave otherwise.
package struct ChangeSpec: Keyed {
  /// The day of the change, such as `2026-11-24`; nil when a version is given alone.
  package var date: Located<String>?
  /// The version that has it first, such as `0.2.0`.
  package var version: String?
  /// The claim whose verdict changed; nil when it is a finding.
  package var claim: Located<String>?
  /// The finding that changed; nil when it is a claim.
  package var finding: Located<String>?
  /// The words of the earlier version.
  package var from = Located<String>.unread
  /// The words that take their place, with references to values. Those of the newest change of a claim are its verdict.
  package var to = Located<String>.unread
  /// The reason, with references to values.
  package var why = Located<String>.unread

  package init() {}

  package static let definition = "change"
  package static let summary = "What an earlier version said otherwise: of exactly one claim or finding."
  package static let exactlyOne = ["claim", "finding"]
  package static let fields: [Field<ChangeSpec>] = [
    .optional("date", \.date, "The day, such as 2026-11-24; or give a version.", .scalar),
    .optional("version", \.version, "The version that has it first.", .scalar),
    .optional("claim", \.claim, "Name of a claim.", .identifier),
    .optional("finding", \.finding, "Name of a finding.", .identifier),
    .required("from", \.from, "What was said before: for a claim its verdict."),
    .required(
      "to", \.to,
      "What is said now: for a claim its verdict; for a finding its verdict, or its value as {{ path | format }}."),
    .required("why", \.why, "Why: Markdown with {{ path | format }} references."),
  ]

  /// The claim or the finding.
  package var subject: Located<String>? { claim ?? finding }
  /// The version, or else the day.
  package var label: String { [date?.value, version].compactMap(\.self).joined(separator: ", ") }
  /// The verdict that `to` states; nil when it is none.
  package var verdict: StatementVerdict? { StatementVerdict(rawValue: to.value) }
}

/// Checks of the log of changes.
extension AnalysisChecks {
  /// The sources of tables about claims, each under its own word.
  static let claimTables = ["claims", "findings", "changes"]

  /// True when the analysis has what a table about claims shows.
  func hasClaimTable(_ word: String) -> Bool {
    switch word {
    case "claims": !analysis.claims.isEmpty
    case "findings": !analysis.findings.isEmpty
    default: !analysis.changes.isEmpty
    }
  }

  mutating func checkChanges() {
    var latest: [String: ChangeSpec] = [:]
    var before: CalendarDate?
    for change in analysis.changes {
      if let claim = change.claim, !analysis.claims.contains(where: { $0.name.value == claim.value }) {
        unknown("claim", claim, known: KnownNames(analysis.claims.map(\.name.value)))
      }
      if let finding = change.finding, !analysis.findings.contains(where: { $0.name.value == finding.value }) {
        unknown("finding", finding, known: KnownNames(analysis.findings.map(\.name.value)))
      }
      if let date = change.date {
        checkDate(date)
        let day = CalendarDate(date.value)
        if let day, let before, day < before {
          report(
            "unordered-changes", date, "\(date.value) comes before \(before.text), which stands above it",
            fix: "put the oldest change first")
        }
        before = day ?? before
      } else if change.version == nil {
        report("missing-key", change.to, "a change has neither a date nor a version", fix: "add `date: 2026-11-24`")
      }
      checkWords(change)
      checkText(change.to)
      checkText(change.why)
      guard let name = change.subject?.value else { continue }
      if change.claim != nil, let last = latest[name], last.to.value != change.from.value {
        report(
          "broken-changes", change.from, "the change of \(name) before it ends at “\(last.to.value)”",
          fix: "begin where that ends")
      }
      latest[name] = change
    }
  }

  /// Reports words that are no verdict of a claim, and those of a finding that nothing could be held against.
  private mutating func checkWords(_ change: ChangeSpec) {
    let words = StatementVerdict.allCases.map(\.rawValue).joined(separator: ", ")
    if change.claim != nil {
      for text in [change.from, change.to] where StatementVerdict(rawValue: text.value) == nil {
        report("unknown-word", text, "\(text.value) is not a verdict", fix: "write one of \(words)")
      }
    } else if let finding = analysis.findings.first(where: { $0.name.value == change.finding?.value }) {
      let hasVerdict = finding.value != nil || finding.region != nil
      let hasValue = TextTemplate(change.to.value).segments.contains { if case .reference = $0 { true } else { false } }
      if !hasValue, change.verdict == nil || !hasVerdict {
        report(
          "unchecked-change", change.to, "nothing holds \(change.to.value) against what is computed",
          reason: hasVerdict
            ? "a finding has one of the verdicts \(words)" : "the finding has neither a value nor a region to judge",
          fix: "name its value: {{ path | .3 }}")
      }
    }
  }
}
