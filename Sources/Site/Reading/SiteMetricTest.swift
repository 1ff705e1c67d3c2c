import Documents

/// A column held against a target in a section of a report, as its results have it.
struct SiteMetricTest: Sendable {
  let report: SiteReport
  /// The name of the section, which is that of its table.
  let section: String
  /// The name of the column.
  let column: String
  let title: String
  let count: Int?
  /// Kendall's τ-b.
  let tau: SiteEstimate?
  /// Somers' d, ties as coin flips.
  let somers: SiteEstimate?
  /// Spearman's ρ.
  let spearman: SiteEstimate?

  /// Every test of a metric in a report, in the order of its results; baselines are none.
  static func all(of report: SiteReport) -> [SiteMetricTest] {
    (report.results.members ?? []).flatMap { section in
      (section.value.members ?? []).compactMap { column -> SiteMetricTest? in
        let value = column.value
        guard value["kendall-tau-b"] != nil, value["role"]?.string == "metric", SiteReportReader.isName(column.key)
        else { return nil }
        return SiteMetricTest(
          report: report, section: section.key, column: column.key,
          title: String((value["title"]?.string ?? column.key).prefix(200)), count: value["n"]?.int,
          tau: SiteEstimate(value["kendall-tau-b"]), somers: SiteEstimate(value["somers-d"]),
          spearman: SiteEstimate(value["spearman"]))
      }
    }
  }
}

/// An estimate of a report's results with what is known of it.
struct SiteEstimate: Sendable {
  let value: Double
  let lower: Double?
  let upper: Double?

  /// A number, or an object with `value`; nil for what has no number.
  init?(_ json: JSONValue?) {
    guard let value = json?.double ?? json?["value"]?.double else { return nil }
    self.value = value
    lower = json?["lower"]?.double
    upper = json?["upper"]?.double
  }

  /// `.511 [.475, .544]`.
  var text: String { SiteNumber.text(value, lower: lower, upper: upper) }
}
