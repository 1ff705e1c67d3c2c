/// What features tell about a target, one at a time and jointly.
package struct EffectsSpec: Sendable, Hashable {
  /// Features that are tested together.
  package struct Group: Sendable, Hashable {
    /// The name; results are addressed by it.
    package var name: Located<String>
    /// The name for people.
    package var title: String?
    /// The columns.
    package var features: [Located<String>]
  }

  /// The most columns, groups' included.
  package static let greatestFeatures = 200
  /// Numbers of permutations.
  package static let permutationCounts = 99...100_000

  /// The name; results are addressed by it.
  package var name: Located<String>
  /// The name for people.
  package var title: String?
  /// The target; the analysis' when nil.
  package var target: TargetUse?
  /// The columns looked at one at a time, as declared.
  package var declared: [Located<String>]
  /// The groups, in order.
  package var groups: [Group]
  /// Numeric columns tested by level rather than as a straight line.
  package var byLevel: [Located<String>]
  /// Columns whose values make the strata; one stratum when empty.
  package var strata: [Located<String>]
  /// Number of permutations.
  package var permutations: Int
  /// Seed of the permutations.
  package var seed: Seed
  /// How p-values are adjusted; the family is all columns and groups.
  package var adjustment: Adjustment
  /// Sizes of the top of the ranking in which levels are counted; nil for none.
  package var top: TopSpec?
  /// How the intervals of means and differences are made; nil for none.
  package var interval: IntervalSpec?

  /// The columns looked at: those declared, then those of the groups that are not among them.
  package var features: [Located<String>] {
    var seen: Set<String> = []
    return (declared + groups.flatMap(\.features)).filter { seen.insert($0.value).inserted }
  }

  /// Whether there is something to show in a table of this content.
  func shows(_ content: TableContent) -> Bool {
    switch content {
    case .frequency: top != nil
    case .strata: !groups.isEmpty && !strata.isEmpty
    default: true
    }
  }
}
