import Documents
import Figures
import Outcomes
import Pipeline
import Reports
import Specs
import Statistics
import Tables

/// A section that holds metrics and trivial baselines against one target.
package protocol MetricSection: Section, Keyed {
  var title: String? { get set }
  /// The target; the analysis' when nil.
  var target: TargetUse? { get set }
  var metrics: ColumnSelection { get set }
  var baselines: [BaselineSpec] { get set }
}

extension MetricSection {
  /// Title, target, metrics and baselines, which every such section has.
  static var members: [Field<Self>] {
    [
      .title(\.title),
      .optional("target", \.target, "The target; the analysis' when left out."),
      .selection("metrics", \.metrics, "Columns; all of role metric by default."),
      .optional("baselines", \.baselines, "Trivial predictors."),
    ]
  }

  /// Reports a target that is missing, too many orders, and names that stand twice: metrics and baselines are addressed by name.
  func checkMembers(_ checks: inout AnalysisChecks) {
    checks.checkTarget(target, of: name)
    for case .orders(let orders) in baselines where orders.columns.count > BaselineSpec.Orders.greatestCount {
      checks.report(
        "too-many", orders.columns[0], "\(orders.columns.count) columns have very many orders",
        reason: "at most \(BaselineSpec.Orders.greatestCount)", fix: "name fewer columns, or take `cross-fitted`")
    }
    var seen = Set(metrics.named.map(\.value))
    for member in baselines.flatMap(\.names) where !seen.insert(member.value).inserted {
      checks.report(
        "duplicate-member", member, "\(member.value) stands twice among metrics and baselines",
        reason: "results are addressed by these names", fix: "keep one, or give the other another name")
    }
  }
}

/// A trivial predictor that stands beside the metrics: a column, an order by several, every order of them, or a rank fitted to
/// them.
package enum BaselineSpec: FieldValue {
  /// A column.
  case column(Located<String>)
  /// The order by the first column, ties broken by the second, and so on.
  case lexicographic(Lexicographic)
  /// Every order of some columns.
  case orders(Orders)
  /// A linear rank of some columns.
  case crossFitted(CrossFitted)

  /// An order by columns.
  package struct Lexicographic: Keyed {
    package var columns: [Located<String>] = []
    package var name = Located<String>.unread
    /// The name for people.
    package var title: String?

    package init() {}

    package static let definition = "lexicographic"
    package static let summary = "The order by the first column, ties broken by the next."
    package static let fields: [Field<Lexicographic>] = [
      .identifiers("lexicographic", \.columns, "The columns.", isRequired: true),
      .required("name", \.name, "Its name in the results.", .identifier),
      .title(\.title),
    ]
  }

  package static var schema: Schema {
    .either([.identifier, Lexicographic.schema, Orders.schema, CrossFitted.schema])
  }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> BaselineSpec? {
    if node["orders"] != nil { return Orders.read(node, as: Orders.schema, reading).map { .orders($0) } }
    if node["cross-fitted"] != nil {
      return CrossFitted.read(node, as: CrossFitted.schema, reading).map { .crossFitted($0) }
    }
    return Located<String>.read(node, as: .identifier, reading).map { .column($0) }
      ?? Lexicographic.read(node, as: Lexicographic.schema, reading).map { .lexicographic($0) }
  }

  package mutating func reseed(_ seed: Int) {
    guard case .crossFitted(var fit) = self else { return }
    fit.reseed(seed)
    self = .crossFitted(fit)
  }

  package var canonical: JSONValue {
    switch self {
    case .column(let name): name.canonical
    case .lexicographic(let order): order.canonical
    case .orders(let orders): orders.canonical
    case .crossFitted(let fit): fit.canonical
    }
  }

  /// The names that results are addressed by.
  package var names: [Located<String>] {
    switch self {
    case .column(let name): [name]
    case .lexicographic(let order): [order.name]
    case .orders(let orders): orders.all.map { Orders.name($0) }
    case .crossFitted(let fit): [fit.name]
    }
  }
}

/// A `MetricSection` after look-up: metrics and baselines with their target, and the settings of their comparison.
package struct ComparedMetrics: Sendable {
  /// The name of the part.
  package var name: String
  /// The name for people.
  package var title: String
  /// The target.
  package var target: ResolvedTarget
  /// Metrics, then baselines, each in the order of the spec or the catalogue.
  package var members: [FamilyMember]
  /// The coefficients computed, in order; one at least.
  package var coefficients: [Coefficient]
  /// The settings of bootstrap intervals; nil for none.
  package var interval: IntervalSpec?
  /// The policy for rows where the metric or the target has no value.
  package var missing: MissingPolicy
  /// What one of the units is called that are drawn; nil when rows are.
  package var unit: UnitNoun?

  /// True when units of several rows are drawn.
  var isClustered: Bool { unit != nil }

  /// The coefficient that comes first, by which members are compared.
  var first: Coefficient { coefficients[0] }

  /// The coefficient by which metrics of unequal ties can be compared; nil when none such is computed.
  var tieNeutral: Coefficient? { coefficients.first { $0.isTieNeutral } }

  /// The coefficient by which members are ranked: one to which ties are coin flips where there is one, or else the first.
  var ranking: Coefficient { tieNeutral ?? first }
}

extension ColumnLookup {
  /// A section's metrics with their target; nil when something has been reported without which nothing can be computed.
  mutating func compared(
    _ spec: some MetricSection, coefficients: [Coefficient], interval: IntervalSpec?,
    missing: MissingPolicy = .drop
  ) -> ComparedMetrics? {
    guard let (target, table) = target(spec.target) else { return nil }
    let members =
      metrics(spec.metrics, of: spec.name, in: table) + baselines(spec.baselines, target: target, in: table)
    checkDuplicates(members, of: spec.name)
    return ComparedMetrics(
      name: spec.name.value, title: spec.displayTitle, target: target, members: members, coefficients: coefficients,
      interval: interval, missing: missing,
      unit: interval?.clustered == false ? nil : table.unit)
  }

  /// The metrics that a part selects.
  mutating func metrics(
    _ selection: ColumnSelection, of part: Located<String>, in table: KnownTable
  ) -> [FamilyMember] {
    columns(selection, of: part, in: table, key: "metrics").map { FamilyMember($0, isBaseline: false) }
  }

  mutating func checkDuplicates(_ members: [FamilyMember], of part: Located<String>) {
    var seen: Set<String> = []
    for member in members where !seen.insert(member.name).inserted {
      report(
        part, id: "duplicate-member", "\(member.name) stands twice among metrics and baselines",
        fix: "name it once, as a metric or as a baseline")
    }
  }
}

extension ComparedMetrics {
  /// The keys of a section that its members and its target come from, which have their own place in a step's key.
  static let keys: Set<String> = ["target", "metrics", "baselines"]
}

extension ComparedMetrics {
  /// Notes on the rows to which coefficients that weigh the top give most weight.
  ///
  /// - Parameter coefficients: The coefficients shown; all that are computed when nil.
  func weightNotes(_ coefficients: [Coefficient]? = nil) -> [MarkdownText] {
    let best = "the \(target.better == .lower ? "lowest" : "highest") \(target.title.lowercasedFirst)"
    let declared: MarkdownText = "best by the metric's declared direction (larger values where none is declared)."
    return (coefficients ?? self.coefficients).compactMap { coefficient -> MarkdownText? in
      let title = MarkdownText(stringLiteral: coefficient.title.uppercasedFirst)
      let weight: MarkdownText = "\(title): most weight is on the rows"
      return switch coefficient.weighting {
      case .byBoth: "\(weight) with \(best), and on those that are \(declared)"
      case .byFirst: "\(weight) that are \(declared)"
      case nil: nil
      }
    }
  }
}

extension ComparedMetrics {
  /// The note that says what coefficients do with ties; none where no coefficient is tie-neutral.
  ///
  /// - Parameter coefficients: The coefficients shown; all that are computed when nil.
  func tieNotes(_ coefficients: [Coefficient]? = nil) -> [MarkdownText] {
    let shown = coefficients ?? self.coefficients
    guard let neutral = shown.first(where: \.isTieNeutral) else { return [] }
    let title = MarkdownText(stringLiteral: neutral.title)
    let pairs: MarkdownText =
      neutral == .somersD ? "the pairs that differ in \(target.title.lowercasedFirst)" : "all pairs"
    let others = shown.filter(\.rewardsTies).map(\.title)
    let rest: MarkdownText =
      others.isEmpty
      ? "."
      : "; \(others.joined(separator: " and ")) \(others.count > 1 ? "reward" : "rewards") a metric that has ties."
    return [
      "\(title): concordant less discordant pairs over \(pairs), where a pair that is tied in the metric counts as a coin flip\(rest)"
    ]
  }
}

extension ReportTables {
  /// The units of resamples in words: `1,234 cells`, or `rows`.
  func units(of family: ComparedMetrics) -> String { units(family.unit, of: family.target.dataset) }

  /// The units of the rows used in words: `1,234 cells`; `1,000 to 1,234 cells` where metrics differ in the rows that they have.
  ///
  /// - Parameter counts: The number of units of each metric's rows; nil where rows stand by themselves.
  func units(of family: ComparedMetrics, used counts: [Int?]) -> String {
    let counts = counts.compactMap(\.self).filter { $0 > 0 }
    guard let unit = family.unit, let least = counts.min(), let most = counts.max() else {
      return IntervalSpec.units(family.unit)
    }
    return least == most ? unit.text(most) : "\(NumberText.grouped(least)) to \(unit.text(most))"
  }

  /// The units of a table in words: `1,234 cells`, or `rows`.
  func units(_ unit: UnitNoun?, of table: String) -> String {
    guard let unit, let count = clusters[table] else { return IntervalSpec.units(unit) }
    return unit.text(count)
  }
}

extension UnitNoun {
  /// So many units in words: `1 cell`, `1,234 cells`.
  package func text(_ count: Int) -> String { "\(NumberText.grouped(count)) \(count == 1 ? singular : plural)" }

  /// Its part of a step's parameters, whose output has the noun in its methods; false where rows stand by themselves.
  static func parameter(_ unit: UnitNoun?) -> JSONValue {
    unit.map { .string("\($0.singular), \($0.plural)") } ?? false
  }
}

extension AdjustedPValues.Method {
  /// The adjustment in the words of notes, such as `adjusted by Holm's method (1979)`.
  var label: String {
    switch self {
    case .holm: "adjusted by Holm's method (1979)"
    case .benjaminiHochberg: "adjusted by the method of Benjamini and Hochberg (1995)"
    case .none: "not adjusted"
    }
  }

  /// The authors of the method, for heads of columns and notes; nil for `none`.
  var authors: String? {
    switch self {
    case .holm: "Holm"
    case .benjaminiHochberg: "Benjamini–Hochberg"
    case .none: nil
    }
  }
}
