import Diagnostics
import Documents

/// Checks that span an analysis: names declared once, references that lead somewhere, cells that are complete.
struct AnalysisChecks {
  private let analysis: Analysis
  private let source: SourceText
  private let datasets: KnownNames
  private let summaries: KnownNames
  private let published: KnownNames
  private let families: KnownNames
  private let familiesByName: [String: CorrelationFamily]
  private let references: Set<String>
  private var list = DiagnosticList()

  init(_ analysis: Analysis, source: SourceText) {
    self.analysis = analysis
    self.source = source
    datasets = KnownNames(analysis.datasets.map(\.name.value))
    summaries = KnownNames(analysis.summaries.map(\.name.value))
    published = KnownNames(analysis.published.map(\.name.value))
    families = KnownNames(analysis.correlations.map(\.name.value))
    familiesByName = Dictionary(analysis.correlations.map { ($0.name.value, $0) }) { first, _ in first }
    references = Set(analysis.references.map(\.value))
  }

  /// What was found, up to `DiagnosticList.limit`.
  var problems: [Diagnostic] { list.findings }

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
    var declared: Set<String> = []
    for dataset in analysis.datasets {
      for join in dataset.join where !declared.contains(join.dataset.value) {
        if join.dataset.value == dataset.name.value {
          report("join-cycle", join.dataset, "\(dataset.name.value) joins itself", fix: "join another dataset")
        } else if datasets.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset, "\(dataset.name.value) joins \(join.dataset.value), which is declared after it",
            reason: "a dataset joins only datasets above it, so that there is no cycle",
            fix: "declare \(join.dataset.value) first")
        } else {
          unknown("dataset", join.dataset, known: datasets)
        }
      }
      declared.insert(dataset.name.value)
    }
  }

  private mutating func checkTargets() {
    for target in [analysis.target].compactMap({ $0 }) + analysis.correlations.compactMap(\.target) {
      checkDataset(target.dataset)
    }
  }

  private mutating func checkDataset(_ name: Located<String>) {
    if !datasets.contains(name.value) { unknown("dataset", name, known: datasets) }
  }

  private mutating func checkFamily(_ family: CorrelationFamily) {
    if family.target == nil, analysis.target == nil {
      report(
        "no-target", family.name, "\(family.name.value) has no target",
        fix: "add `target: {dataset: …, column: …}` to it or to the analysis")
    }
    checkMembers(family)
  }

  /// Metrics and baselines are addressed by name, so a name stands for one of them.
  private mutating func checkMembers(_ family: CorrelationFamily) {
    var members: [Located<String>] = []
    if case .columns(let columns) = family.metrics { members += columns }
    members += family.baselines.map { baseline in
      switch baseline {
      case .column(let column): column
      case .lexicographic(let name, _, _): name
      }
    }
    let metricCount = members.count - family.baselines.count
    var seen: Set<String> = []
    for (index, member) in members.enumerated() where !seen.insert(member.value).inserted && index >= metricCount {
      report(
        "duplicate-member", member, "\(member.value) stands twice among metrics and baselines",
        reason: "results are addressed by these names", fix: "keep one, or give the other another name")
    }
  }

  private mutating func checkPublished(_ table: PublishedTable) {
    if let reference = table.reference, !references.contains(reference.value) {
      report(
        "unlisted-reference", reference, "\(reference.value) is not among the analysis' references",
        fix: "add it to `references`")
    }
    for value in table.values {
      if !TextTemplate.isPath(value.of.value) {
        report(
          "bad-path", value.of, "\(value.of.value) is not the path of a value",
          fix: "write family.metric.coefficient, such as main.parameters.kendall-tau-b")
      }
      if !PrintedNotation.isNumber(value.printed.value) {
        report(
          "bad-number", value.printed, "\(value.printed.value) is not a number in decimal notation",
          reason: "its digits say to which place the recomputed number is rounded",
          fix: "write it as printed, in quotes, such as \"-.372\"")
      }
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
    func need(_ key: String, _ value: Located<String>?, _ list: inout DiagnosticList) {
      guard value == nil else { return }
      list.append(
        Diagnostic(
          id: "missing-key", location: figure.from.location, message: "\(figure.kind.rawValue) lacks the key \(key)",
          fix: "add `\(key):` with a column"))
    }
    switch figure.kind {
    case .smallMultiples, .heatMap, .forest, .truncation, .top:
      guard let family = familiesByName[figure.from.value] else {
        return unknown("correlation family", figure.from, known: families)
      }
      checkNeeds(figure, family)
    case .scatter, .lines:
      if !datasets.contains(figure.from.value) { unknown("dataset", figure.from, known: datasets) }
      need("x", figure.x, &list)
      need("y", figure.y, &list)
      if figure.kind == .lines { need("group-by", figure.groupBy, &list) }
    case .boxPlots:
      if !datasets.contains(figure.from.value) { unknown("dataset", figure.from, known: datasets) }
      need("group-by", figure.groupBy, &list)
    case .groups:
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
    let from = table.from.value
    let family = familiesByName[from]
    guard from == "data" || family != nil || summaries.contains(from) || published.contains(from) else {
      let known = KnownNames(
        families.inOrder.prefix(100) + summaries.inOrder.prefix(100) + published.inOrder.prefix(100) + ["data"])
      return unknown("family, summary or published table", table.from, known: known)
    }
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
    let problems = TextTemplate(text.value).problems.prefix(DiagnosticList.limit + 1)
    guard let last = problems.last, !list.isFull else { return }
    // The braces stand in the source as they do in the text, whatever the style of the scalar.
    let places = source.places(ofDoubled: "{", from: text.location, limit: last.opening + 1)
    for problem in problems {
      list.append(
        Diagnostic(
          id: "bad-reference", location: problem.opening < places.count ? places[problem.opening] : text.location,
          message: problem.message, fix: "write {{ family.metric.coefficient | .3 }}, or \\{{ for plain braces"))
    }
  }

  private mutating func duplicate(_ kind: String, _ name: Located<String>) {
    report("duplicate-name", name, "there are two \(kind)s of the name \(name.value)", fix: "give one a `name`")
  }

  private mutating func unknown(_ kind: String, _ name: Located<String>, known: KnownNames) {
    guard !list.isFull else { return }
    let close = Suggestion.closest(to: name.value, in: known.inOrder)
    report(
      "unknown-name", name, "there is no \(kind) \(name.value)",
      fix: close.map { "did you mean \($0)?" }
        ?? Suggestion.listing(known.inOrder).map { "there are: \($0)" } ?? "declare one")
  }

  private mutating func report(
    _ id: String, _ name: Located<String>, _ message: String, reason: String? = nil, fix: String
  ) {
    list.append(Diagnostic(id: id, location: name.location, message: message, reason: reason, fix: fix))
  }
}
