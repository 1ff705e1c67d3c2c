/// The way in which a search goes through its space, and how it chooses among what it has evaluated.
package struct SearchSettings: Sendable, Hashable {
  /// Ways to go through a space.
  package enum Algorithm: Sendable, Hashable {
    /// Candidates drawn at random without replacement.
    case random
    /// Regularised evolution.
    case evolution(Evolution)
  }

  /// Regularised (ageing) evolution (Real, Aggarwal, Huang & Le, AAAI 2019, algorithm 1): the best of a sample of the
  /// population gets a mutated child, and the oldest member leaves. A candidate met again keeps its evaluation and costs nothing.
  package struct Evolution: Sendable, Hashable {
    /// Members of the population; the first are drawn at random.
    package var population: Int
    /// Members drawn, with replacement, for the tournament.
    package var sample: Int

    package init(population: Int = 20, sample: Int = 5) {
      self.population = population
      self.sample = sample
    }
  }

  /// Ways to choose among evaluated candidates, both the best at the end and the winners of tournaments.
  package enum Choice: Sendable, Hashable {
    /// The greatest mean of the first metric's values.
    case mean
    /// Stat-MAX and Stat-TOPK of Rumiantsev & Coates (TMLR 2025) on the first metric's values: candidates are gone through in a
    /// random order, and the incumbent is replaced by one whose values are significantly greater by a one-sided Mann–Whitney
    /// test, p < α; for more than one, again without those that were chosen. The p-value is exact without ties and up to 2,500
    /// pairs of values, otherwise normal with corrections for ties and continuity, which the source leaves open.
    case mannWhitney(alpha: Double)
    /// The greatest Σ ln(rank/l) over the metrics, ranks among all l evaluated so far (AZ-NAS; see `RankAggregation`).
    case rankSum
    /// The best by labels, which are bought for those that weighted sums of the metrics put first (RoBoT; see
    /// `LabelledWeights`). In tournaments the first metric counts.
    case labelledWeights
  }

  package var algorithm: Algorithm
  package var choice: Choice
  /// Numbers of evaluated candidates at which the choice is made, ascending; a search ends at the last.
  package var budgets: [Int]
  /// Number of candidates chosen, as are trained in the end.
  package var chosen: Int
  package var constraints: [SearchConstraint]

  package init(
    _ algorithm: Algorithm = .random, choice: Choice = .mean, budgets: [Int], chosen: Int = 1,
    constraints: [SearchConstraint] = []
  ) {
    self.algorithm = algorithm
    self.choice = choice
    self.budgets = budgets
    self.chosen = chosen
    self.constraints = constraints
  }
}
