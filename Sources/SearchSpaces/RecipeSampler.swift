import Outcomes
import Statistics

/// Draws recipes by the rules of NAS-Bench-NLP (Klyuchnikov et al. 2022).
///
/// Nodes are added until their number reaches the number of states and the intermediate nodes together. Operations are
/// drawn as linear, blend, product, sum 3 : 1 : 1 : 1. A linear reads 2 or 3 (4 : 1) of x, the states and the
/// activations so far, and an activation follows it; the others read states and any nodes. Nodes drawn at random become
/// the new states, what they do not depend on is dropped, and what breaks a rule of `RecipeRules.strict` is drawn again
/// with the same numbers of states and nodes.
///
/// Stricter than the published code in one point: there the activation behind a linear can be among what is dropped.
package struct RecipeSampler: Sendable {
  private let seed: UInt64
  private let hiddenCounts: ClosedRange<Int>
  private let intermediateCounts: ClosedRange<Int>
  private var index: UInt64 = 0

  /// Starts a sequence: 1 to 3 hidden states, 4 to 12 intermediate nodes.
  package init(seed: UInt64) {
    self.seed = seed
    hiddenCounts = 1...3
    intermediateCounts = 4...12
  }

  /// Starts a sequence with other sizes, each equally likely.
  ///
  /// - Parameters:
  ///   - hiddenCounts: Numbers of hidden states, within 1 … 3.
  ///   - intermediateCounts: Numbers of further nodes before the unused ones are dropped, within 2 … 20.
  /// - Throws: `Reason` when a range goes beyond that.
  package init(
    seed: UInt64, hiddenCounts: ClosedRange<Int>, intermediateCounts: ClosedRange<Int>
  ) throws(Reason) {
    guard hiddenCounts.lowerBound >= 1, hiddenCounts.upperBound <= RecipeRules.publishedStates else {
      throw Reason("numbers of hidden states go from 1 to \(RecipeRules.publishedStates)")
    }
    guard intermediateCounts.lowerBound >= 2, intermediateCounts.upperBound <= 20 else {
      throw Reason("numbers of intermediate nodes go from 2 to 20")
    }
    self.seed = seed
    self.hiddenCounts = hiddenCounts
    self.intermediateCounts = intermediateCounts
  }

  /// The next recipe. It depends on the seed, the ranges and its number in the sequence alone.
  package mutating func next() -> Recipe {
    var generator = SeededGenerator(seed: seed, stream: index)
    index += 1
    let (hidden, intermediate) = (generator.next(in: hiddenCounts), generator.next(in: intermediateCounts))
    while true {
      let draft = RecipeDraft(hidden: hidden, intermediate: intermediate, &generator)
      if draft.isPromising, let recipe = try? Recipe(listing: draft.listing, rules: .strict) { return recipe }
    }
  }

  /// The next recipes.
  ///
  /// - Parameter distinct: Whether to leave out recipes that are isomorphic to an earlier one of the sample.
  /// - Throws: `Reason` when 10,000 recipes in a row are isomorphic to earlier ones.
  package mutating func sample(count: Int, distinct: Bool = false) throws(Reason) -> [Recipe] {
    var recipes: [Recipe] = []
    var digests: Set<String> = []
    var repeats = 0
    while recipes.count < count {
      let recipe = next()
      if distinct, !digests.insert(recipe.structuralDigest).inserted {
        repeats += 1
        guard repeats < 10_000 else {
          throw Reason("only \(recipes.count) of \(count) distinct recipes were found")
        }
        continue
      }
      repeats = 0
      recipes.append(recipe)
    }
    return recipes
  }
}
