import Statistics

extension RuleSearch {
  /// How a search is made.
  package struct Settings: Sendable, Hashable {
    /// The most conditions of a rule, 1 … 6.
    package var conjuncts: Int
    /// What is looked for.
    package var objective: RuleObjective
    /// The top of the ranking, of which rules are to keep as much as they can: below 1 a share, otherwise a count.
    package var topSize: Double
    /// The fewest rows that a rule keeps: below 1 a share, otherwise a count. Parts of the rows ask for the same share.
    package var minimumSize: Double
    /// Number of random splits, 1 … 10,000.
    package var splits: Int
    /// The share of the clusters (rows without them) that a split's search sees, in (0, 1).
    package var trainingShare: Double
    /// Seed of the splits.
    package var seed: UInt64
    /// The most cut points of a numeric feature for each of `>=` and `<=`, 1 … 1,000.
    package var cuts: Int
    /// The most conjunctions that are searched through one by one; with more, a beam search is made.
    package var limit: Int
    /// The width of the beam, 1 … 10,000.
    package var beamWidth: Int

    /// Creates settings.
    package init(
      conjuncts: Int = 3, objective: RuleObjective = .recall(share: 0.25), topSize: Double = 0.1,
      minimumSize: Double = 0.02, splits: Int = 20, trainingShare: Double = 0.5, seed: UInt64 = 1, cuts: Int = 32,
      limit: Int = 50_000_000, beamWidth: Int = 200
    ) {
      self.conjuncts = conjuncts
      self.objective = objective
      self.topSize = topSize
      self.minimumSize = minimumSize
      self.splits = splits
      self.trainingShare = trainingShare
      self.seed = seed
      self.cuts = cuts
      self.limit = limit
      self.beamWidth = beamWidth
    }

    /// Why no search can be made with these settings; nil when one can.
    var fault: String? {
      guard (1...6).contains(conjuncts) else { return "the number of conjuncts is not in 1 … 6" }
      guard (1...10_000).contains(splits) else { return "the number of splits is not in 1 … 10,000" }
      guard trainingShare > 0, trainingShare < 1 else { return "the training share is not between 0 and 1" }
      guard topSize > 0, topSize.isFinite else { return "the size of the top is not positive" }
      guard minimumSize >= 0, minimumSize.isFinite else { return "the smallest size is negative" }
      guard (1...1000).contains(cuts) else { return "the number of cut points is not in 1 … 1,000" }
      guard (1...10_000).contains(beamWidth) else { return "the width of the beam is not in 1 … 10,000" }
      guard limit >= 0 else { return "the limit of the exhaustive search is negative" }
      if case .recall(let share) = objective, !(share > 0 && share <= 1) {
        return "the share that a rule may keep is not in 0 … 1"
      }
      return nil
    }
  }

  /// How conjunctions were gone through.
  package enum Method: Sendable, Hashable {
    /// All of them.
    case exhaustive
    /// The best of each length extended.
    case beam(width: Int)
  }
}
