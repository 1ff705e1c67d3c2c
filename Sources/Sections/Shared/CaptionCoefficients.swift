import Documents
import Reports
import Statistics

/// The coefficients that a figure or a table shows, held against those that its caption names.
package struct CaptionCoefficients {
  /// The first name of the values that captions of figures have: `{{ figure.coefficients }}`.
  package static let root = "figure"

  /// The names of the coefficients for people, in the order in which they stand.
  private let shown: [String]

  package init(_ shown: [String]) { self.shown = shown }

  /// Those that a table names itself: in its own caption, its heads, its cells and its notes.
  package init(of table: ReportTable) {
    let texts =
      [table.caption.source] + table.columns.flatMap { [$0.title, $0.group ?? ""] } + table.notes.map(\.source)
      + table.rows.flatMap { $0.map(\.text) }
    shown = Coefficient.allCases.filter { name in texts.contains { Self.names(name, $0) } }.map(\.title)
  }

  /// The names in a sentence: `Somers' d, Kendall τ-b and Spearman ρ`.
  private var words: String {
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return "\(shown.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// What a caption can refer to, `figure.coefficients`; nil where no coefficient is shown.
  package var value: JSONMember? {
    shown.isEmpty ? nil : JSONMember(key: Self.root, value: ["coefficients": .string(words)])
  }

  /// What is wrong with a caption that names a coefficient which is not shown; nil when nothing is, or no coefficient is shown.
  package func problem(in caption: String) -> String? {
    guard !shown.isEmpty else { return nil }
    let others = Coefficient.allCases.filter { Self.names($0, caption) && !shown.contains($0.title) }
    guard let other = others.first else { return nil }
    return "the caption names \(other.title), but what is shown is \(words)"
  }

  /// True when a text has the coefficient's name, or the last word of it where that is no plain letter: τ-b.
  private static func names(_ coefficient: Coefficient, _ text: String) -> Bool {
    let title = coefficient.title
    guard let last = title.split(separator: " ").last, last.count > 1, !last.allSatisfy(\.isASCII) else {
      return text.contains(title)
    }
    return text.contains(last)
  }
}
