import ArchitectureSearch
import Documents
import Specs
import Tables

/// Searches of a benchmark's architectures with metrics, sizes and combinations, judged by what is found.
package struct SearchSpec: ComputedSection, MetricSection {
  /// Ways to go through the architectures.
  package enum Algorithm: String, FieldWord {
    case random, evolution
  }

  /// Ways to choose among evaluated architectures by a metric's values.
  package enum Choice: String, FieldWord {
    case mean
    case mannWhitney = "mann-whitney"
  }

  /// The words of `content` in the specs of its tables; without one, `searches`.
  enum Content: String, CaseIterable {
    case searches, budgets, units, variation
  }

  /// The name under which what is known without a search stands among the results.
  package static let space = "space"

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  package var metrics = ColumnSelection.all
  package var baselines: [BaselineSpec] = []
  package var combinations = Entries<SearchCombination>()
  package var subject: [Located<String>] = []
  /// Columns that tell trained networks apart; none for no intervals over them.
  package var units: [Located<String>] = []
  package var algorithm = Algorithm.random
  package var choice = Choice.mean
  package var alpha = 0.05
  package var budgets = [10, 25, 50, 100]
  package var chosen = 1
  package var constraints: [SearchBound] = []
  package var features: [Located<String>] = []
  package var neighbours = 10
  package var population = 20
  package var sample = 5
  /// Number of searches.
  package var searches = 100
  package var seed = Seed()
  /// Number of draws of the units.
  package var draws = 200
  package var interval = IntervalSpec()

  package init() {}

  package static let kind = SectionKind(
    "searches", noun: "searches part", "Searches of a benchmark with metrics, by name.",
    contents: Content.allCases.map(\.rawValue), figures: SearchPart.figures.map(\.kind))
  package static let definition = "searches"
  package static let summary = "Searches of a benchmark's architectures with metrics, judged by what is found."
  package static let fields: [Field<SearchSpec>] =
    members + [
      .optional("combinations", \.combinations, "Metrics combined over the architectures evaluated, by name."),
      .columns(
        "subject", \.subject,
        "Columns that tell the architectures apart, where one has several rows: its values are those of all of them, its target their mean.",
        orOne: true),
      .columns(
        "units", \.units,
        "Columns that tell trained networks apart: differences get intervals over these too, drawn whole with replacement.",
        orOne: true),
      .optional("draws", \.draws, "Number of draws of the units.", .integer(100...10_000)),
      .optional("algorithm", \.algorithm, "How the architectures are gone through."),
      .optional("choice", \.choice, "How a metric chooses among those that it has evaluated."),
      .optional("alpha", \.alpha, "Significance level of `mann-whitney`.", .number(0...0.5, exclusive: true)),
      .optional(
        "budgets", \.budgets, "Numbers of evaluated architectures at which the choice is made.",
        .list(.integer(1...100_000), minimum: 1)),
      .optional(
        "chosen", \.chosen, "Architectures chosen and trained in the end, the best of which is what is found.",
        .integer(1...1000)),
      .optional("constraints", \.constraints, "Bounds that architectures have to keep."),
      .columns(
        "features", \.features, "Columns by which the rows are near to which a mutation goes; to any row without them."),
      .optional("neighbours", \.neighbours, "Nearest rows to which a mutation may go.", .integer(1...10_000)),
      .optional("population", \.population, "Members of the population of evolution.", .integer(2...10_000)),
      .optional("sample", \.sample, "Members drawn for a tournament of evolution.", .integer(1...10_000)),
      .optional("searches", \.searches, "Number of searches, each with a seed of its own.", .integer(2...10_000)),
      .optional("seed", \.seed, "Seed from which theirs are drawn."),
      .optional("interval", \.interval, "How the searches are resampled for intervals."),
    ]

  package func check(_ checks: inout AnalysisChecks) {
    checkMembers(&checks)
    for case .crossFitted(let fit) in baselines {
      checks.report(
        "uses-target", fit.name, "\(fit.name.value) is fitted to the target, which a search does not know",
        fix: "name a column, or an order by columns")
    }
    var seen = Set((metrics.named + baselines.flatMap(\.names)).map(\.value))
    for combination in combinations {
      if combination.name.value == Self.space || !seen.insert(combination.name.value).inserted {
        checks.report(
          "duplicate-member", combination.name, "\(combination.name.value) stands for something else already",
          reason: "results are addressed by these names", fix: "give it another name")
      }
      if combination.by == .labelledWeights, algorithm == .evolution {
        checks.report(
          "needs-random", combination.name, "\(combination.name.value) is fitted to labels when a search ends",
          reason: "evolution needs a score from the beginning", fix: "take `algorithm: random`, or `by: rank-sum`")
      }
    }
    if choice == .mannWhitney, subject.isEmpty {
      checks.report(
        "needs-subject", name, "\(name.value) compares samples of values, and every row is an architecture by itself",
        fix: "add `subject:` with the columns that tell architectures apart")
    }
    for bound in constraints where bound.atLeast == nil && bound.atMost == nil {
      checks.report(
        "missing-key", bound.column, "the constraint on \(bound.column.value) has no bound",
        fix: "add `at-most` or `at-least`")
    }
    if Set(budgets).count < budgets.count {
      checks.report("duplicate-budget", name, "a budget of \(name.value) stands twice", fix: "name it once")
    }
  }

  package func shows(_ content: String) -> Bool {
    switch Content(rawValue: content) {
    case .variation: !subject.isEmpty
    case .units: !units.isEmpty
    default: true
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let (target, table) = lookup.target(target) else { return nil }
    let selection: ColumnSelection? = metrics == .all && table.metrics.isEmpty && !baselines.isEmpty ? nil : metrics
    let members =
      (selection.map { lookup.metrics($0, of: name, in: table) } ?? [])
      + lookup.baselines(baselines, target: target, in: table)
    lookup.checkDuplicates(members, of: name)
    var found = members.map { SearchMember($0) }
    for combination in combinations {
      let parts = combination.of.compactMap { lookup.checkColumn($0, in: table, numeric: true) }
      found.append(SearchMember(combination, parts.map { FamilyMember($0, isBaseline: false) }))
    }
    for member in found where member.name == Self.space {
      lookup.report(name, id: "reserved-name", "\(Self.space) stands for the whole space", fix: "rename the column")
    }
    for bound in constraints { lookup.checkColumn(bound.column, in: table, numeric: true) }
    return SearchPart(
      spec: self, target: target, members: found, features: lookup.features(features, of: target, in: table))
  }
}

/// Metrics combined over the architectures that a search has evaluated.
package struct SearchCombination: Keyed, Named {
  /// Ways to combine metrics.
  package enum Method: String, FieldWord {
    /// AZ-NAS: Σ ln(rank/l).
    case rankSum = "rank-sum"
    /// RoBoT: a weighted sum, its weights found by looking at labels.
    case labelledWeights = "labelled-weights"
  }

  package var name = Located<String>.unread
  package var title: String?
  package var of: [Located<String>] = []
  package var by = Method.rankSum

  package init() {}

  package static let definition = "search-combination"
  package static let summary = "Metrics combined over the architectures that a search has evaluated."
  package static let fields: [Field<SearchCombination>] = [
    .title(\.title),
    .columns("of", \.of, "The metrics, each with its declared direction.", isRequired: true, isNumeric: true),
    .optional(
      "by", \.by,
      "`rank-sum` is AZ-NAS's sum of logarithms of ranks; `labelled-weights` finds weights by as many labels as are `chosen` (RoBoT)."
    ),
  ]
}

/// A bound of a column that architectures of a search have to keep.
package struct SearchBound: Keyed {
  package var column = Located<String>.unread
  package var atMost: Double?
  package var atLeast: Double?

  package init() {}

  package static let definition = "search-constraint"
  package static let summary = "A bound of a column that architectures have to keep."
  package static let fields: [Field<SearchBound>] = [
    .column("column", \.column, "The column, such as parameters.", isNumeric: true),
    .optional("at-most", \.atMost, "The greatest value."),
    .optional("at-least", \.atLeast, "The least value."),
  ]

  /// The bound in the terms of a search.
  var constraint: SearchConstraint { SearchConstraint(column.value, atLeast: atLeast, atMost: atMost) }
}
