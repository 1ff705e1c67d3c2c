import Tables

/// What was found out about a file of the user's own: its form, and what its columns are.
package struct GuessedColumns: Codable, Sendable, Hashable {
  /// What a column was taken for.
  package struct Guess: Codable, Sendable, Hashable {
    /// The grounds for a role.
    package enum Ground: String, Codable, Sendable, Hashable {
      /// The spec says so.
      case stated
      /// It is the name of a metric, or the field's usual one for something.
      case name
      /// The content: texts that are all different, few whole numbers, other numbers.
      case content
    }

    /// The name in the file; empty for none.
    package var header: String
    /// The name in the analysis.
    package var name: String
    package var type: ColumnType
    package var role: ColumnRole
    /// The better end of its values; nil when neither is known to be.
    package var better: Direction?
    /// The name for people.
    package var title: String
    /// The grounds for the role.
    package var ground: Ground
    /// The known metric that its name stands for; nil for none.
    package var metric: String?
    /// Number of rows without a value.
    package var missing: Int
    /// Number of values that differ, counted up to 1000 unless no two are the same.
    package var distinct: Int
  }

  /// The form of the file, such as `CSV, semicolons between cells, decimal commas`.
  package var form: String
  /// The columns, in order, those left out not among them.
  package var columns: [Guess]
  /// Names in the file of columns that are left out.
  package var leftOut: [String]
  /// What a reader should look at, such as numbers that may stand for no value.
  package var notes: [String]

  /// The columns of a role.
  package func columns(_ role: ColumnRole) -> [Guess] { columns.filter { $0.role == role } }

  /// The most columns that a sentence names.
  private static let shown = 12

  /// The form and the roles in one sentence, for the table of the data.
  package var sentence: String {
    let isGuessed = columns.contains { $0.ground != .stated }
    let roles = ColumnRole.allCases.filter { $0 != .other }.flatMap { role -> [String] in
      let found = columns(role)
      guard role == .target || role == .metric else { return [Self.listing(role.words(found.count), found)] }
      return [Direction.higher, .lower, nil].map { end in
        let alike = found.filter { $0.better == end }
        let words = end.map { " (\($0.rawValue) is better)" } ?? ""
        return Self.listing(role.words(alike.count) + words, alike)
      }
    }.filter { !$0.isEmpty }
    guard !roles.isEmpty else { return form }
    return "\(form); \(isGuessed ? "taken from names and content: " : "")\(roles.joined(separator: "; "))"
  }

  /// Titles after a word for them; empty for none.
  private static func listing(_ words: String, _ guesses: [Guess]) -> String {
    guard !guesses.isEmpty else { return "" }
    let more = guesses.count > shown ? " and \(guesses.count - shown) more" : ""
    return "\(words) \(guesses.prefix(shown).map(\.title).joined(separator: ", "))\(more)"
  }

  /// A line for each column, for the terminal.
  package var lines: [String] {
    let names = columns.map(\.name)
    let width = min(40, names.map(\.count).max() ?? 0)
    return columns.map { guess in
      let name = guess.name + String(repeating: " ", count: max(0, width - guess.name.count))
      let end = guess.better.map { ", \($0.rawValue) is better" } ?? ""
      let ground = guess.ground == .stated ? "stated" : "by \(guess.ground.rawValue)"
      let metric = guess.metric.map { ", \($0)" } ?? ""
      let missing = guess.missing > 0 ? "; \(guess.missing) without a value" : ""
      let header = guess.header == guess.name || guess.header.isEmpty ? "" : " (\(guess.header))"
      return "\(name)  \(guess.role.rawValue), \(guess.type.rawValue)\(end) [\(ground)\(metric)]\(missing)\(header)"
    }
  }
}

extension ColumnRole {
  /// The role in words before names.
  fileprivate func words(_ count: Int) -> String {
    switch self {
    case .identifier: count == 1 ? "identifier" : "identifiers"
    case .target: count == 1 ? "target" : "targets"
    case .metric: count == 1 ? "metric" : "metrics"
    case .baseline: count == 1 ? "baseline" : "baselines"
    case .feature: count == 1 ? "feature" : "features"
    case .other: "other columns"
    }
  }
}
