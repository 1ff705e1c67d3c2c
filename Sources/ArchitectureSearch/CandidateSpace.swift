import Outcomes
import Statistics

/// A space of architectures to search: enumerated, or only sampled.
///
/// Everything is a function of its arguments: the same seed gives the same candidate, so that a search depends on nothing but
/// its own seed.
package protocol CandidateSpace: Sendable {
  associatedtype Candidate: Sendable

  /// Number of candidates; nil where it is not known, or where they cannot be gone through by index.
  var count: Int? { get }
  /// The candidate of an index in 0 ..< `count`; nil where there is none.
  func candidate(at index: Int) -> Candidate?
  /// A candidate drawn at random.
  func sample(seed: UInt64) -> Candidate
  /// A candidate that differs a little from another.
  func mutated(_ candidate: Candidate, seed: UInt64) -> Candidate
  /// A text that two candidates share exactly when they are the same architecture.
  func text(of candidate: Candidate) -> String
  /// The value of a quantity that constraints are about, such as `parameters`; nil where it is not known.
  func quantity(_ name: String, of candidate: Candidate) -> Double?
}

/// Bounds of a quantity that candidates of a search have to keep.
package struct SearchConstraint: Sendable, Hashable {
  /// The quantity, such as `parameters`, `flops` or `latency`.
  package var quantity: String
  /// The least value; nil for no bound.
  package var atLeast: Double?
  /// The greatest value; nil for no bound.
  package var atMost: Double?

  package init(_ quantity: String, atLeast: Double? = nil, atMost: Double? = nil) {
    self.quantity = quantity
    self.atLeast = atLeast
    self.atMost = atMost
  }

  /// True for a known value within the bounds; a value that is not known keeps no bound.
  package func admits(_ value: Double?) -> Bool {
    guard let value, value.isFinite else { return false }
    return value >= atLeast ?? -.infinity && value <= atMost ?? .infinity
  }
}

/// Gives candidates the values that a search compares.
package protocol CandidateScorer<Candidate>: Sendable {
  associatedtype Candidate: Sendable

  /// The evaluations of candidates, in their order; asked for once of each candidate of a search.
  ///
  /// - Throws: `Reason` when the search cannot go on. A candidate without a value has its reason among the evaluations.
  func evaluations(of candidates: [Candidate]) async throws(Reason) -> [Outcome<CandidateEvaluation>]
}

/// The values of a candidate: one or more metrics, each evaluated once or over several seeds and batches.
package struct CandidateEvaluation: Sendable, Hashable {
  /// The values of each metric, ascending, turned so that greater is better.
  package let values: [[Double]]
  /// The mean of each metric's values.
  package let means: [Double]

  /// Takes the values of each metric.
  ///
  /// - Throws: `Reason` without metrics, for a metric without values, and for a value that is not finite.
  package init(_ values: [[Double]]) throws(Reason) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isEmpty }) else { throw Reason("a metric has no value") }
    guard values.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw Reason("a value is not finite") }
    self.values = values.map { $0.sorted() }
    means = values.map { Mean.value($0) }
  }
}
