import Diagnostics
import Documents

/// Checks that span an analysis: names declared once, references that lead somewhere, cells that are complete.
struct AnalysisChecks {
  let analysis: Analysis
  private let source: SourceText
  /// Datasets alone.
  let datasets: KnownNames
  /// Datasets and measured tables.
  private let tables: KnownNames
  private let published: KnownNames
  /// The names of parts by kind.
  private let partNames: [PartKind: KnownNames]
  private let familiesByName: [String: CorrelationFamily]
  let references: Set<String>
  let claimFamilies: KnownNames
  /// Everything that has values, which paths begin with.
  let parts: KnownNames
  private var list = DiagnosticList()

  init(_ analysis: Analysis, source: SourceText) {
    self.analysis = analysis
    self.source = source
    datasets = KnownNames(analysis.datasets.map(\.name.value))
    tables = KnownNames(
      analysis.datasets.map(\.name.value) + analysis.measures.flatMap { [$0.name.value, $0.runsName] })
    partNames = Dictionary(
      uniqueKeysWithValues: PartKind.allCases.map { ($0, KnownNames(analysis.names(of: $0).map(\.value))) })
    published = KnownNames(analysis.published.map(\.name.value))
    familiesByName = Dictionary(analysis.correlations.map { ($0.name.value, $0) }) { first, _ in first }
    references = Set(analysis.references.map(\.value))
    claimFamilies = KnownNames(analysis.claimFamilies.map(\.name.value))
    parts = KnownNames(
      tables.inOrder + PartKind.allCases.flatMap { analysis.names(of: $0).map(\.value) } + published.inOrder)
  }

  /// What was found, up to `DiagnosticList.limit`.
  var problems: [Diagnostic] { list.findings }

  mutating func run() {
    checkNames()
    checkDatasets()
    for measure in analysis.measures { checkMeasure(measure) }
    if let target = analysis.target { checkDataset(target.dataset) }
    for summary in analysis.summaries { checkDataset(summary.dataset) }
    for family in analysis.correlations { checkFamily(family) }
    for reliability in analysis.reliabilities { checkReliability(reliability) }
    for comparison in analysis.comparisons { checkComparison(comparison) }
    for effects in analysis.effects { checkEffects(effects) }
    for search in analysis.ruleSearches { checkRuleSearch(search) }
    for reduction in analysis.reductions { checkReduction(reduction) }
    for forensic in analysis.forensics { checkForensic(forensic) }
    for differences in analysis.differences { checkDifferences(differences) }
    for strata in analysis.strata { checkStrata(strata) }
    for samples in analysis.scoreSamples { checkScoreSamples(samples) }
    for table in analysis.published { checkPublished(table) }
    checkClaims()
    checkCells()
  }

  private mutating func checkNames() {
    var first: [String: Located<String>] = [:]
    let measured = analysis.measures.flatMap { [$0.name, Located($0.runsName, at: $0.name.location)] }
    let names =
      analysis.datasets.map(\.name) + measured + PartKind.allCases.flatMap { analysis.names(of: $0) }
      + analysis.published.map(\.name)
    for name in names {
      if Self.reservedNames.contains(name.value) {
        report("reserved-name", name, "\(name.value) is a reserved name", fix: "choose another name")
      } else if let other = first[name.value] {
        report(
          "duplicate-name", name, "the name \(name.value) is taken at line \(other.location.line)",
          reason: Self.sharing,
          fix: "choose another name")
      } else {
        first[name.value] = name
      }
    }
  }

  /// What tables may show besides parts: the data, every claim, every forensic check.
  private static let reservedNames = ["data", "claims", "forensics"]

  private static let sharing =
    "datasets, measurements and their runs, published tables and all parts that compute values share one set of names"

  private mutating func checkDatasets() {
    if analysis.datasets.isEmpty, analysis.measures.isEmpty {
      report(
        "no-data", Located("", at: analysis.id.location), "the analysis has neither datasets nor measurements",
        fix: "add `datasets:` or `measure:`")
    }
    var declared: Set<String> = []
    for dataset in analysis.datasets {
      checkDerived(dataset)
      for join in dataset.join where !mayJoin(join.dataset.value, declared: declared) {
        if join.dataset.value == dataset.name.value {
          report("join-cycle", join.dataset, "\(dataset.name.value) joins itself", fix: "join another dataset")
        } else if datasets.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset, "\(dataset.name.value) joins \(join.dataset.value), which is declared after it",
            reason: "a dataset joins only datasets above it, so that there is no cycle",
            fix: "declare \(join.dataset.value) first")
        } else if tables.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset,
            "\(dataset.name.value) joins \(join.dataset.value), whose architectures are not of a dataset above it",
            reason: "a dataset joins only measurements of datasets above it, so that there is no cycle",
            fix: "declare the dataset that is measured first")
        } else {
          unknown("dataset", join.dataset, known: tables)
        }
      }
      declared.insert(dataset.name.value)
    }
  }

  /// A part's own target, or that of the analysis.
  mutating func checkTarget(_ target: TargetUse?, of name: Located<String>) {
    if let target {
      checkDataset(target.dataset)
    } else if analysis.target == nil {
      report(
        "no-target", name, "\(name.value) has no target",
        fix: "add `target: {dataset: …, column: …}` to it or to the analysis")
    }
  }

  mutating func checkDataset(_ name: Located<String>) {
    if !tables.contains(name.value) { unknown("dataset", name, known: tables) }
  }

  mutating func checkFamily(_ family: CorrelationFamily) {
    checkTarget(family.target, of: family.name)
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
    var claims: Set<String> = []
    for cell in analysis.report {
      switch cell {
      case .claim(let name): checkClaimCell(name, shown: &claims)
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
    let axes = figure.kind.hasColumnAxes ? [] : [("x", figure.x), ("y", figure.y)]
    for (key, value) in axes + (figure.kind.hasGroups ? [] : [("group-by", figure.groupBy)]) {
      guard let value else { continue }
      report("unfitting-key", value, "\(figure.kind.rawValue) takes no `\(key)`", fix: "take it out")
    }
    func need(_ key: String, _ value: Located<String>?, _ list: inout DiagnosticList) {
      guard value == nil else { return }
      list.append(
        Diagnostic(
          id: "missing-key", location: figure.from.location, message: "\(figure.kind.rawValue) lacks the key \(key)",
          fix: "add `\(key):` with a column"))
    }
    switch figure.kind {
    case .scatter, .lines:
      checkDataset(figure.from)
      need("x", figure.x, &list)
      need("y", figure.y, &list)
      if figure.kind == .lines { need("group-by", figure.groupBy, &list) }
    case .boxPlots:
      checkDataset(figure.from)
      need("group-by", figure.groupBy, &list)
    default:
      let fitting = PartKind.allCases.filter { $0.figureKinds.contains(figure.kind) }
      guard fitting.contains(where: { partNames[$0]?.contains(figure.from.value) == true }) else {
        let known = KnownNames(fitting.flatMap { partNames[$0]?.inOrder ?? [] })
        return unknown(fitting.map(\.noun).joined(separator: " or "), figure.from, known: known)
      }
      if let family = familiesByName[figure.from.value] { checkNeeds(figure, family) }
      if figure.kind == .inside { checkCorrelations(of: figure.from) }
      checkCoefficient(figure)
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
    // A name that is given twice has been reported; what fits either fits.
    let kinds = PartKind.allCases.filter { partNames[$0]?.contains(from) == true }
    let hasClaims = from == "claims" && !analysis.claims.isEmpty
    let hasChecks = from == "forensics" && !analysis.forensics.isEmpty
    guard from == "data" || hasClaims || hasChecks || !kinds.isEmpty || published.contains(from) else {
      let names = PartKind.allCases.flatMap { partNames[$0]?.inOrder.prefix(80) ?? [] }
      let known = KnownNames(names + published.inOrder.prefix(80) + ["data", "claims"])
      return unknown(
        "\(PartKind.allCases.map(\.noun).joined(separator: ", ")) or published table", table.from, known: known)
    }
    var fitting: [TableContent] =
      from == "data"
      ? [.data]
      : hasClaims ? [.claims] : hasChecks ? [.findings] : kinds.isEmpty ? [.published] : kinds.flatMap(\.tableContents)
    checkDetails(table)
    if let family = familiesByName[from] {
      fitting.removeAll { content in
        switch content {
        case .top: family.top == nil
        case .partial: family.given.isEmpty
        case .truncation: family.truncation.isEmpty
        default: false
        }
      }
    }
    if let effects = analysis.effects.first(where: { $0.name.value == from }) {
      fitting.removeAll { !effects.shows($0) }
    }
    if table.content == .inside { checkCorrelations(of: table.from) }
    fitting.removeAll { lacks($0, from) }
    if let content = table.content, !fitting.contains(content) {
      report(
        "unfitting-content", table.from, "\(from) has nothing to show as \(content.rawValue)",
        fix: "choose one of \(fitting.map(\.rawValue).joined(separator: ", ")), or ask \(from) to compute it")
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

  mutating func unknown(_ kind: String, _ name: Located<String>, known: KnownNames) {
    guard !list.isFull else { return }
    let close = Suggestion.closest(to: name.value, in: known.inOrder)
    report(
      "unknown-name", name, "there is no \(kind) \(name.value)",
      fix: close.map { "did you mean \($0)?" }
        ?? Suggestion.listing(known.inOrder).map { "there are: \($0)" } ?? "declare one")
  }

  mutating func append(_ problem: Diagnostic) { list.append(problem) }

  mutating func report(
    _ id: String, _ name: Located<String>, _ message: String, reason: String? = nil, fix: String
  ) {
    list.append(Diagnostic(id: id, location: name.location, message: message, reason: reason, fix: fix))
  }
}
