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

  let own: OwnDataset
  private(set) var target = ""
  private(set) var targetTitle = ""
  private(set) var targetBetter = Direction.higher
  private(set) var metrics: [Guess] = []
  private(set) var baselines: [Guess] = []
  /// Columns by whose values rows are repeats; `metric-vector` or `none` alone where the user says so; empty where no rows are.
  var clusters: [String] = []
  /// True when `clusters` is a rule instead of columns.
  var isClusterRule = false
  /// Conditions that rows meet: a column and its value.
  var conditions: [(column: String, value: String)] = []
  /// The column that groups; nil for none.
  var groupColumn: String?
  var groups: [Group] = []
  /// What was said of columns, in the order of the file.
  private(set) var stated: [Stated] = []
  /// What a reader should look at.
  var notes: [String] = []
  var problems: [Diagnostic] = []

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
  mutating func column(_ text: String, _ option: String) -> Guess? {
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
}
