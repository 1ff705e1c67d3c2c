import Claims
import Diagnostics
import Documents

/// Names that references can lead to, in the order declared.
package struct KnownNames {
  package let inOrder: [String]
  private let all: Set<String>

  package init(_ names: some Sequence<String>) {
    inOrder = Array(names)
    all = Set(inOrder)
  }

  package func contains(_ name: String) -> Bool { all.contains(name) }
}

/// Checks that span an analysis: names declared once, references that lead somewhere, cells that are complete.
package struct AnalysisChecks {
  package let analysis: Analysis
  private let language: SpecLanguage
  private let source: SourceText
  /// Names of the datasets, measured tables left out.
  let datasets: KnownNames
  /// Names of the datasets, and of both tables of each measurement.
  let tables: KnownNames
  private let published: KnownNames
  /// Parts by name; a name that is given twice has been reported, and what fits either fits.
  private let partsByName: [String: [any Section]]
  let references: Set<String>
  let claimFamilies: KnownNames
  /// The names that the path of a value can begin with: tables, parts and published tables.
  let parts: KnownNames
  private var list = DiagnosticList()

  init(_ analysis: Analysis, language: SpecLanguage, source: SourceText) {
    self.analysis = analysis
    self.language = language
    self.source = source
    datasets = KnownNames(analysis.datasets.map(\.name.value))
    tables = KnownNames(
      analysis.datasets.map(\.name.value) + analysis.measures.flatMap { [$0.name.value, $0.runsName] })
    published = KnownNames(analysis.published.map(\.name.value))
    partsByName = Dictionary(grouping: analysis.parts) { $0.name.value }
    references = Set(analysis.references.map(\.value))
    claimFamilies = KnownNames(analysis.claimFamilies.map(\.name.value))
    parts = KnownNames(tables.inOrder + analysis.parts.map(\.name.value) + published.inOrder)
  }

  /// The findings so far, up to `DiagnosticList.limit`.
  var problems: [Diagnostic] { list.findings }

  mutating func run() {
    checkNames()
    checkImprint()
    checkDatasets()
    for measure in analysis.measures { checkMeasure(measure) }
    if let target = analysis.target { checkDataset(target.dataset) }
    for part in analysis.parts {
      for reference in part.names { if case .table = reference.target { checkDataset(reference.name) } }
      part.check(&self)
    }
    for table in analysis.published { checkPublished(table) }
    checkClaims()
    checkCells()
  }

  private mutating func checkNames() {
    var first: [String: Located<String>] = [:]
    let measured = analysis.measures.flatMap { [$0.name, Located($0.runsName, at: $0.name.location)] }
    let names =
      analysis.datasets.map(\.name) + measured + analysis.parts.map(\.name) + analysis.published.map(\.name)
    // What tables may show besides parts: the data, every claim, every part of a section.
    let reserved =
      ["data"] + Self.claimTables + language.sections.filter { $0.kind.overview != nil }.map { $0.kind.key }
    for name in names {
      if reserved.contains(name.value) {
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

  private static let sharing =
    "datasets, measurements and their runs, published tables and all parts that compute values share one set of names"

  /// A part's own target, or that of the analysis.
  package mutating func checkTarget(_ target: TargetUse?, of name: Located<String>) {
    if target == nil, analysis.target == nil {
      report(
        "no-target", name, "\(name.value) has no target",
        fix: "add `target: {dataset: …, column: …}` to it or to the analysis")
    }
  }

  mutating func checkDataset(_ name: Located<String>) {
    if !tables.contains(name.value) { unknown("dataset", name, known: tables) }
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
      if PrintedNumber(value.printed.value) == nil {
        report(
          "bad-number", value.printed, "\(value.printed.value) is not a number in decimal notation",
          reason: "its digits say to which place the recomputed number is rounded",
          fix: "write it as printed, in quotes, such as \"-.372\"")
      }
    }
  }

  // MARK: Cells

  private mutating func checkCells() {
    var figures: Set<String> = []
    var tables: Set<String> = []
    var claims: Set<String> = []
    for cell in analysis.report {
      switch cell {
      case .claim(let name): checkClaimCell(name, shown: &claims)
      case .finding(let name): checkClaimCell(name, isFinding: true, shown: &claims)
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
    let kind = figure.kind
    let axes = kind.hasColumnAxes ? [] : [("x", figure.x), ("y", figure.y)]
    let words = kind.hasHeadline ? [] : [("headline", figure.headline), ("lead", figure.lead)]
    for (key, value) in axes + words + (kind.hasGroups ? [] : [("group-by", figure.groupBy)]) {
      guard let value else { continue }
      report("unfitting-key", value, "\(kind.word) takes no `\(key)`", fix: "take it out")
    }
    guard !FigureKind.ofTables.contains(kind) else {
      checkDataset(figure.from)
      let needed =
        (kind.hasColumnAxes ? [("x", figure.x), ("y", figure.y)] : [])
        + (kind == .scatter ? [] : [("group-by", figure.groupBy)])
      for (key, value) in needed where value == nil {
        report(
          "missing-key", figure.from, "\(kind.word) lacks the key \(key)", fix: "add `\(key):` with a column")
      }
      return
    }
    guard let part = partsByName[figure.from.value]?.first(where: { type(of: $0).kind.figures.contains(kind) }) else {
      let fitting = language.sections.filter { $0.kind.figures.contains(kind) }
      let known = analysis.parts.filter { type(of: $0).kind.figures.contains(kind) }.map(\.name.value)
      return unknown(fitting.map { $0.kind.noun }.joined(separator: " or "), figure.from, known: KnownNames(known))
    }
    part.check(figure, &self)
  }

  private mutating func checkTable(_ table: TableSpec) {
    let from = table.from.value
    guard let (fitting, part) = contents(of: from) else {
      let sections = language.sections
      let names = sections.flatMap { type in
        analysis.parts.filter { Swift.type(of: $0) == type }.prefix(80).map(\.name.value)
      }
      let known = KnownNames(names + published.inOrder.prefix(80) + ["data"] + Self.claimTables)
      return unknown(
        "\(sections.map { $0.kind.noun }.joined(separator: ", ")) or published table", table.from, known: known)
    }
    checkDetails(table, of: part)
    part?.check(table, &self)
    if let content = table.content, !fitting.contains(content) {
      report(
        "unfitting-content", table.from, "\(from) has nothing to show as \(content)",
        fix: "choose one of \(fitting.joined(separator: ", ")), or ask \(from) to compute it")
    }
  }

  /// The words that `content` may have for the source of a table, and the part of that name, if it is one; nil where there is
  /// no such source.
  private func contents(of from: String) -> (fitting: [String], part: (any Section)?)? {
    if from == "data" { return (["data"], nil) }
    if Self.claimTables.contains(from), hasClaimTable(from) { return ([from], nil) }
    for type in language.sections where type.kind.key == from {
      guard let overview = type.kind.overview, analysis.parts.contains(where: { Swift.type(of: $0) == type }) else {
        continue
      }
      return ([overview], nil)
    }
    if let parts = partsByName[from] {
      return (parts.flatMap { part in type(of: part).kind.contents.filter { part.shows($0) } }, parts.first)
    }
    return published.contains(from) ? (["published"], nil) : nil
  }

  /// Reports a `section` where no details are shown, details of a part that has none, and a section that the part does not
  /// have.
  private mutating func checkDetails(_ table: TableSpec, of part: (any Section)?) {
    let details = part?.details
    if let section = table.section, table.content != "details" {
      report(
        "unfitting-section", section, "a section is shown of the details of a forensic check alone",
        fix: "add `content: details`, or take it out")
    } else if table.content == "details", let details, details.isEmpty {
      report("unfitting-content", table.from, "\(table.from.value) has no details", fix: "take `content` out")
    } else if let section = table.section, let details, !details.contains(section.value) {
      unknown("section", section, known: KnownNames(details))
    }
  }

  /// Reports references to values that cannot be read.
  mutating func checkText(_ text: Located<String>) {
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

  // MARK: Findings

  private mutating func duplicate(_ kind: String, _ name: Located<String>) {
    report("duplicate-name", name, "there are two \(kind)s of the name \(name.value)", fix: "give one a `name`")
  }

  /// Reports each column of a list that has the given name, with the reason why it must not be there.
  package mutating func exclude(_ name: Located<String>, from names: [Located<String>], _ reason: String) {
    for other in names where other.value == name.value {
      report("same-column", other, "\(other.value) stands on both sides", reason: reason, fix: "take it out here")
    }
  }

  /// Reports what is wrong with an expression.
  package mutating func checkExpression(_ expression: LocatedExpression) {
    for problem in expression.problems { append(problem.diagnostic(at: expression.location(of: problem))) }
  }

  /// Reports a name that leads nowhere.
  package mutating func unknown(_ kind: String, _ name: Located<String>, known: KnownNames) {
    guard !list.isFull else { return }
    let close = Suggestion.closest(to: name.value, in: known.inOrder)
    report(
      "unknown-name", name, "there is no \(kind) \(name.value)",
      fix: close.map { "did you mean \($0)?" }
        ?? Suggestion.listing(known.inOrder).map { "there are: \($0)" } ?? "declare one")
  }

  package mutating func append(_ problem: Diagnostic) { list.append(problem) }

  /// Reports what is wrong with what stands at a name; what could not be read has been reported by the validator.
  package mutating func report(
    _ id: String, _ name: Located<some Hashable & Sendable>, _ message: String, reason: String? = nil, fix: String
  ) {
    guard name.location != Located<String>.unread.location else { return }
    list.append(Diagnostic(id: id, location: name.location, message: message, reason: reason, fix: fix))
  }
}
