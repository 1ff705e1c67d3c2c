import Outcomes
import Statistics

/// How proxies are searched.
package struct ProxySearchSpec: Sendable, Hashable, Codable {
  /// What a program is ranked by.
  package enum Fitness: String, Sendable, Hashable, Codable, CaseIterable {
    case spearman
    /// Somers' d of the program given the target, in which pairs that the program ties count as coin flips.
    case somersD = "somers-d"

    package var coefficient: Coefficient { self == .spearman ? .spearman : .somersD }
  }

  /// What of the architectures counts.
  package enum Objective: String, Sendable, Hashable, Codable, CaseIterable {
    /// All of them.
    case overall
    /// Those inside a stratum of size, so that a program gains nothing by being size.
    case withinSize = "within-size"
    /// All pairs, of what strata and ranks of size leave of the ranks of program and target: Pearson's r of the residuals, whatever
    /// `fitness` is.
    case beyondSize = "beyond-size"
  }

  /// How parents are found.
  package enum Selection: String, Sendable, Hashable, Codable, CaseIterable {
    /// Two drawn from the better half of the population, as LPZero does.
    case betterHalf = "better-half"
    /// The best of `tournament` drawn from the population, twice.
    case tournament
  }

  package var fitness = Fitness.spearman
  package var objective = Objective.overall
  package var selection = Selection.betterHalf
  /// Programs drawn for each tournament.
  package var tournament = 5
  /// Programs in the population.
  package var population = 80
  /// Different programs whose fitness is computed, those of the first population included; for the random search too.
  package var budget = 1080
  /// Chance that a child has genes of both parents.
  package var crossover = 0.5
  /// Chance that one gene of a child is drawn anew.
  package var mutation = 0.5
  /// The best programs by fitness among which the choosing rows decide.
  package var finalists = 20
  /// Aggregations over layers that programs may have. By sums a program can tell depth.
  package var aggregations = [ProxyAggregation.mean]
  /// Folds of units: each is reported on once, one more is chosen on, the others are searched on.
  package var folds = 5
  /// Columns of size with at most that many different values are crossed to strata.
  package var sizeLevels = 6
  /// Parts of equal count into which the first of the other columns of size is cut.
  package var sizeStrata = 8
  package var seed: UInt64 = 1
  /// Resamples of the intervals.
  package var resamples = 1999
  /// Coverage of the intervals.
  package var level = 0.95

  package init() {}

  /// Why no search can be made with these settings; nil when one can.
  package var fault: Reason? {
    let numbers: [(value: Int, range: ClosedRange<Int>, name: String)] = [
      (population, 2...10_000, "the population"), (budget, 2...1_000_000, "the budget"),
      (tournament, 1...10_000, "the tournament"), (finalists, 1...10_000, "the number of finalists"),
      (folds, 3...100, "the number of folds"), (sizeLevels, 1...100, "the number of size levels"),
      (sizeStrata, 1...1000, "the number of size strata"), (resamples, 2...1_000_000, "the number of resamples"),
    ]
    for (value, range, name) in numbers where !range.contains(value) {
      return Reason("\(name) is \(value), not in \(range.lowerBound) … \(range.upperBound)")
    }
    if !(0...1).contains(crossover) { return Reason("the chance of crossover is not in 0 … 1") }
    if !(0...1).contains(mutation) { return Reason("the chance of mutation is not in 0 … 1") }
    if !(level > 0 && level < 1) { return Reason("the level is not between 0 and 1") }
    return aggregations.isEmpty ? Reason("there is no aggregation over layers") : nil
  }

  var bootstrap: BootstrapSettings {
    BootstrapSettings(method: .percentile, resamples: resamples, seed: seed, level: level)
  }
}

/// A column of numbers with a name, such as the number of parameters.
package struct ProxyColumn: Sendable, Hashable, Codable {
  package var name: String
  /// One finite number for each architecture.
  package var values: [Double]

  package init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }
}

/// What proxies are searched for: architectures with a target, and what programs make of them.
package struct ProxySearchProblem: Sendable {
  /// The target of each architecture.
  let target: [Double]
  /// True when larger targets are better.
  let higherIsBetter: Bool
  /// The trained network of each architecture, or what else must not be on two sides of a split.
  let units: Strata
  /// Columns of size, of which a program's own contribution is told apart.
  let sizes: [ProxyColumn]
  /// What a reader has without a proxy: the columns of size, and others.
  let baselines: [ProxyColumn]
  /// Inputs that programs may read.
  let inputs: [ProxyInput]
  /// The value of a program for each architecture; nil where it is undefined.
  let values: @Sendable (PairedProxy) -> [Double?]

  /// Gathers a problem.
  ///
  /// - Parameters:
  ///   - target: One finite number for each architecture.
  ///   - higherIsBetter: True when larger targets are better.
  ///   - units: The unit of each architecture by any number; each is one when nil.
  ///   - sizes: Columns of size. They are baselines too.
  ///   - baselines: Further baselines.
  ///   - inputs: Inputs that programs may read.
  ///   - values: The value of a program for each architecture; a pure function.
  /// - Throws: `Reason` when columns differ in length or have numbers that are not finite, or there are no inputs.
  package init(
    target: [Double], higherIsBetter: Bool, units: [Int]? = nil, sizes: [ProxyColumn], baselines: [ProxyColumn] = [],
    inputs: [ProxyInput], values: @escaping @Sendable (PairedProxy) -> [Double?]
  ) throws(Reason) {
    guard units.map({ $0.count == target.count }) ?? true else {
      throw Reason("there is not one unit for each architecture")
    }
    guard target.allSatisfy(\.isFinite) else { throw Reason("a value of the target is not finite") }
    for column in sizes + baselines {
      guard column.values.count == target.count else { throw Reason("the columns differ in length") }
      guard column.values.allSatisfy(\.isFinite) else { throw Reason("a value of \(column.name) is not finite") }
    }
    guard !inputs.isEmpty else { throw Reason("programs have no input to read") }
    self.target = target
    self.higherIsBetter = higherIsBetter
    self.units = Strata(units ?? Array(target.indices))
    self.sizes = sizes
    self.baselines = sizes + baselines.filter { column in !sizes.contains { $0.name == column.name } }
    self.inputs = inputs
    self.values = values
  }

  /// A problem whose programs look their values up in features. Inputs that some architecture lacks are left out.
  ///
  /// - Throws: `Reason` as the other initialiser, and when there is not one `ProxyFeatures` for each target.
  package init(
    features: [ProxyFeatures], target: [Double], higherIsBetter: Bool, units: [Int]? = nil, sizes: [ProxyColumn],
    baselines: [ProxyColumn] = []
  ) throws(Reason) {
    guard features.count == target.count else { throw Reason("the columns differ in length") }
    let tables = features.map(\.tables)
    try self.init(
      target: target, higherIsBetter: higherIsBetter, units: units, sizes: sizes, baselines: baselines,
      inputs: ProxyInput.allCases.filter { input in features.allSatisfy { $0.tables[input] != nil } }
    ) { $0.values(of: tables) }
  }
}
