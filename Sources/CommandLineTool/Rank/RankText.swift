import Diagnostics
import Figures
import Sections
import Tables

/// The answer for the terminal.
struct RankText {
  let answer: RankAnswer
  let columns: RankedColumns

  /// The most metrics that a table shows, and the most names on a line.
  private static let most = (rows: 30, names: 12)

  /// What the file was taken for: a few lines, each with how to say otherwise.
  var guesses: String {
    let file = answer.file
    let left = file.rowsRead - file.rows
    var lines = [
      "\(file.path): \(file.guessed.form), \(NumberText.grouped(file.rows)) rows\(left > 0 ? ", \(left) left out" : "")"
    ]
    var rows: [[String]] = []
    rows.append([
      "target", "\(columns.target) (\(columns.targetBetter.rawValue) is better)",
      columns.targetBetter == .higher ? "--lower \(columns.target)" : "--higher \(columns.target)",
    ])
    rows.append(["metrics", names(columns.metrics), "--metric NAME, --ignore NAME"])
    rows.append(["baselines", columns.baselines.isEmpty ? "none" : names(columns.baselines), "--baseline NAME"])
    rows.append(["units", units, "--id NAME, --id none"])
    if let group = answer.groupedBy {
      rows.append([
        "groups", "\(group): \(list(answer.groups.compactMap(\.value)))", "--group none, --where \(group)=…",
      ])
    }
    let used = Set(
      columns.members.map(\.name) + [columns.target] + columns.clusters + [columns.groupColumn].compactMap { $0 })
    let unused = file.guessed.columns.filter { !used.contains($0.name) }
    if !unused.isEmpty {
      rows.append(["not used", list(unused.map { "\($0.name) (\($0.role.rawValue))" }), ""])
    }
    let missing = (columns.members + file.guessed.columns.filter { $0.name == columns.target }).filter {
      $0.missing > 0
    }
    if !missing.isEmpty {
      rows.append([
        "no value", list(missing.map { "\($0.name) \(NumberText.grouped($0.missing))" }), "--read missing=TEXT",
      ])
    }
    lines += AlignedText.table(rows.map { ["  \($0[0])", $0[1], $0[2].isEmpty ? "" : "[\($0[2])]"] }).split(
      separator: "\n"
    ).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }
    lines += answer.notes.map { "  note: \(Self.said($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the columns of the tables are.
  var legend: String {
    let settings = answer.settings
    let units = answer.unitColumns == nil ? "rows" : "units"
    var lines = [
      "Somers' d: Kendall's τ with ties of the metric as coin flips; positive: ranks as its better end says.",
      "[ ]: 95 % BCa intervals, \(NumberText.grouped(settings.resamples)) resamples of \(units), seed \(settings.seed); adjusted p: Holm, over all comparisons.",
    ]
    if answer.groups.contains(where: { $0.top != nil }) {
      let percent = NumberText.percent(settings.keep)
      lines.append(
        "best … in \(percent) %: the share of the best rows that is kept when each ranking keeps \(percent) % of the rows."
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func size(_ top: Double) -> String { top < 1 ? "\(NumberText.percent(top)) %" : NumberText.compact(top) }

  private var units: String {
    guard let names = answer.unitColumns else { return "every row by itself" }
    let what = names == ["metric-vector"] ? "metrics" : names.joined(separator: ", ")
    return "rows with the same \(what) are drawn together"
  }

  /// A note on numbers that may stand for no value, with the option of this command.
  private static func said(_ note: String) -> String {
    note.replacing("declare it under `missing`", with: "--read missing=\(note.prefix { $0 != " " })")
  }

  private func names(_ guesses: [RankedColumns.Guess]) -> String {
    list(guesses.map { "\($0.name)\($0.better == .lower ? " (lower is better)" : "")" })
  }

  private func list(_ names: [String]) -> String {
    names.prefix(Self.most.names).joined(separator: ", ")
      + (names.count > Self.most.names ? " and \(names.count - Self.most.names) more" : "")
  }

  /// The table of a group, with its sentence.
  func text(_ group: RankAnswer.Group) -> String {
    let strongest = group.strongest.flatMap { strongest in group.baselines.first { $0.name == strongest.name } }
    let hasUnits = (group.metrics + group.baselines).contains { $0.units != nil }
    let percent = NumberText.percent(answer.settings.keep)
    var head = ["", "Somers' d [95 %]", "n"]
    if hasUnits { head.append("units") }
    if let top = group.top {
      head.append("best \(size(top)) in \(percent) %")
    }
    if let strongest { head.append("less \(short(strongest.title)) [95 %]") }
    if strongest != nil || group.metrics.contains(where: { $0.adjustedPValue != nil }) { head.append("adjusted p") }
    var rows = [head]
    for row in group.metrics.prefix(Self.most.rows) + group.baselines.prefix(Self.most.rows) {
      var cells = [
        row.role == .baseline ? "\(short(row.title)) (baseline)" : short(row.title), RankSentence.text(row.coefficient),
        NumberText.grouped(row.n),
      ]
      if hasUnits { cells.append(row.units.map { NumberText.grouped($0) } ?? "–") }
      if group.top != nil { cells.append(RankSentence.text(row.recall)) }
      if let strongest {
        let difference = row.differences?[strongest.name]
        cells.append(row.role == .baseline ? "" : RankSentence.text(difference))
        cells.append(
          row.role == .baseline ? "" : difference?.test.map { RankSentence.text($0.adjustedPValue ?? $0.pValue) } ?? "–"
        )
      } else if head.last == "adjusted p" {
        cells.append(row.adjustedPValue.map { RankSentence.text($0) } ?? "–")
      }
      rows.append(cells)
    }
    var text =
      group.value.map { "\(answer.groupedBy ?? "group") \($0), \(NumberText.grouped(group.rows)) rows\n" } ?? ""
    text += AlignedText.table(rows)
    let hidden = group.metrics.count - Self.most.rows
    if hidden > 0 { text += "… and \(NumberText.grouped(hidden)) metrics more; --json has all\n" }
    for line in reasons(group) { text += line + "\n" }
    return text + "\n" + group.sentence + "\n"
  }

  /// Why numbers are missing, each reason once, and which rows differences are of.
  private func reasons(_ group: RankAnswer.Group) -> [String] {
    var found: [(reason: String, names: [String])] = []
    func add(_ reason: String, _ name: String) {
      if let place = found.firstIndex(where: { $0.reason == reason }) {
        if !found[place].names.contains(name) { found[place].names.append(name) }
      } else {
        found.append((reason, [name]))
      }
    }
    for row in group.metrics + group.baselines {
      for estimate in [row.coefficient, row.recall].compactMap({ $0 }) {
        if case .failure(let reason) = estimate.value {
          add(reason.text, row.name)
        } else if case .failure(let reason) = estimate.interval {
          add("no interval: \(reason.text)", row.name)
        }
      }
    }
    var lines = found.prefix(6).map { "\(list($0.names)): \($0.reason)" }
    if found.count > 6 { lines.append("… and \(found.count - 6) reasons more; --json has all") }
    let least = (group.metrics + group.baselines).map(\.n).max() ?? 0
    if let shared = group.sharedRows, shared < least {
      lines.append("differences are of the \(NumberText.grouped(shared)) rows that all metrics and baselines have")
    }
    return lines
  }

  private func short(_ title: String) -> String { title.count > 40 ? "\(title.prefix(39))…" : title }
}
