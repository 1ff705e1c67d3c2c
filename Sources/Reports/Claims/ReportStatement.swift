/// A verdict in words, with the tone in which it is shown.
package struct ReportVerdict: Sendable, Hashable {
  /// The tone of a verdict, a class of the page's style.
  package enum Tone: String, Sendable, Hashable {
    /// It holds.
    case holds
    /// It does not hold.
    case fails
    /// The data do not decide.
    case open
    /// Nothing could be held against it.
    case unchecked
  }

  /// The words, such as `does not hold` or `10 of 10 hold`.
  package var words: String
  package var tone: Tone

  package init(_ words: String, _ tone: Tone) {
    self.words = words
    self.tone = tone
  }
}

/// One value held against what is claimed of it. Every text is plain, as it comes from publications.
package struct ReportCheck: Sendable, Hashable {
  /// A line of the fold.
  package struct Line: Sendable, Hashable {
    /// The name of what the line gives, such as `Method`.
    package var label: String
    package var text: String

    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Kebab-case name; its id in the page is `claim-` and the name.
  package var name: String
  /// The name for people.
  package var title: String
  /// Both sides of the comparison, or the baseline, for people; nil for a value of no comparison.
  package var against: String?
  /// Nil where nothing is claimed.
  package var verdict: ReportVerdict?
  /// The claimed number or region; empty where nothing is claimed.
  package var claimed: String
  /// The region that the analysis tests where the publication names none; empty where there is none.
  package var tested: String
  /// What the value is, such as `Pearson r`; nil where it goes without saying.
  package var valueTitle: String?
  /// The recomputed value; nil when there is none.
  package var recomputed: String?
  /// Its interval; nil when there is none.
  package var interval: String?
  /// The interval against the claimed region; nil without an interval.
  package var bar: IntervalBar?
  /// The rows used; empty when they are not known.
  package var count: String
  /// The reason for which the verdict gives no decision; nil when it does.
  package var reason: String?
  /// Method, seed, test and what else the value has, a line each.
  package var lines: [Line]
  /// The figures and tables that show the value.
  package var links: [ReportLink]
  /// A command that prints the value; empty when there is no value.
  package var command: String
  /// SQL that finds the value in a store; empty when there is no value.
  package var query: String
  /// Further remarks.
  package var notes: [String]

  package init(
    name: String, title: String, against: String? = nil, verdict: ReportVerdict?, claimed: String,
    tested: String = "", valueTitle: String? = nil, recomputed: String?, interval: String? = nil,
    bar: IntervalBar? = nil, count: String = "", reason: String? = nil, lines: [Line] = [],
    links: [ReportLink] = [], command: String = "", query: String = "", notes: [String] = []
  ) {
    self.name = name
    self.title = title
    self.against = against
    self.verdict = verdict
    self.claimed = claimed
    self.tested = tested
    self.valueTitle = valueTitle
    self.recomputed = recomputed
    self.interval = interval
    self.bar = bar
    self.count = count
    self.reason = reason
    self.lines = lines
    self.links = links
    self.command = command
    self.query = query
    self.notes = notes
  }

  /// The recomputed value with its interval, `.029 [−.001, .061]`; a dash when there is none.
  var value: String { [recomputed ?? "–", interval].compactMap(\.self).joined(separator: " ") }

  /// What the value is held against: the claimed number or region, then the test of the analysis, named as such.
  var held: String {
    [claimed, tested.isEmpty ? "" : "our test: \(tested)"].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The line of the fold that says when the test was written down.
  package static let written = "Test written"
}

/// What a publication says, or an analysis predicted, with its verdict and every check of it.
package struct ReportStatement: Sendable, Hashable {
  package var verdict: ReportVerdict
  /// The statement in one sentence. Plain.
  package var text: String
  /// The publication's key in the bibliography; nil for a prediction of the analysis.
  package var reference: String?
  /// The publication's own words.
  package var quote: String?
  /// The place in the publication, such as `Table 2`.
  package var locator: String?
  /// When it was written down, for a prediction; nil for what a publication says.
  package var written: String?
  /// The checks; more than one are parts of the statement, or ways to read it.
  package var checks: [ReportCheck]

  package init(
    verdict: ReportVerdict, text: String, reference: String? = nil, quote: String? = nil, locator: String? = nil,
    written: String? = nil, checks: [ReportCheck]
  ) {
    self.verdict = verdict
    self.text = text
    self.reference = reference
    self.quote = quote
    self.locator = locator
    self.written = written
    self.checks = checks
  }
}

/// Every claim of a report: what each publication says and how it fared, then what the analysis itself predicted.
package struct ReportClaims: Sendable, Hashable {
  /// The statements of one publication.
  package struct Publication: Sendable, Hashable {
    /// Its key in the bibliography.
    package var reference: String
    /// The counts of verdicts: `3 hold · 1 does not hold`.
    package var strip: String
    /// A warning that the publication's own text was not at hand; nil when it was. Plain.
    package var secondHand: String?
    package var statements: [ReportStatement]

    package init(reference: String, strip: String, secondHand: String?, statements: [ReportStatement]) {
      self.reference = reference
      self.strip = strip
      self.secondHand = secondHand
      self.statements = statements
    }
  }

  package var publications: [Publication]
  package var predictions: [ReportStatement]
  /// The same as a table: names the files and has the caption.
  package var table: ReportTable

  package init(publications: [Publication], predictions: [ReportStatement], table: ReportTable) {
    self.publications = publications
    self.predictions = predictions
    self.table = table
  }
}

/// What an analysis found.
package struct ReportFinding: Sendable, Hashable {
  /// The finding in one sentence, Markdown.
  package var sentence: MarkdownText
  /// When it was written down: `post hoc`, or how long before the first result.
  package var written: String
  /// The value with its interval; it has no verdict.
  package var check: ReportCheck

  /// True when `written` says that it is post hoc.
  var isPostHoc: Bool { written.hasSuffix("post hoc") }

  package init(sentence: MarkdownText, written: String, check: ReportCheck) {
    self.sentence = sentence
    self.written = written
    self.check = check
  }
}

/// Every finding of a report.
package struct ReportFindings: Sendable, Hashable {
  package var findings: [ReportFinding]
  /// The same as a table: names the files and has the caption.
  package var table: ReportTable

  package init(findings: [ReportFinding], table: ReportTable) {
    self.findings = findings
    self.table = table
  }

  /// When the findings were written down, where that can be said once for all of them: the words they share, or, where every one
  /// is post hoc, that. Nil for a single finding and for others.
  var written: String? {
    guard findings.count > 1, let first = findings.first?.written else { return nil }
    if findings.allSatisfy({ $0.written == first }) { return "All findings: \(first)." }
    return findings.allSatisfy { $0.isPostHoc }
      ? "All findings are post hoc; when each was written stands below it." : nil
  }
}
