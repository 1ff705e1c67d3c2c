import Diagnostics
import Documents

/// Checks that span an analysis: names declared once, references that lead somewhere, cells that are complete.
struct AnalysisChecks {
  private let analysis: Analysis
  private(set) var problems: [Diagnostic] = []

  init(_ analysis: Analysis) { self.analysis = analysis }

  mutating func run() {
    checkNames()
    checkDatasets()
    checkTargets()
    for summary in analysis.summaries { checkDataset(summary.dataset) }
    for family in analysis.correlations { checkFamily(family) }
    for table in analysis.published { checkPublished(table) }
    checkCells()
  }

  private mutating func checkNames() {
    var first: [String: Located<String>] = [:]
    let names =
      analysis.datasets.map(\.name) + analysis.summaries.map(\.name) + analysis.correlations.map(\.name)
      + analysis.published.map(\.name)
    for name in names {
      if name.value == "data" {
        report("reserved-name", name, "data is a reserved name", fix: "choose another name")
      } else if let other = first[name.value] {
        report(
          "duplicate-name", name, "the name \(name.value) is taken at line \(other.location.line)",
          reason: "datasets, summaries, correlations and published tables share one set of names",
          fix: "choose another name")
      } else {
        first[name.value] = name
      }
    }
  }

  private mutating func checkDatasets() {
    var declared: [String] = []
    let all = analysis.datasets.map(\.name.value)
    for dataset in analysis.datasets {
      for condition in dataset.rows where condition.tests.count != 1 {
        report(
          "ambiguous-condition", condition.column,
          "the condition on \(condition.column.value) has \(condition.tests.count) tests",
          fix: "give exactly one of equals, in, at-least, at-most, defined")
      }
      for join in dataset.join where !declared.contains(join.dataset.value) {
        if join.dataset.value == dataset.name.value {
          report("join-cycle", join.dataset, "\(dataset.name.value) joins itself", fix: "join another dataset")
        } else if all.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset, "\(dataset.name.value) joins \(join.dataset.value), which is declared after it",
            reason: "a dataset joins only datasets above it, so that there is no cycle",
            fix: "declare \(join.dataset.value) first")
        } else {
          unknown("dataset", join.dataset, known: declared)
        }
      }
      declared.append(dataset.name.value)
    }
  }

  private mutating func checkTargets() {
    for target in [analysis.target].compactMap({ $0 }) + analysis.correlations.compactMap(\.target) {
      checkDataset(target.dataset)
    }
  }

  private mutating func checkDataset(_ name: Located<String>) {
    let known = analysis.datasets.map(\.name.value)
    if !known.contains(name.value) { unknown("dataset", name, known: known) }
  }

  private mutating func checkFamily(_ family: CorrelationFamily) {
    if family.target == nil, analysis.target == nil {
      report(
        "no-target", family.name, "\(family.name.value) has no target",
        fix: "add `target: {dataset: …, column: …}` to it or to the analysis")
    }
    if let top = family.top {
      for size in top.sizes where size >= 1 && size != size.rounded() {
        report(
          "bad-size", family.name, "top size \(size) is neither a whole number nor a share below 1",
          fix: "write a whole number, or a number between 0 and 1")
      }
    }
  }

  private mutating func checkPublished(_ table: PublishedTable) {
    if let reference = table.reference, !analysis.references.contains(where: { $0.value == reference.value }) {
      report(
        "unlisted-reference", reference, "\(reference.value) is not among the analysis' references",
        fix: "add it to `references`")
    }
    for value in table.values where !TextTemplate.isPath(value.of.value) {
      report(
        "bad-path", value.of, "\(value.of.value) is not the path of a value",
        fix: "write family.metric.coefficient, such as main.parameters.kendall-tau-b")
    }
  }

  private mutating func checkCells() {
    var figures: Set<String> = []
    var tables: Set<String> = []
    for cell in analysis.report {
      switch cell {
      case .text(let text): checkText(text)
      case .figure(let figure):
        if !figures.insert(figure.name.value).inserted { duplicate("figure", figure.name) }
        if let caption = figure.caption { checkText(caption) }
        checkFigure(figure)
      case .table(let table):
        if !tables.insert(table.name.value).inserted { duplicate("table", table.name) }
        if let caption = table.caption { checkText(caption) }
        checkTable(table)
      }
    }
  }

  private mutating func checkFigure(_ figure: FigureSpec) {
    let datasets = analysis.datasets.map(\.name.value)
    let families = analysis.correlations.map(\.name.value)
    func need(_ key: String, _ value: Located<String>?, _ problems: inout [Diagnostic]) {
      guard value == nil else { return }
      problems.append(
        Diagnostic(
          id: "missing-key", location: figure.from.location, message: "\(figure.kind.rawValue) lacks the key \(key)",
          fix: "add `\(key):` with a column"))
    }
    switch figure.kind {
    case .smallMultiples, .heatMap, .forest, .truncation, .top:
      guard let family = analysis.correlations.first(where: { $0.name.value == figure.from.value }) else {
        return unknown("correlation family", figure.from, known: families)
      }
      checkNeeds(figure, family)
    case .scatter, .lines:
      if !datasets.contains(figure.from.value) { unknown("dataset", figure.from, known: datasets) }
      need("x", figure.x, &problems)
      need("y", figure.y, &problems)
      if figure.kind == .lines { need("group-by", figure.groupBy, &problems) }
    case .boxPlots:
      if !datasets.contains(figure.from.value) { unknown("dataset", figure.from, known: datasets) }
      need("group-by", figure.groupBy, &problems)
    case .groups:
      let summaries = analysis.summaries.map(\.name.value)
      if !summaries.contains(figure.from.value) { unknown("summary", figure.from, known: summaries) }
    }
  }

  private mutating func checkNeeds(_ figure: FigureSpec, _ family: CorrelationFamily) {
    let coefficient = figure.coefficient ?? .kendallTauB
    if figure.kind == .heatMap, !family.agreement {
      report(
        "needs-agreement", figure.from, "a heat map needs every pair of metrics",
        fix: "add `agreement: true` to \(family.name.value)")
    }
    if figure.kind == .truncation, family.truncation.isEmpty {
      report(
        "needs-truncation", figure.from, "\(family.name.value) has no truncation",
        fix: "add `truncation: [1, 0.5, 0.1]` to it")
    }
    if figure.kind == .top, family.top == nil {
      report(
        "needs-top", figure.from, "\(family.name.value) has no top-of-ranking measures",
        fix: "add `top: {sizes: [10, 0.1]}` to it")
    }
    if !family.coefficients.contains(coefficient) {
      report(
        "unknown-coefficient", figure.from, "\(family.name.value) does not compute \(coefficient.rawValue)",
        fix:
          "add it to the family's coefficients, or show one of \(family.coefficients.map(\.rawValue).joined(separator: ", "))"
      )
    }
  }

  private mutating func checkTable(_ table: TableSpec) {
    let families = analysis.correlations.map(\.name.value)
    let summaries = analysis.summaries.map(\.name.value)
    let published = analysis.published.map(\.name.value)
    let from = table.from.value
    guard from == "data" || (families + summaries + published).contains(from) else {
      return unknown(
        "family, summary or published table", table.from, known: families + summaries + published + ["data"])
    }
    let family = analysis.correlations.first { $0.name.value == from }
    let fitting: [TableContent]
    if let family {
      fitting =
        [.coefficients, .missing] + (family.top == nil ? [] : [.top]) + (family.given.isEmpty ? [] : [.partial])
        + (family.truncation.isEmpty ? [] : [.truncation])
    } else {
      fitting = from == "data" ? [.data] : summaries.contains(from) ? [.summary] : [.published]
    }
    if let content = table.content, !fitting.contains(content) {
      report(
        "unfitting-content", table.from, "\(from) has nothing to show as \(content.rawValue)",
        fix: "choose one of \(fitting.map(\.rawValue).joined(separator: ", ")), or ask the family to compute it")
    }
  }

  private mutating func checkText(_ text: Located<String>) {
    for problem in TextTemplate(text.value).problems {
      var place = text.location
      place.line += problem.line
      problems.append(
        Diagnostic(
          id: "bad-reference", location: place, message: problem.message,
          fix: "write {{ family.metric.coefficient | .3 }}, or \\{{ for plain braces"))
    }
  }

  private mutating func duplicate(_ kind: String, _ name: Located<String>) {
    report("duplicate-name", name, "there are two \(kind)s of the name \(name.value)", fix: "give one a `name`")
  }

  private mutating func unknown(_ kind: String, _ name: Located<String>, known: [String]) {
    let close = Suggestion.closest(to: name.value, in: known)
    report(
      "unknown-name", name, "there is no \(kind) \(name.value)",
      fix: close.map { "did you mean \($0)?" }
        ?? (known.isEmpty ? "declare one" : "there are: \(known.joined(separator: ", "))"))
  }

  private mutating func report(
    _ id: String, _ name: Located<String>, _ message: String, reason: String? = nil, fix: String
  ) {
    problems.append(Diagnostic(id: id, location: name.location, message: message, reason: reason, fix: fix))
  }
}
