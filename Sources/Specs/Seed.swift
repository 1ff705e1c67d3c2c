import Documents

/// The seed of something that statistics draw at random: resamples, permutations, splits, ways to break ties.
///
/// Only `SeedReader` makes one, so that a seed given for a run takes the place of every seed of a spec, written or left
/// out, whatever section it stands in. What says which networks are measured (`seeds` of initial weights, the seeds of
/// sampled and of drawn architectures) is not of this type and keeps its numbers.
package struct Seed: Sendable, Hashable, CustomStringConvertible {
  /// What stands for a seed that is left out.
  static let fallback = 1

  /// The number, at least 0.
  package let value: Int

  fileprivate init(_ value: Int) { self.value = value }

  /// The number's digits.
  package var description: String { String(value) }

  /// The number as a generator takes it.
  package var bits: UInt64 { UInt64(value) }
}

/// Reads the seeds of a spec, unless a run gives one.
struct SeedReader: Sendable {
  /// The seed of the run, at least 0; nil for those of the spec.
  let given: Int?

  /// The seed of a node; the validator has reported one that is none.
  func seed(_ node: DocumentNode?) -> Seed {
    Seed(max(0, given ?? node?.integer ?? Seed.fallback))
  }
}
