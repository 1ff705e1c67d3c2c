import Documents
import Outcomes

/// What searches of a benchmark found, by metric, baseline and combination.
struct SearchResults: Codable, Sendable, Equatable {
  /// The architectures, and what is found among them without a metric.
  struct Space: Codable, Sendable, Equatable {
    /// Architectures that are searched.
    var n: Int
    /// Architectures of the table.
    var total: Int
    /// Those without a target, which are left out.
    var missingTarget: Int
    /// Those that do not keep the constraints.
    var outside: Int
    /// Trained networks among those that are searched; nil where none are named.
    @Nullable var units: Int?
    /// The best target among those that are searched.
    var best: Double
    /// The expected best of as many as are chosen, drawn at random.
    var random: Outcome<Blind>
    /// The same of one from each stratum of a baseline, by baseline.
    var strata: NamedValues<Outcome<Blind>>
    /// The baseline whose searches find most at the largest budget; nil without baselines.
    @Nullable var strongest: String?
  }

  /// What is found without a metric, in closed form.
  struct Blind: Codable, Sendable, Equatable {
    /// Architectures that are trained for it.
    var labels: Int
    var found: Double
    /// The best of all less that, at least 0.
    var regret: Double
  }

  /// The searches by one metric, baseline or combination.
  struct Member: Codable, Sendable, Equatable {
    /// Architectures with values of it.
    var n: Int
    /// Coefficients of variation of its values; nil where each architecture has one row.
    var variation: Outcome<Variation>?
    @Inlined var budgets: BudgetValues<AtBudget>
  }

  /// Means over architectures of the coefficient of variation, in both readings; see `VariationCoefficient`.
  struct Variation: Codable, Sendable, Equatable {
    var varianceOverMean: Double
    var deviationOverMean: Double
    /// Values of the architecture with the fewest, and with the most.
    var fewest: Int
    var most: Int
  }

  /// What searches found at a budget.
  struct AtBudget: Codable, Sendable, Equatable {
    /// Architectures evaluated by each search: the budget, or all there are.
    var evaluations: Int
    /// Mean best target found, with an interval over searches.
    var found: Estimate
    /// Mean regret: the best of all less what is found.
    var regret: Estimate
    /// Mean regret less that of a random choice: below 0 the searches find more.
    var lessRandom: Estimate
    /// Mean regret less that of the strongest baseline's search of the same seed; nil for that baseline and without one.
    var lessBaseline: Estimate?
    /// Mean regret less that of the search of the same seed that chooses by means; nil for members that do so.
    var lessMean: Estimate?
    /// The differences, with intervals over trained networks; nil where none are named.
    var overUnits: OverUnits?
    /// The 5 % and 95 % quantiles of the regret over searches.
    var low: Outcome<Double>
    var high: Outcome<Double>
    /// Different choices over all searches.
    var choices: Int
    /// The share of the searches in which another random order leads to the same choice; nil where orders do not matter.
    @Nullable var sameInAnotherOrder: Double?
  }

  /// Differences at a budget with intervals over trained networks, drawn whole with replacement. The differences are those of the
  /// benchmark as it is.
  struct OverUnits: Codable, Sendable, Equatable {
    var lessRandom: Estimate
    var lessBaseline: Estimate?
    var lessMean: Estimate?
  }

  var space: Space
  @Inlined var members: Members

  /// The members by name.
  struct Members: Codable, Sendable, Equatable {
    var values: NamedValues<Member>

    init(_ values: NamedValues<Member>) { self.values = values }
    init(from decoder: any Decoder) throws {
      values = try NamedValues(from: decoder) { $0 != SearchSpec.space }
    }
    func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
  }
}

/// Values for numbers of evaluated architectures, under keys such as `budget-100`; others may stand beside them.
struct BudgetValues<Value: Codable & Sendable>: Codable, Sendable {
  private let values: NamedValues<Value>

  init(_ values: [(budget: Int, value: Value)]) {
    self.values = NamedValues(values.map { (Self.key($0.budget), $0.value) })
  }

  init(from decoder: any Decoder) throws { values = try NamedValues(from: decoder) { $0.hasPrefix("budget-") } }
  func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

  /// The value of a budget.
  subscript(budget: Int) -> Value? { values[Self.key(budget)] }

  static func key(_ budget: Int) -> String { "budget-\(budget)" }
}

extension BudgetValues: Equatable where Value: Equatable {}
