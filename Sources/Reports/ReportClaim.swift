/// A claim with its verdicts, as a card. Every text is plain, as it comes from publications.
package struct ReportClaim: Sendable, Hashable {
  /// One of the two verdicts.
  package struct Verdict: Sendable, Hashable {
    /// What is judged: `Reproduced`, `Inference`.
    package var axis: String
    /// The verdict in words.
    package var words: String
    /// Why, or what was judged on; nil when the words say it all.
    package var remark: String?

    /// Creates a verdict.
    package init(_ axis: String, _ words: String, remark: String? = nil) {
      self.axis = axis
      self.words = words
      self.remark = remark
    }
  }

  /// A line of the card.
  package struct Line: Sendable, Hashable {
    /// What it says.
    package var label: String
    /// The text.
    package var text: String

    /// Creates a line.
    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Kebab-case name; the card's id is `claim-` and the name.
  package var name: String
  /// The title.
  package var title: String
  /// What is claimed.
  package var statement: String
  /// The words of the publication.
  package var quote: String?
  /// Key of the publication.
  package var reference: String?
  /// Where in it.
  package var locator: String?
  /// The verdicts.
  package var verdicts: [Verdict]
  /// Claimed, recomputed, interval and so on.
  package var lines: [Line]
  /// The figures and tables behind the verdicts.
  package var links: [ReportLink]
  /// A command that prints the value.
  package var command: String
  /// SQL that finds the value in a store.
  package var query: String
  /// Further remarks.
  package var notes: [String]

  /// Creates a card.
  package init(
    name: String, title: String, statement: String, quote: String?, reference: String?, locator: String?,
    verdicts: [Verdict], lines: [Line], links: [ReportLink], command: String, query: String, notes: [String]
  ) {
    self.name = name
    self.title = title
    self.statement = statement
    self.quote = quote
    self.reference = reference
    self.locator = locator
    self.verdicts = verdicts
    self.lines = lines
    self.links = links
    self.command = command
    self.query = query
    self.notes = notes
  }
}
