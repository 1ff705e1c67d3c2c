import Datasets
import Diagnostics
import Tables

/// The columns of a file by what they do in a ranking, after what the command line says of them.
struct RankedColumns {
  typealias Guess = GuessedColumns.Guess

  /// Rows that are answered for by themselves.
  struct Group {
    /// The value of the column that groups; nil where nothing does.
    var value: String?
    /// What parts of the analysis have behind their names; empty where nothing groups.
    var suffix: String
    /// The places of its rows in the table.
    var rows: [Int]
  }

  /// A role that was given to a column, with the option that gave it.
  struct Stated {
    var name: String
    var role: ColumnRole?
    var isIgnored = false
    var better: Direction?
  }

  /// The most values of a column that groups by itself, and of one that the user names.
  private static let mostGroups = (found: 12, named: 50)
  /// The fewest distinct values of a target that can be ranked.
  private static let fewestRows = 2

  let own: OwnDataset
  private(set) var target = ""
  private(set) var targetTitle = ""
  private(set) var targetBetter = Direction.higher
  private(set) var metrics: [Guess] = []
  private(set) var baselines: [Guess] = []
  /// Columns by whose values rows are repeats; `metric-vector` or `none` alone where the user says so; empty where no rows are.
  private(set) var clusters: [String] = []
  /// True when the user says which rows are repeats.
  private(set) var isClusterStated = false
  /// Conditions that rows meet: a column and its value.
  private(set) var conditions: [(column: String, value: String)] = []
  /// The column that groups; nil for none.
  private(set) var groupColumn: String?
  private(set) var groups: [Group] = []
  /// What was said of columns, in the order of the file.
  private(set) var stated: [Stated] = []
  /// What a reader should look at.
  private(set) var notes: [String] = []
  private var problems: [Diagnostic] = []

  /// The metrics, then the baselines.
  var members: [Guess] { metrics + baselines }

  /// Finds out what columns do.
  ///
  /// - Parameter takesOnlyTarget: True when a target need not be named where there is one alone.
  /// - Throws: `DiagnosticsError` with everything that keeps the file from being ranked.
  init(_ own: OwnDataset, options: OwnFileOptions, takesOnlyTarget: Bool = false) throws(DiagnosticsError) {
    self.own = own
    takeRoles(options)
    takeTarget(options, takesOnlyTarget: takesOnlyTarget)
    takeDirections(options)
    let roles = Dictionary(stated.compactMap { item in item.role.map { (item.name, $0) } }) { first, _ in first }
    let ignored = Set(stated.filter(\.isIgnored).map(\.name))
    for guess in own.guessed.columns where guess.name != target && !ignored.contains(guess.name) {
      var guess = guess
      guess.role = roles[guess.name] ?? guess.role
      if let better = stated.first(where: { $0.name == guess.name })?.better { guess.better = better }
      guard guess.type != .text else { continue }
      if guess.role == .metric { metrics.append(guess) }
      if guess.role == .baseline {
        guess.better = guess.better ?? .higher
        baselines.append(guess)
      }
    }
    if metrics.isEmpty { reportNoMetrics() }
    takeConditions(options)
    takeGroups(options, selectedRows)
    takeClusters(options)
    checkRows()
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    noteDirections()
  }

  // MARK: Names

  /// The column that a text names: by its name in the file or in the analysis, in any case.
  private mutating func column(_ text: String, _ option: String) -> Guess? {
    let all = own.guessed.columns
    let lower = text.lowercased()
    if let found = all.first(where: { $0.header == text }) ?? all.first(where: { $0.name == text })
      ?? all.first(where: { $0.header.lowercased() == lower || $0.name == lower.replacing("_", with: "-") })
    {
      return found
    }
    let names = all.map { $0.header.isEmpty ? $0.name : $0.header }
    problems.append(
      Diagnostic(
        id: "unknown-column", message: "\(own.path) has no column \(text), which \(option) names",
        fix: Suggestion.closest(to: text, in: names).map { "did you mean \($0)?" }
          ?? Suggestion.listing(names).map { "the columns are: \($0)" }))
    return nil
  }

  private mutating func takeRoles(_ options: OwnFileOptions) {
    var given: [(option: String, text: String, role: ColumnRole?)] = []
    given += options.metric.map { ("--metric", $0, .metric) } + options.baseline.map { ("--baseline", $0, .baseline) }
    given += options.ignore.map { ("--ignore", $0, nil) }
    for (option, text, role) in given {
      guard let guess = column(text, option) else { continue }
      if stated.contains(where: { $0.name == guess.name }) {
        problems.append(
          Diagnostic(
            id: "two-roles", message: "\(text) is given two roles",
            fix: "name it in one of --metric, --baseline, --ignore"))
      } else if role != nil, guess.type == .text {
        problems.append(
          Diagnostic(
            id: "text-column", message: "\(text) holds text, and \(option) needs numbers",
            fix: "name a column of numbers, or declare what stands for no value: --read missing=TEXT"))
      } else {
        stated.append(Stated(name: guess.name, role: role, isIgnored: role == nil))
      }
    }
  }

  private mutating func takeTarget(_ options: OwnFileOptions, takesOnlyTarget: Bool) {
    let candidates = own.guessed.columns(.target).filter { $0.type != .text }
    guard let text = options.target ?? (takesOnlyTarget && candidates.count == 1 ? candidates[0].name : nil) else {
      let numbers = own.guessed.columns.filter { $0.type == .real || $0.type == .integer }
      let names = (candidates.isEmpty ? numbers : candidates).map(\.name)
      problems.append(
        Diagnostic(
          id: "no-target", message: "nothing says which column holds the trained performance",
          fix: Suggestion.listing(names).map { "add --target with one of: \($0)" }
            ?? "the file has no column of numbers"))
      return
    }
    guard let guess = column(text, "--target") else { return }
    if guess.type == .text {
      let numbers = own.guessed.columns.filter { $0.type == .real || $0.type == .integer }.map(\.name)
      problems.append(
        Diagnostic(
          id: "text-column", message: "\(text) holds text, and a target needs numbers",
          fix: Suggestion.listing(numbers).map { "the columns of numbers are: \($0)" }))
      return
    }
    if stated.contains(where: { $0.name == guess.name }) {
      problems.append(
        Diagnostic(id: "two-roles", message: "\(text) is the target, and is given another role", fix: "take one away"))
    }
    (target, targetTitle) = (guess.name, guess.title)
    if guess.role == .target, let better = guess.better {
      targetBetter = better
    } else if !(options.lower + options.higher).contains(where: { [guess.header, guess.name].contains($0) }) {
      notes.append(
        "larger values of \(guess.name), the target, are taken to be better; --lower \(guess.name) says otherwise")
    }
    if guess.role != .target { stated.append(Stated(name: guess.name, role: .target)) }
  }

  private mutating func takeDirections(_ options: OwnFileOptions) {
    var seen: Set<String> = []
    for (option, text, better) in options.lower.map({ ("--lower", $0, Direction.lower) })
      + options.higher.map({ ("--higher", $0, Direction.higher) })
    {
      guard let guess = column(text, option) else { continue }
      if !seen.insert(guess.name).inserted {
        problems.append(
          Diagnostic(id: "two-directions", message: "\(text) stands twice in --lower and --higher", fix: "keep one"))
      }
      if guess.name == target {
        targetBetter = better
      } else if let place = stated.firstIndex(where: { $0.name == guess.name }) {
        stated[place].better = better
      } else {
        stated.append(Stated(name: guess.name, better: better))
      }
    }
  }

  /// Says of which metrics nothing tells the better end.
  private mutating func noteDirections() {
    let open = metrics.filter { $0.better == nil }.map(\.name)
    guard !open.isEmpty else { return }
    let more = open.count > 6 ? " and \(open.count - 6) more" : ""
    notes.append(
      "larger values are taken to be better of \(open.prefix(6).joined(separator: ", "))\(more); --lower NAME says otherwise"
    )
  }

  private mutating func reportNoMetrics() {
    let others = own.guessed.columns.filter { $0.name != target && ($0.type == .real || $0.type == .integer) }
    problems.append(
      Diagnostic(
        id: "no-metrics", message: "\(own.path) has no column that is taken for a metric",
        reason: others.isEmpty ? "no other column holds numbers" : nil,
        fix: others.isEmpty
          ? "a metric is a column of numbers beside the target"
          : "add --metric with one of: \(Suggestion.listing(others.map { "\($0.name) (\($0.role.rawValue))" }) ?? "")"))
  }

  // MARK: Rows

  private mutating func takeConditions(_ options: OwnFileOptions) {
    for text in options.where {
      let (name, value) = OwnFileOptions.pair(text)
      if let guess = column(name, "--where") { conditions.append((guess.name, value)) }
    }
  }

  /// The places of the rows that meet the conditions.
  private var selectedRows: [Int] {
    let all = Array(0..<own.table.rowCount)
    return conditions.reduce(all) { rows, condition in
      guard let column = own.table[condition.column] else { return [] }
      let number = Double(condition.value)
      return rows.filter { row in
        guard let text = column.text(row) else { return false }
        return text == condition.value || number.map { Double(text) == $0 } ?? false
      }
    }
  }

  /// Places of rows by their values in a column, in the order in which values come; rows without a value are in none.
  private func byValue(_ name: String, _ rows: [Int], most: Int) -> [(value: String, rows: [Int])]? {
    guard let column = own.table[name] else { return nil }
    var places: [String: Int] = [:]
    var found: [(value: String, rows: [Int])] = []
    for row in rows {
      guard let text = column.text(row) else { continue }
      if let place = places[text] {
        found[place].rows.append(row)
      } else {
        guard found.count < most else { return nil }
        places[text] = found.count
        found.append((text, [row]))
      }
    }
    return found
  }

  private mutating func takeGroups(_ options: OwnFileOptions, _ rows: [Int]) {
    groups = [Group(value: nil, suffix: "", rows: rows)]
    if let text = options.group, text != "none" {
      guard let guess = column(text, "--group") else { return }
      guard let found = byValue(guess.name, rows, most: Self.mostGroups.named), !found.isEmpty else {
        problems.append(
          Diagnostic(
            id: "too-many-groups", message: "\(text) has over \(Self.mostGroups.named) values, or none",
            fix: "group by a column with fewer, or choose rows with --where"))
        return
      }
      take(found, by: guess.name)
    } else if options.group == nil {
      guard let name = splittingColumn(rows), let found = byValue(name, rows, most: Self.mostGroups.found) else {
        return
      }
      take(found, by: name)
      notes.append(
        "each \(identifierNames.first ?? "identifier") stands once for each \(name), so that there is one answer for each; --group none pools them, --where \(name)=… takes one"
      )
    }
  }

  private mutating func take(_ found: [(value: String, rows: [Int])], by name: String) {
    groupColumn = name
    var used: Set<String> = []
    groups = found.enumerated().map { place, item in
      var slug = item.value.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
      slug = slug.split(separator: "-").joined(separator: "-")
      if slug.isEmpty || slug.count > 30 || !used.insert(slug).inserted {
        slug = "group-\(place + 1)"
        used.insert(slug)
      }
      return Group(value: item.value, suffix: "-\(slug)", rows: item.rows)
    }
  }

  private var identifierNames: [String] { own.guessed.columns(.identifier).map(\.name) }

  /// The column of text, such as a task, for each of whose values identifiers stand once.
  private func splittingColumn(_ rows: [Int]) -> String? {
    let repeating = identifierNames.filter { repeats($0, rows) }
    guard !repeating.isEmpty else { return nil }
    return own.guessed.columns.first { guess in
      guard guess.type == .text, guess.role == .feature || guess.role == .identifier,
        !repeating.contains(guess.name) || guess.distinct <= Self.mostGroups.found,
        guess.distinct > 1, let found = byValue(guess.name, rows, most: Self.mostGroups.found), found.count > 1
      else { return false }
      return repeating.contains { name in name != guess.name && found.allSatisfy { !repeats(name, $0.rows) } }
    }?.name
  }

  /// True when a value stands in several rows.
  private func repeats(_ name: String, _ rows: [Int]) -> Bool {
    guard let column = own.table[name] else { return false }
    switch column.storage {
    case .text(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .integer(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .real(let values): return Self.repeats(rows.lazy.filter { column.undefined[$0] == nil }.map { values[$0] })
    case .boolean: return true
    }
  }

  private static func repeats<Value: Hashable>(_ values: some Sequence<Value>) -> Bool {
    var seen: Set<Value> = []
    return values.contains { !seen.insert($0).inserted }
  }

  private mutating func takeClusters(_ options: OwnFileOptions) {
    if !options.id.isEmpty {
      isClusterStated = true
      if options.id == ["none"] || options.id == ["metric-vector"] { return clusters = options.id }
      clusters = options.id.compactMap { column($0, "--id")?.name }
      return
    }
    if let name = identifierNames.first(where: { name in groups.contains { repeats(name, $0.rows) } }) {
      clusters = [name]
    } else if groups.contains(where: { repeatsMetrics($0.rows) }) {
      notes.append(
        "some rows repeat all metrics of another and are drawn one by one; if they are repeats of one architecture, intervals are too narrow: --id metric-vector, or --id with the column that tells architectures apart"
      )
    }
  }

  /// True when over a tenth of the rows have all metrics in common with another.
  private func repeatsMetrics(_ rows: [Int]) -> Bool {
    let columns = metrics.prefix(40).compactMap { own.table[$0.name] }
    guard let first = columns.first, columns.count > 1, repeats(first.schema.name, rows) else { return false }
    var seen: Set<[UInt64]> = []
    let numbers = columns.map(\.numbers)
    let repeated = rows.count { row in
      !seen.insert(numbers.map { $0[row]?.bitPattern ?? .max }).inserted
    }
    return repeated * 10 > rows.count
  }

  /// Reports targets that rank nothing.
  private mutating func checkRows() {
    guard let column = own.table[target] else { return }
    let values = column.numbers
    for group in groups {
      let place = group.value.map { " of \($0)" } ?? ""
      let defined = group.rows.compactMap { values[$0] }
      if group.rows.isEmpty {
        problems.append(
          Diagnostic(
            id: "no-rows",
            message: "no row meets \(conditions.map { "\($0.column)=\($0.value)" }.joined(separator: " and "))",
            fix: "look at the values of the column"))
      } else if defined.count < Self.fewestRows {
        problems.append(
          Diagnostic(
            id: "too-few-rows",
            message: "\(defined.count == 0 ? "no row" : "one row alone")\(place) has a value of \(target)",
            reason: "a ranking needs two rows at least", fix: defined.isEmpty ? "name another target" : "add rows"))
      } else if defined.allSatisfy({ $0 == defined[0] }) {
        problems.append(
          Diagnostic(
            id: "constant-target", message: "all \(defined.count) values\(place) of \(target) are the same",
            reason: "what does not differ cannot be ranked", fix: "name another target"))
      }
    }
  }
}

extension RankedColumns {
  /// True when a column has two different values where the target has two different ones, so that it can be held against it.
  func isUsable(_ guess: Guess, in group: Group) -> Bool {
    guard let column = own.table[guess.name]?.numbers, let target = own.table[target]?.numbers else { return false }
    let pairs = group.rows.compactMap { row in column[row].flatMap { value in target[row].map { (value, $0) } } }
    guard let first = pairs.first else { return false }
    return pairs.contains { $0.0 != first.0 } && pairs.contains { $0.1 != first.1 }
  }

  /// True when a metric, a baseline or the target lacks a value in a row.
  func lacksValues(in group: Group) -> Bool {
    members.contains { guess in
      guard guess.missing > 0, let column = own.table[guess.name] else { return false }
      return group.rows.contains { column.undefined[$0] != nil }
    }
  }
}
