import Documents
import Expressions
import Specs
import Tables

/// Reduced search spaces, judged by one target.
package struct ReductionSpec: ComputedSection, Keyed {
  /// Rankings whose tops of the same size reductions are held against.
  package struct Against: Keyed {
    /// The metrics; every column of role `metric` for all, none when nil.
    package var metrics: ColumnSelection? = .all
    package var baselines: [BaselineSpec] = []

    package init() {}

    package static let definition = "reduction-rivals"
    package static let summary = "Rankings whose tops of the same size reductions are held against."
    package static let fields: [Field<Against>] = [
      .optional(
        "metrics", \.metrics, "Columns; all of role metric by default.",
        .either([.word(["all", "none"]), .list(.identifier, minimum: 1)])),
      .optional("baselines", \.baselines, "Trivial predictors."),
    ]
  }

  /// Settings for ties at a cut: the number of seeded ways to break them, and the seed.
  package struct Ties: Keyed {
    package var draws = 100
    package var seed = Seed()

    package init() {}

    package static let definition = "ties"
    package static let summary =
      "How ties at a cut are broken: measures are exact means over all ways, and extremes over seeded ways."
    package static let fields: [Field<Ties>] = [
      .optional("draws", \.draws, "Ways tried.", .integer(1...10_000)),
      .optional("seed", \.seed, "Seed."),
    ]
  }

  /// The words of `content` in the specs of its tables; without one, `reductions`.
  enum Content: String, CaseIterable {
    case reductions, recall
    case sameSize = "same-size"
    case inside
    case bestOf = "best-of"
    case truncation
  }

  /// The most candidates of a part.
  static let limit = 1000
  /// The name under which the space that is not reduced stands among the results.
  package static let whole = "whole"

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var candidates = Entries<ReductionCandidate>()
  package var against = Against()
  package var top: [Double] = [10, 25, 50, 100, 0.1]
  /// Numbers of draws whose expected best is computed.
  package var draws = [1, 10, 25]
  package var truncation = [1, 0.5, 0.25]
  package var interval = IntervalSpec()
  package var ties = Ties()
  package var correlations = false
  package var replicates: ReplicatesSpec?

  package init() {}

  package static let kind = SectionKind(
    "reductions", noun: "reductions part", "Reduced search spaces, judged by one target, by name.",
    contents: Content.allCases.map(\.rawValue), figures: ReductionsPart.figures.map(\.kind))
  package static let definition = "reductions"
  package static let summary = "Reduced search spaces, judged by one target."
  package static let fields: [Field<ReductionSpec>] = [
    .title(\.title),
    .optional("target", \.target, "The target; the analysis' when left out."),
    .required("candidates", \.candidates, "Reductions by name; a text is a rule."),
    .optional("against", \.against, "Rankings held against at the same size; all metrics when left out."),
    .optional(
      "top", \.top, "Sizes of the top that should be kept: whole numbers are counts, numbers below 1 shares.",
      TopSpec.list),
    .optional(
      "best-of", \.draws, "Numbers of draws whose expected best is computed.",
      .list(.integer(1...1_000_000), minimum: 1)),
    .optional(
      "truncation", \.truncation, "Shares of the ranking, best first, at which reductions are measured again.",
      .list(.number(0.001...1, exclusive: false), minimum: 1)),
    .optional("interval", \.interval, "How intervals are made."),
    .optional("ties", \.ties, "How ties at a cut are broken."),
    .optional(
      "correlations", \.correlations, "Whether metrics are correlated with the target inside each reduction."),
    .optional("replicates", \.replicates, "Replicates, for the noise ceiling of correlations inside."),
  ]

  package func check(_ checks: inout AnalysisChecks) {
    checks.checkTarget(target, of: name)
    if candidates.isEmpty || candidates.count > Self.limit {
      checks.report(
        candidates.isEmpty ? "too-few" : "too-many", name, "\(name.value) has \(candidates.count) candidates",
        reason: "from 1 to \(Self.limit) can be evaluated together",
        fix: candidates.isEmpty ? "add one, such as `deep: \"depth == 4\"`" : "split it")
    }
    for candidate in candidates { candidate.check(&checks) }
  }

  private func checkCorrelations(of source: Located<String>, _ checks: inout AnalysisChecks) {
    guard !correlations else { return }
    checks.report(
      "needs-correlations", source, "\(source.value) does not correlate metrics inside its reductions",
      fix: "add `correlations: true` to it")
  }

  package func check(_ figure: FigureSpec, _ checks: inout AnalysisChecks) {
    if figure.kind == .inside { checkCorrelations(of: figure.from, &checks) }
    if figure.kind == .survivors, let size = figure.best, !top.contains(Double(size)) {
      checks.report(
        "unknown-top", figure.from, "\(figure.from.value) has no top of \(size)",
        fix: "add it to `top`, or take one of \(top.map { TopSpec.label($0) }.joined(separator: ", "))")
    }
  }

  package func check(_ table: TableSpec, _ checks: inout AnalysisChecks) {
    if table.content == Content.inside.rawValue { checkCorrelations(of: table.from, &checks) }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let table = lookup.table(self.table(lookup.target)), let use = target ?? lookup.target else { return nil }
    let target = lookup.target(use, in: table)
    let candidates = self.candidates.map { $0.resolved(in: table, &lookup) }
    // All metrics, which need not be asked for, may be none.
    let selection = against.metrics.flatMap { $0 == .all && table.metrics.isEmpty ? nil : $0 }
    let metrics = selection.map { lookup.metrics($0, of: name, in: table) } ?? []
    let members = metrics + lookup.baselines(against.baselines, target: target, in: table)
    lookup.checkDuplicates(members, of: name)
    guard let target else { return nil }
    return ReductionsPart(
      spec: self, target: target, candidates: candidates, members: members,
      unit: interval.clustered ? table.unit : nil)
  }
}

/// A reduced search space: the rows that meet a rule, the top of a ranking, or the top among the rows that meet a rule.
package struct ReductionCandidate: Keyed, Named {
  package var name = Located<String>.unread
  /// The name for people; made from the definition when nil.
  package var title: String?
  /// The rule; nil when every row is ranked.
  package var rule: LocatedExpression?
  /// The size of the top: a whole number ≥ 1 is a count, a number in (0, 1) a share of all rows; nil without a ranking.
  package var top: Double?
  /// The columns ranked by: the first, ties broken by the next; empty without a ranking.
  package var by: [Located<String>] = []
  /// The better end of the first column; the catalogue's when nil.
  package var better: Direction?

  package init() {}

  package static let definition = "reduction-candidate"
  package static let summary =
    "A reduced space: a rule, the top of a ranking, or the top among the rows that meet a rule."
  package static let fields: [Field<ReductionCandidate>] = [
    .title(\.title),
    .optional("rule", \.rule, "Expression that is true for the rows kept, such as depth == 4."),
    .optional(
      "top", \.top, "Size of the top: a whole number is a count, a number below 1 a share of all rows.", TopSpec.size),
    .optional(
      "by", \.by, "Columns ranked by, ties of the first broken by the next.",
      .either([.identifier, .list(.identifier, minimum: 1)])),
    .optional("better", \.better, "Which end of the first column is better; the catalogue's by default."),
  ]

  package static var schema: Schema { .either([.text, .object(keys.object)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ReductionCandidate? {
    guard node.entries == nil else { return keys.read(node, reading) }
    var candidate = ReductionCandidate()
    candidate.rule = LocatedExpression.read(node, as: .text, reading)
    return candidate
  }

  func check(_ checks: inout AnalysisChecks) {
    if name.value == ReductionSpec.whole {
      checks.report(
        "reserved-name", name, "\(ReductionSpec.whole) stands for the space that is not reduced",
        fix: "choose another name")
    }
    if let rule { checks.checkExpression(rule) }
    if rule == nil, top == nil, by.isEmpty {
      checks.report(
        "no-rule", name, "\(name.value) does not say what it keeps",
        fix: "add `rule:` with an expression, or `top:` and `by:`")
    } else if (top == nil) != by.isEmpty {
      let missing = top == nil ? "top" : "by"
      checks.report(
        "missing-key", name, "\(name.value) lacks the key \(missing)",
        reason: "the top of a ranking needs its size and the columns it is by",
        fix: missing == "top" ? "add `top:` with a number of rows or a share" : "add `by:` with a column")
    }
    if better != nil, by.isEmpty {
      checks.report(
        "unfitting-key", name, "better has no meaning for \(name.value), which ranks nothing", fix: "take it out")
    }
  }

  /// The candidate with its columns looked up in the table; problems of its names and its rule are reported.
  func resolved(in table: KnownTable, _ lookup: inout ColumnLookup) -> ResolvedCandidate {
    if let rule, let expression = rule.expression {
      let problems = ExpressionChecker.problems(expression, columns: table.columns, wanted: .truth, what: "the rule")
      for problem in problems { lookup.append(problem.diagnostic(at: rule.location(of: problem))) }
    }
    var ranked: [ResolvedCandidate.RankedColumn] = []
    for (index, name) in by.enumerated() {
      guard let schema = lookup.checkColumn(name, in: table, numeric: true) else { continue }
      let declared = index == 0 ? better : nil
      if index == 0, declared == nil, schema.better == nil {
        lookup.report(
          name, id: "no-direction", "nothing says which end of \(schema.name) is better",
          fix: "add `better: higher` or `better: lower`")
      }
      ranked.append(
        .init(name: schema.name, title: schema.displayTitle, better: declared ?? schema.better ?? .higher))
    }
    var candidate = ResolvedCandidate(name: name.value, title: "", rule: rule?.expression, top: top, by: ranked)
    candidate.title = title ?? candidate.definition
    return candidate
  }
}
