/// What features tell about a target, one at a time and jointly.
public struct EffectsSpec: Sendable, Hashable {
  /// Features that are tested together.
  public struct Group: Sendable, Hashable {
    /// The name; results are addressed by it.
    public var name: Located<String>
    /// The name for people.
    public var title: String?
    /// The columns.
    public var features: [Located<String>]
  }

  /// The most columns, groups' included.
  public static let greatestFeatures = 200
  /// Numbers of permutations.
  public static let permutationCounts = 99...100_000

  /// The name; results are addressed by it.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// The target; the analysis' when nil.
  public var target: TargetUse?
  /// The columns looked at one at a time, as declared.
  public var declared: [Located<String>]
  /// The groups, in order.
  public var groups: [Group]
  /// Numeric columns tested by level rather than as a straight line.
  public var byLevel: [Located<String>]
  /// Columns whose values make the strata; one stratum when empty.
  public var strata: [Located<String>]
  /// Number of permutations.
  public var permutations: Int
  /// Seed of the permutations.
  public var seed: Seed
  /// How p-values are adjusted; the family is all columns and groups.
  public var adjustment: Adjustment
  /// Sizes of the top of the ranking in which levels are counted; nil for none.
  public var top: TopSpec?
  /// How the intervals of means and differences are made; nil for none.
  public var interval: IntervalSpec?

  /// The columns looked at: those declared, then those of the groups that are not among them.
  public var features: [Located<String>] {
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
