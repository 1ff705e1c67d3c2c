/// A claim with its verdicts, as a card. Every text is plain, as it comes from publications.
package struct ReportClaim: Sendable, Hashable {
  /// One of the two verdicts.
  package struct Verdict: Sendable, Hashable {
    /// The axis of the verdict: `Reproduced` or `Inference`.
    package var axis: String
    /// The verdict in words, such as `not reproduced`; its slug is a class of the card's style.
    package var words: String
    /// The reason, or the grounds of the judgement; nil when the words suffice.
    package var remark: String?

    package init(_ axis: String, _ words: String, remark: String? = nil) {
      self.axis = axis
      self.words = words
      self.remark = remark
    }
  }

  /// A line of the card.
  package struct Line: Sendable, Hashable {
    /// The name of what the line gives, such as `recomputed`.
    package var label: String
    package var text: String

    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Kebab-case name; the card's id is `claim-` and the name.
  package var name: String
  package var title: String
  /// The claim in one sentence.
  package var statement: String
  /// The publication's own words.
  package var quote: String?
  /// The publication's key in the bibliography.
  package var reference: String?
  /// The place in the publication, such as `Table 2`.
  package var locator: String?
  package var verdicts: [Verdict]
  /// The claimed value, the recomputed one, its interval and what else the claim has, a line each.
  package var lines: [Line]
  /// The figures and tables behind the verdicts.
  package var links: [ReportLink]
  /// A command that prints the value.
  package var command: String
  /// SQL that finds the value in a store.
  package var query: String
  /// Further remarks.
  package var notes: [String]

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
