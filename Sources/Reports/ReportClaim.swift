/// A claim with its verdicts, as a card. Every text is plain, as it comes from publications.
public struct ReportClaim: Sendable, Hashable {
  /// One of the two verdicts.
  public struct Verdict: Sendable, Hashable {
    /// What is judged: `Reproduced`, `Inference`.
    public var axis: String
    /// The verdict in words.
    public var words: String
    /// Why, or what was judged on; nil when the words say it all.
    public var remark: String?

    /// Creates a verdict.
    public init(_ axis: String, _ words: String, remark: String? = nil) {
      self.axis = axis
      self.words = words
      self.remark = remark
    }
  }

  /// A line of the card.
  public struct Line: Sendable, Hashable {
    /// What it says.
    public var label: String
    /// The text.
    public var text: String

    /// Creates a line.
    public init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Kebab-case name; the card's id is `claim-` and the name.
  public var name: String
  /// The title.
  public var title: String
  /// What is claimed.
  public var statement: String
  /// The words of the publication.
  public var quote: String?
  /// Key of the publication.
  public var reference: String?
  /// Where in it.
  public var locator: String?
  /// The verdicts.
  public var verdicts: [Verdict]
  /// Claimed, recomputed, interval and so on.
  public var lines: [Line]
  /// The figures and tables behind the verdicts.
  public var links: [ReportLink]
  /// A command that prints the value.
  public var command: String
  /// SQL that finds the value in a store.
  public var query: String
  /// Further remarks.
  public var notes: [String]

  /// Creates a card.
  public init(
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
