import Documents
import Reports

/// What changed in a report from one site to the next.
struct SiteChange: Sendable, Hashable {
  /// A claim with another verdict.
  struct Verdict: Sendable, Hashable {
    /// The name of the claim.
    var claim: String
    var title: String
    /// The words before; empty for a new claim.
    var before: String
    /// The words now; empty for a claim that is gone.
    var after: String
  }

  /// The day of the site, as 2026-11-29.
  var date: String
  /// The report's name.
  var report: String
  /// The report's title.
  var title: String
  /// The name of its state, see `SiteReport.edition`; empty for a report that is gone.
  var edition: String
  var verdicts: [Verdict] = []
  /// The values that differ.
  var values = 0
  /// The names of the figures that differ, are new or gone.
  var figures: [String] = []
  /// True for a report that was not there before.
  var isNew = false

  /// The most figures and verdicts that are listed.
  static let listLimit = 100

  /// The changes from what was there before, reports in order of their names.
  static func all(_ input: SiteInput) -> [SiteChange] {
    let earlier = input.earlier.reports
    var changes: [SiteChange] = []
    for report in input.reports {
      var change = SiteChange(date: input.date, report: report.id, title: report.title, edition: report.edition)
      guard let before = earlier[report.id] else {
        change.isNew = true
        changes.append(change)
        continue
      }
      guard before.digest != report.digest else { continue }
      change.verdicts = Array(verdicts(before.claims, report.claims).prefix(listLimit))
      change.values = ReportDifferences.values(before.results, report.results).count
      let drawings = { (digests: [String: String]) in
        digests.filter { $0.key.hasPrefix("figures/") && $0.key.hasSuffix(".svg") }
      }
      change.figures = ReportDifferences.files(drawings(before.digests), drawings(report.digests)).prefix(listLimit)
        .map { String($0.path.dropFirst("figures/".count).dropLast(".svg".count)) }
      changes.append(change)
    }
    for id in earlier.keys.sorted() where input.report(id) == nil {
      changes.append(SiteChange(date: input.date, report: id, title: id, edition: ""))
    }
    return changes
  }

  private static func verdicts(_ before: [SiteClaim], _ after: [SiteClaim]) -> [Verdict] {
    let old = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Set(after.map(\.name))
    func words(_ claim: SiteClaim?) -> String { claim.map { $0.verdict?.rawValue ?? "no verdict" } ?? "" }
    return after.compactMap { claim -> Verdict? in
      let (one, other) = (words(old[claim.name]), words(claim))
      return one == other ? nil : Verdict(claim: claim.name, title: claim.title, before: one, after: other)
    }
      + before.filter { !new.contains($0.name) }.map {
        Verdict(claim: $0.name, title: $0.title, before: words($0), after: "")
      }
  }

  /// The change in sentences, verdicts first. Plain.
  var lines: [String] {
    if isNew { return ["The report is new."] }
    if edition.isEmpty { return ["The report is no longer there. Its editions stay at their addresses."] }
    var lines = verdicts.map { verdict in
      switch (verdict.before, verdict.after) {
      case ("", let after): "“\(verdict.title)” is new: \(after)."
      case (let before, ""): "“\(verdict.title)” is no longer there; it was: \(before)."
      case (let before, let after): "“\(verdict.title)”: we said “\(before)”, and say now “\(after)”."
      }
    }
    if values > 0 {
      lines.append("\(SiteNumber.count(values, "value")) of its results \(values == 1 ? "differs" : "differ").")
    }
    if !figures.isEmpty { lines.append("Figures that differ: \(figures.joined(separator: ", ")).") }
    return lines.isEmpty ? ["No value and no figure differs: texts or files of data do."] : lines
  }
}

/// What a site says of itself to the next one, and to programs: reports, claims and the history of changes.
enum SiteState {
  /// The place in the site.
  static let path = "site.json"
  /// The most changes that are kept, the newest first.
  static let changeLimit = 1000

  /// The file.
  static func json(_ input: SiteInput, changes: [SiteChange]) -> JSONValue {
    [
      "trainfree": .string(input.version), "date": .string(input.date), "base-url": .string(input.base),
      "reports": .array(
        input.reports.map { report in
          [
            "id": .string(report.id), "title": .string(report.title), "edition": .string(report.edition),
            "page": .string("r/\(report.id)/"), "permanent": .string("v/\(report.id)/\(report.edition)/"),
            "digest": .string(report.digest),
          ]
        }),
      "changes": .array(
        changes.map { change in
          [
            "date": .string(change.date), "report": .string(change.report), "title": .string(change.title),
            "edition": .string(change.edition), "new": .bool(change.isNew), "values": .integer(change.values),
            "figures": .array(change.figures.map { .string($0) }),
            "verdicts": .array(
              change.verdicts.map {
                [
                  "claim": .string($0.claim), "title": .string($0.title), "before": .string($0.before),
                  "after": .string($0.after),
                ]
              }),
          ]
        }),
    ]
  }
}
