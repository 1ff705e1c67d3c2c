import Documents
import Specs
import Statistics

/// Level means, differences within strata and variance explained of a target, by features one at a time and jointly.
package struct EffectsSpec: ComputedSection, Keyed {
  /// Features that are tested together: a list of columns, or that with a title.
  package struct Group: Keyed, Named {
    package var name = Located<String>.unread
    package var title: String?
    package var features: [Located<String>] = []

    package init() {}

    package static let definition = "feature-group"
    package static let summary = "Features tested together."
    package static let fields: [Field<Group>] = [
      .title(\.title), .identifiers("features", \.features, "The columns.", isRequired: true),
    ]

    private static let list = Schema.list(.identifier, minimum: 1)

    package static var schema: Schema { .either([list, .object(keys.object)]) }

    package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> Group? {
      guard node.elements != nil else { return keys.read(node, reading) }
      var group = Group()
      group.features = Array.read(node, as: list, reading) ?? []
      return group
    }
  }

  /// The words of `content` in the specs of its tables; without one, `explained`.
  enum Content: String, CaseIterable {
    case explained, strata, levels, frequency, variance
  }

  /// The largest number of feature columns, those of groups included.
  static let greatestFeatures = 200

  package var name = Located<String>.unread
  package var title: String?
  package var target: TargetUse?
  /// The columns looked at one at a time, as declared; see `features`.
  package var declared: [Located<String>] = []
  package var groups = Entries<Group>()
  package var byLevel: [Located<String>] = []
  package var strata: [Located<String>] = []
  package var permutations = 9999
  package var seed = Seed()
  /// The adjustment of p-values; the family is all columns and groups.
  package var adjustment = AdjustedPValues.Method.holm
  package var top: TopSpec?
  package var interval: IntervalSpec?
  /// The columns whose values are the same in repeated trainings of one network; nil without replicates.
  package var replicates: ReplicatesSpec?

  package init() {}

  package static let kind = SectionKind(
    "effects", noun: "feature effects", "What features tell about a target, by name.",
    contents: Content.allCases.map(\.rawValue), figures: EffectsPart.figures.map(\.kind))
  package static let definition = "effects"
  package static let summary =
    "What features tell about a target: level means, differences within strata, variance explained."
  package static let fields: [Field<EffectsSpec>] = [
    .title(\.title),
    .optional("target", \.target, "The target; the analysis' when left out."),
    .identifiers("features", \.declared, "Columns looked at one at a time; those of the groups when left out."),
    .optional("groups", \.groups, "Columns tested together, by name."),
    .columns(
      "by-level", \.byLevel, "Numeric columns tested by level rather than as a straight line.", isNumeric: true),
    .columns("strata", \.strata, "Columns that make the strata; one stratum when left out."),
    .optional("permutations", \.permutations, "Number of permutations.", .integer(99...100_000)),
    .optional("seed", \.seed, "Seed of the permutations."),
    .optional("adjustment", \.adjustment, "How p-values are adjusted for the number of columns and groups."),
    .optional("top", \.top, "Tops of the ranking in which levels are counted."),
    .interval(\.interval),
    .optional(
      "replicates", \.replicates,
      "Replicates, for the shares of the variance that strata, training noise and the rest have."),
  ]

  /// The columns looked at: those declared, then those of the groups that are not among them.
  package var features: [Located<String>] {
    var seen: Set<String> = []
    return (declared + groups.flatMap(\.features)).filter { seen.insert($0.value).inserted }
  }

  package func shows(_ content: String) -> Bool {
    switch Content(rawValue: content) {
    case .frequency: top != nil
    case .strata: !groups.isEmpty && !strata.isEmpty
    case .variance: replicates != nil
    case .explained, .levels, nil: true
    }
  }

  package func check(_ checks: inout AnalysisChecks) {
    checks.checkTarget(target, of: name)
    let features = self.features
    if features.isEmpty {
      checks.report(
        "no-features", name, "\(name.value) looks at no features",
        fix: "add `features: [column, …]` or `groups: {name: [column, …]}`")
    }
    checks.checkFeatureCount(features, of: name, greatest: Self.greatestFeatures)
    for group in groups where features.contains(where: { $0.value == group.name.value }) {
      checks.report(
        "duplicate-name", group.name, "the group \(group.name.value) has the name of a feature",
        reason: "results are addressed by these names", fix: "choose another name for the group")
    }
    if let replicates {
      if strata.isEmpty {
        checks.report(
          "needs-strata", replicates.by.first ?? name, "\(name.value) has replicates and no strata",
          reason: "the variance is shared out among strata, noise inside them, and the rest",
          fix: "add `strata: [column, …]`")
      }
      for taken in features + groups.map(\.name) where taken.value == EffectsPart.variance {
        checks.report(
          "reserved-name", taken, "\(taken.value) stands for the shares of the variance",
          fix: "choose another name, or join the column under a `prefix`")
      }
    }
    let known = Set(features.map(\.value))
    for column in byLevel where !known.contains(column.value) {
      checks.unknown("feature", column, known: KnownNames(features.map(\.value)))
    }
    if features.count + groups.count > 0, known.isSubset(of: strata.map(\.value)) {
      checks.report(
        "features-are-strata", name, "every feature of \(name.value) is one of its strata",
        reason: "no feature varies within a stratum that it makes", fix: "add other features, or take strata out")
    }
  }

  package func part(_ lookup: inout ColumnLookup) -> (any AnalysisPart)? {
    guard let (target, table) = lookup.target(target) else { return nil }
    return EffectsPart(
      spec: self, target: target, features: lookup.features(features, of: target, in: table),
      strata: strata.compactMap { table.column($0.value) },
      unit: interval?.clustered == false ? nil : table.unit)
  }
}
