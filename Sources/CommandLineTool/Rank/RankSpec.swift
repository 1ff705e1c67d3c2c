import Datasets
import Diagnostics
import Documents
import Figures
import Files
import Sections
import Tables

/// The one maker of analyses of a user's own file: `rank` runs its text and `--save` writes it, `init --from` writes it.
struct RankSpec {
  let file: OwnFile
  let columns: RankedColumns
  let options: OwnFileOptions
  /// The file that the text is written to, or would be.
  let path: String

  /// Names of the parts, before the suffix of a group.
  enum Part {
    static let metrics = "metrics"
    static let ahead = "over-baselines"
    static let kept = "kept"
  }

  /// The most guesses that stand in the text as comments, and the most metrics and baselines that figures and recall are of.
  private static let most = (guesses: 200, panels: 24, forest: 60, recall: 200)

  /// Describes an analysis.
  ///
  /// - Parameter path: The file that its text is written to; one beside the data when nil.
  init(_ file: OwnFile, _ columns: RankedColumns, _ options: OwnFileOptions, path: String? = nil) {
    self.file = file
    self.columns = columns
    self.options = options
    self.path = path ?? "\(file.folder)/\(Self.id(file.name)).yaml"
  }

  /// A name for the analysis of a file.
  private static func id(_ name: String) -> String {
    let stem = name.split(separator: ".").first.map(String.init) ?? ""
    let parts = stem.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let id = String(String(parts).split(separator: "-").joined(separator: "-").prefix(60))
    let trimmed = id.hasSuffix("-") ? String(id.dropLast()) : id
    return KebabCase.isName(trimmed) ? trimmed : "scores"
  }

  /// The name of the analysis: that of the file which it is written to.
  var id: String { Self.id(FileSystem.name(of: path)) }

  /// What `trainfree run` takes to run the text in its file.
  var command: String { path + (file.isOutside(of: path) ? " --files \(file.folder)" : "") }

  /// The folders in which the data are found; those that were read from where the text is written beside the data.
  var folders: OwnFolders {
    file.placed(beside: path) == file.name && !file.isOutside(of: path)
      ? file.folders : OwnFolders(beside: path, files: file.folder, metrics: .catalogue)
  }

  // MARK: Settings

  /// Resamples of intervals: as many as asked for; else 1,999 up to 2,000 rows, 999 up to 20,000, 299 above, and more where no p-value
  /// could stand the adjustment over so many comparisons otherwise, up to 1,999; 499 of more than 200 metrics and baselines.
  var resamples: Int {
    if let stated = options.resamples { return stated }
    guard hasRecall else { return 499 }
    let rows = columns.groups.map(\.rows.count).max() ?? 0
    let least = rows <= 2000 ? 1999 : rows <= 20_000 ? 999 : 299
    let comparisons = columns.metrics.count * max(1, columns.baselines.count)
    return max(least, min(1999, (40 * comparisons + 99) / 100 * 100 - 1))
  }

  /// The best rows that should be kept: a count, or a share below 1.
  func top(_ group: RankedColumns.Group) -> Double { options.top ?? (group.rows.count < 500 ? 0.1 : 50) }

  var hasRecall: Bool { columns.members.count <= Self.most.recall }
  var hasDifferences: Bool { !columns.baselines.isEmpty }

  func dataset(_ group: RankedColumns.Group) -> String { OwnFile.dataset + group.suffix }
  func metrics(_ group: RankedColumns.Group) -> String { Part.metrics + group.suffix }
  func ahead(_ group: RankedColumns.Group) -> String { Part.ahead + group.suffix }
  func kept(_ group: RankedColumns.Group) -> String { Part.kept + group.suffix }

  /// The ranking whose size others are kept at: all keep as many rows.
  var candidate: RankedColumns.Guess? { (columns.baselines + columns.metrics).first }

  // MARK: Text

  /// The text of the analysis.
  var text: String {
    var lines = head
    lines.append("datasets:")
    for (place, group) in columns.groups.enumerated() { lines += datasetLines(group, isFirst: place == 0) }
    let first = columns.groups[0]
    lines += [
      "", "# What metrics are held against.",
      "target: {dataset: \(dataset(first)), column: \(YAMLText.scalar(columns.target)), better: \(columns.targetBetter.rawValue)}",
      "",
      "# Each metric with its own rows. Somers' d counts pairs that are tied in the metric as coin flips.",
      "correlations:",
    ]
    for group in columns.groups { lines += correlationLines(group) }
    if hasDifferences {
      lines += [
        "",
        "# Each metric less each trivial baseline, on the rows that all have, by the same resamples. P-values are adjusted over all",
        "# pairs by Holm's method, so that the largest may be picked.", "differences:",
      ]
      for group in columns.groups { lines += differenceLines(group) }
    }
    if hasRecall {
      lines += [
        "", "# What is kept of the best when each ranking keeps \(NumberText.percent(options.keep)) % of the rows.",
        "reductions:",
      ]
      for group in columns.groups { lines += reductionLines(group) }
    }
    lines += ["", "report:"] + reportLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    let name = FileSystem.name(of: path)
    let data = file.isOutside(of: path) ? " --files FOLDER" : ""
    var lines = [
      "# Which metrics rank by the target, and is that more than size? Made by `trainfree rank` or `trainfree init --from`.",
      "# `trainfree check \(YAMLText.comment(name))\(data)` prints what columns are taken for, `trainfree run` makes the report.",
    ]
    if !data.isEmpty { lines.append("# FOLDER is the one with the file of the data.") }
    return lines + ["analysis: \(YAMLText.scalar(id))", "title: \(YAMLText.scalar(title))"]
  }

  private var title: String {
    "Which metrics rank by \(columns.targetTitle.lowercasedFirst), and is it more than size?"
  }

  private func datasetLines(_ group: RankedColumns.Group, isFirst: Bool) -> [String] {
    var lines = ["  \(dataset(group)):", "    file: \(YAMLText.scalar(file.placed(beside: path)))"]
    for member in file.reading { lines.append("    \(member.key): \(YAMLText.flow(member.value))") }
    let stated = statedColumns
    if !stated.isEmpty {
      lines.append("    columns:")
      for member in stated { lines.append("      \(YAMLText.scalar(member.key)): \(YAMLText.flow(member.value))") }
    }
    if isFirst { lines += guessLines(isWithinColumns: !stated.isEmpty) }
    var conditions = columns.conditions
    if let column = columns.groupColumn, let value = group.value { conditions.append((column, value)) }
    if !conditions.isEmpty {
      let items = conditions.map { "{column: \(YAMLText.scalar($0.column)), equals: \(YAMLText.scalar($0.value))}" }
      lines.append("    rows: [\(items.joined(separator: ", "))]")
    }
    if !columns.clusters.isEmpty {
      let rule =
        ["none", "metric-vector"].contains(columns.clusters[0]) && columns.isClusterStated
        ? columns.clusters[0] : YAMLText.list(columns.clusters)
      lines += [
        "    # Rows with the same values here are repeats of one thing, and drawn together.", "    cluster-by: \(rule)",
      ]
    }
    return lines
  }

  /// What was guessed of columns, as comments.
  private func guessLines(isWithinColumns: Bool) -> [String] {
    let named = Set(columns.stated.map(\.name))
    let guesses = file.own.guessed.columns.filter { $0.ground != .stated && !named.contains($0.name) }
    guard !guesses.isEmpty else { return [] }
    var lines = [
      isWithinColumns
        ? "      # Taken from names and contents. To change one, write it without #."
        : "    # Taken from names and contents. To change one, write it without #, below `columns:`."
    ]
    if !isWithinColumns { lines.append("    # columns:") }
    for guess in guesses.prefix(Self.most.guesses) {
      let better = guess.better.map { ", better: \($0.rawValue)" } ?? ""
      let header =
        guess.header == guess.name || guess.header.isEmpty ? "" : ", header: \(YAMLText.scalar(guess.header))"
      lines.append(
        isWithinColumns
          ? "      # \(YAMLText.comment("\(guess.name): {role: \(guess.role.rawValue)\(better)\(header)}"))"
          : "    #   \(YAMLText.comment("\(guess.name): {role: \(guess.role.rawValue)\(better)\(header)}"))")
    }
    if guesses.count > Self.most.guesses { lines.append("    # … and \(guesses.count - Self.most.guesses) more") }
    return lines
  }

  /// What was said of columns, by the names that they have in the analysis.
  private var statedColumns: [JSONMember] {
    var members = file.columns
    let headers = file.own.guessed.columns.map(\.header)
    for item in columns.stated {
      var said: [JSONMember] = []
      if let guess = file.own.guessed.columns.first(where: { $0.name == item.name }), guess.ground != .stated,
        !guess.header.isEmpty, headers.count(where: { $0 == guess.header }) == 1
      {
        said.append(JSONMember(key: "header", value: .string(guess.header)))
      }
      if let role = item.role { said.append(JSONMember(key: "role", value: .string(role.rawValue))) }
      if item.isIgnored { said.append(JSONMember(key: "ignore", value: true)) }
      if let better = item.better { said.append(JSONMember(key: "better", value: .string(better.rawValue))) }
      if let place = members.firstIndex(where: { $0.key == item.name }) {
        let kept = (members[place].value.members ?? []).filter { old in !said.contains { $0.key == old.key } }
        members[place].value = .object(kept + said)
      } else {
        members.append(JSONMember(key: item.name, value: .object(said)))
      }
    }
    return members
  }

  private var interval: String { "{resamples: \(resamples), seed: \(options.seed)}" }
  private var baselines: String { YAMLText.list(columns.baselines.map(\.name)) }

  private func heading(_ group: RankedColumns.Group, _ title: String) -> String {
    YAMLText.scalar(group.value.map { "\(title): \($0)" } ?? title)
  }

  /// The target of a part; only the first group has that of the analysis.
  private func target(_ group: RankedColumns.Group) -> [String] {
    group.suffix == columns.groups[0].suffix
      ? []
      : [
        "    target: {dataset: \(dataset(group)), column: \(YAMLText.scalar(columns.target)), better: \(columns.targetBetter.rawValue)}"
      ]
  }

  private func correlationLines(_ group: RankedColumns.Group) -> [String] {
    ["  \(metrics(group)):", "    title: \(heading(group, "Metrics"))"] + target(group) + ["    metrics: all"]
      + (columns.baselines.isEmpty ? [] : ["    baselines: \(baselines)"])
      + ["    coefficients: [somers-d, kendall-tau-b, spearman]", "    interval: \(interval)"]
  }

  private func differenceLines(_ group: RankedColumns.Group) -> [String] {
    ["  \(ahead(group)):", "    title: \(heading(group, "Metrics less trivial baselines"))"] + target(group) + [
      "    metrics: all", "    baselines: \(baselines)", "    against: \(baselines)", "    coefficient: somers-d",
      "    interval: \(interval)",
    ]
  }

  private func reductionLines(_ group: RankedColumns.Group) -> [String] {
    guard let candidate else { return [] }
    let better = (candidate.better ?? .higher).rawValue
    let by = "{top: \(JSONValue.numberText(options.keep)), by: \(YAMLText.scalar(candidate.name)), better: \(better)}"
    let rivals = columns.baselines.isEmpty ? "{metrics: all}" : "{metrics: all, baselines: \(baselines)}"
    return ["  \(kept(group)):", "    title: \(heading(group, "What each ranking keeps"))"] + target(group) + [
      "    candidates: {first: \(by)}", "    against: \(rivals)",
      "    top: [\(JSONValue.numberText(top(group)))]", "    best-of: [1]", "    truncation: [1]",
      "    interval: \(interval)", "    ties: {seed: \(options.seed)}",
    ]
  }

  // MARK: Report

  private var reportLines: [String] { columns.groups.flatMap { reportLines($0) } + ["  - table: data"] }

  private func reportLines(_ group: RankedColumns.Group) -> [String] {
    let heading = group.value.map { "## \(Self.markdown($0))" } ?? "## In short"
    let text = prose(group)
    let pairs = columns.metrics.count * columns.baselines.count
    var lines: [String] = []
    if hasDifferences, pairs <= Self.most.forest {
      lines += ["  - lead:", "      text: |", "        \(heading)", ""] + text.map { "        \($0)" }
      lines.append("      figure: {forest: \(ahead(group))}")
    } else {
      lines += ["  - text: |", "      \(heading)", ""] + text.map { "      \($0)" }
      if columns.members.count <= Self.most.forest { lines.append("  - figure: {forest: \(metrics(group))}") }
    }
    if hasDifferences { lines.append("  - table: \(ahead(group))") }
    if columns.members.count <= Self.most.panels {
      lines.append("  - figure: {small-multiples: \(metrics(group)), coefficient: somers-d}")
    }
    lines.append("  - table: \(metrics(group))")
    if hasRecall { lines.append("  - table: {from: \(kept(group)), content: same-size}") }
    return lines
  }

  /// The words of a group: values only where the data have them.
  private func prose(_ group: RankedColumns.Group) -> [String] {
    let part = metrics(group)
    let names = Set(columns.members.map(\.name))
    var lines: [String] = []
    if !names.contains("best"), columns.metrics.contains(where: { columns.isUsable($0, in: group) }) {
      let count = columns.metrics.count
      lines.append(
        count == 1
          ? "The metric is {{ \(part).best.title }}: its Somers' d with `\(columns.target)` is {{ \(part).best.somers-d | .3 }} over {{ \(part).best.n }} rows."
          : "Of \(count) metrics {{ \(part).best.title }} has the largest Somers' d with `\(columns.target)` in magnitude, {{ \(part).best.somers-d | .3 }} over {{ \(part).best.n }} rows. It was picked as the largest: read it with its adjusted p-value in the table."
      )
    }
    let usable = columns.baselines.filter { columns.isUsable($0, in: group) }
    if columns.baselines.isEmpty {
      lines.append(
        "No column is a trivial baseline, such as the number of parameters or of operations: whether any metric is more than size cannot be told."
      )
    } else if columns.baselines.count == 1, let only = usable.first {
      lines.append(
        "The trivial baseline, {{ \(part).\(only.name).title }}, has {{ \(part).\(only.name).somers-d | .3 }}.")
    } else if !usable.isEmpty, !names.contains("strongest-baseline") {
      lines.append(
        "The strongest of \(columns.baselines.count) trivial baselines is {{ \(part).strongest-baseline.title }} with {{ \(part).strongest-baseline.somers-d | .3 }}."
      )
    }
    if hasDifferences {
      lines.append(
        "A metric is shown to rank better where its interval of the difference lies above 0 and its adjusted p-value is at most .05."
      )
    }
    return lines
  }

  /// A value of the data as text of Markdown.
  private static func markdown(_ text: String) -> String {
    let visible = YAMLText.comment(text)
    return visible.map { $0.isLetter || $0.isNumber || " -_.,:/()".contains($0) ? String($0) : " " }.joined()
  }
}
