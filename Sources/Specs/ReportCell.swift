import Documents
import Statistics

/// A cell of the report, in notebook order.
package enum ReportCell: Sendable, Hashable {
  /// Markdown with `{{ path | format }}` references to computed values.
  case text(Located<String>)
  /// A figure.
  case figure(FigureSpec)
  /// A table.
  case table(TableSpec)
  /// A claim with its verdicts, by name.
  case claim(Located<String>)
  /// A finding, by name.
  case finding(Located<String>)
}

/// A table of the report.
package struct TableSpec: Keyed {
  /// Kebab-case name, unique among the report's tables; names the files.
  package var name = Located<String>.unread
  /// The part or published table, `data`, `claims`, `findings`, `changes`, or a section that shows all of its parts.
  package var from = Located<String>.unread
  /// The content to show, one of the words that the source's section offers; nil for the default of the source.
  package var content: String?
  /// The name of the details to show where `content` is `details`; the first of the part when nil.
  package var section: Located<String>?
  /// Caption, with references; made from the source when nil.
  package var caption: Located<String>?

  package init() {}

  package static let definition = "table-source"
  package static let summary = "What a table shows."
  package static let fields: [Field<TableSpec>] = keys(contents: [])

  /// The keys of a table, with the words that `content` may have.
  static func keys(contents: [String]) -> [Field<TableSpec>] {
    [
      .required(
        "from", \.from,
        "A part of the analysis or a published table, `data`, `claims`, `findings`, `changes` or `forensics`.",
        .identifier),
      .optional("content", \.content, "Which of its tables is shown; the first when left out.", .word(contents)),
      .optional(
        "section", \.section, "Which details of a forensic check are shown; the first when left out.", .identifier),
      .optional("name", \.name, "Names the files.", .identifier),
      .optional("caption", \.caption, "Caption, with references.", .text),
    ]
  }

  /// Gives a table without a name one that is made of its source.
  mutating func nameBySource() {
    guard name.value.isEmpty else { return }
    let suffix = section?.value ?? content
    name = Located(suffix.map { "\(from.value)-\($0)" } ?? from.value, at: from.location)
  }
}

/// A kind of figure, with its key in a spec and the settings that it takes.
package struct FigureKind: Sendable, Hashable {
  /// The key in a spec whose value is the figure's source, such as `scatter`.
  package let word: String
  /// One sentence on what it draws, its description in the JSON Schema.
  package let summary: String
  /// True when `x` and `y` name the columns of its axes; other kinds take neither key.
  package let hasColumnAxes: Bool
  /// True when `group-by` can name the column that makes its groups; other kinds do not take the key.
  package let hasGroups: Bool
  /// True when `headline` and `lead` can stand over it and `best` gives a number of rows; other kinds do not take the keys.
  package let hasHeadline: Bool

  /// Describes a kind.
  package init(
    _ word: String, _ summary: String, hasColumnAxes: Bool = false, hasGroups: Bool = false, hasHeadline: Bool = false
  ) {
    self.word = word
    self.summary = summary
    self.hasColumnAxes = hasColumnAxes
    self.hasGroups = hasGroups
    self.hasHeadline = hasHeadline
  }

  /// One column of a dataset against another; points coloured by group.
  package static let scatter = FigureKind(
    "scatter", "One column of a dataset against another.", hasColumnAxes: true, hasGroups: true)
  /// Box plots of repeated measurements.
  package static let boxPlots = FigureKind(
    "box-plots", "Notched box plots of repeated measurements: a panel for each column, a box for each group.",
    hasGroups: true)
  /// Lines over an ordered column.
  package static let lines = FigureKind(
    "lines", "A line over an ordered column for each group, the mean in bold.", hasColumnAxes: true, hasGroups: true)

  /// The kinds that are drawn from a dataset itself.
  package static let ofTables = [scatter, boxPlots, lines]
}

/// A figure of the report.
package struct FigureSpec: Keyed {
  /// Named widths of figures.
  package enum Width: String, FieldWord {
    /// ACL column, 3.3 in.
    case column
    /// ACL text, 6.8 in.
    case text
    /// ICML column, 3.25 in.
    case icmlColumn = "icml-column"
    /// ICML text, 6.75 in.
    case icmlText = "icml-text"
    /// NeurIPS and ICLR text, 5.5 in.
    case neurips
    /// JMLR text, 6.0 in.
    case jmlr

    /// The width in points.
    package var points: Double {
      switch self {
      case .column: 3.3 * 72
      case .text: 6.8 * 72
      case .icmlColumn: 3.25 * 72
      case .icmlText: 6.75 * 72
      case .neurips: 5.5 * 72
      case .jmlr: 6 * 72
      }
    }
  }

  /// An axis of a figure.
  package enum Axis: String, FieldWord {
    /// The horizontal axis.
    case x
    /// The vertical axis.
    case y
  }

  /// The marks of scatter panels with many points.
  package enum LargeSamples: String, FieldWord {
    /// Points up to 5,000, hexagonal bins above.
    case automatic
    /// Hexagonal bins.
    case hexbin
    /// Points, rasterised above 5,000.
    case points
  }

  /// Kebab-case name, unique among the report's figures; names the files.
  package var name = Located<String>.unread
  package var kind = FigureKind.scatter
  /// The part or dataset it is drawn from.
  package var from = Located<String>.unread
  /// Caption, with references; made from the numbers when nil.
  package var caption: Located<String>?
  /// Panels or series: metrics of the family, or columns of the dataset; all when empty.
  package var columns: [Located<String>] = []
  /// Panels in a row; chosen from their number when nil.
  package var perRow: Int?
  package var width = Width.text
  package var x: Located<String>?
  package var y: Located<String>?
  package var groupBy: Located<String>?
  /// The coefficient that the spec names; nil for the usual one of the figure.
  package var namedCoefficient: Coefficient?
  /// True when the target's axis runs backwards; when nil, most kinds turn it round where smaller values are better.
  package var reversed: Bool?
  package var logarithmic: [Axis] = []
  package var largeSamples = LargeSamples.automatic
  /// True for the figure of a `lead` cell, which stands beside the text before it.
  package var isBesideText = false
  /// The title within a figure that has one; made from the numbers when nil.
  package var headline: Located<String>?
  /// The words under the headline; made from the numbers when nil.
  package var lead: Located<String>?
  /// The number of best rows; the first that its part has when nil.
  package var best: Int?

  package init() {}

  /// The coefficient shown in figures that do not rank by it: τ-b unless the spec names another.
  package var coefficient: Coefficient {
    get { namedCoefficient ?? .kendallTauB }
    set { namedCoefficient = newValue }
  }

  package static let definition = "figure-settings"
  package static let summary = "Settings of a figure."
  package static let fields: [Field<FigureSpec>] = [
    .optional("name", \.name, "Names the files.", .identifier),
    .optional("caption", \.caption, "Caption, with references.", .text),
    .identifiers("columns", \.columns, "Panels or series; all when left out."),
    .optional("per-row", \.perRow, "Panels in a row.", .integer(1...12)),
    .optional("width", \.width, "Width by the name of a page layout."),
    .optional("x", \.x, "Horizontal column.", .identifier),
    .optional("y", \.y, "Vertical column.", .identifier),
    .optional("group-by", \.groupBy, "Column that makes groups.", .identifier),
    .optional(
      "coefficient", \.namedCoefficient,
      "The coefficient shown; in a forest and in a truncation by default one to which ties are coin flips, if one is computed, else kendall-tau-b."
    ),
    .optional(
      "reversed", \.reversed,
      "Whether the target's axis runs backwards; in most figures by default when smaller is better."),
    .optional("logarithmic", \.logarithmic, "Axes on a logarithmic scale."),
    .optional("large-samples", \.largeSamples, "How large samples are drawn."),
    .optional("headline", \.headline, "The title within `survivors` and `best-found`.", .text),
    .optional("lead", \.lead, "The words under the headline.", .text),
    .optional("best", \.best, "The number of best rows in `survivors`, one of its part's.", .integer(1...1_000_000)),
  ]

  /// The keys of a figure of a kind: the kind with its source, and settings.
  static func keys(_ kind: FigureKind) -> KeySet<FigureSpec> {
    KeySet(
      "figure-\(kind.word)", kind.summary,
      [
        .required(kind.word, \.from, "The part of the analysis or the dataset it is drawn from.", .identifier)
      ] + fields)
  }
}
