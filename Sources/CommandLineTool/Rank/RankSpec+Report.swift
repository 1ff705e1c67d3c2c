import Diagnostics

/// The cells of the report: words with values, the differences, the coefficients, what is kept, and the data.
extension RankSpec {
  var reportLines: [String] { columns.groups.flatMap { reportLines($0) } + ["  - table: data"] }

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
