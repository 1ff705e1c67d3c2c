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
  static let most = (guesses: 200, panels: 24, forest: 60, recall: 200)

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

  /// The most cells, rows times metrics and baselines, whose intervals are from resamples unless their number is asked for; those of
  /// more are from the jackknife, which costs as much as a few resamples.
  static let mostResampledCells = 100_000

  /// Whether coefficients and differences have intervals by the jackknife.
  var isJackknife: Bool {
    let rows = columns.groups.map(\.rows.count).max() ?? 0
    return options.resamples == nil && rows * columns.members.count > Self.mostResampledCells
  }

  /// Resamples of intervals; with the jackknife those of what reductions keep alone.
  var resamples: Int { options.resamples ?? (isJackknife ? 299 : 1999) }

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
        "# Each metric less each trivial baseline, on the rows that all have. P-values are adjusted over all",
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
      let rule = columns.isClusterRule ? columns.clusters[0] : YAMLText.list(columns.clusters)
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

  private var interval: String { isJackknife ? "{method: jackknife}" : resampledInterval }
  private var resampledInterval: String { "{resamples: \(resamples), seed: \(options.seed)}" }
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
      "    interval: \(resampledInterval)", "    ties: {seed: \(options.seed)}",
    ]
  }
}
