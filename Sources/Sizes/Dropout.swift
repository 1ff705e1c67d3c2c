/// Dropout as networks have it while they are trained: numbers are set to 0 with a probability, the others multiplied by 1/(1 − p).
package struct Dropout: Sendable, Hashable {
  /// p, above 0 and at most 0.9.
  package let probability: Double
  /// The seed of the masks, which have a stream of their own.
  package let seed: Int

  /// The seed of the masks where none is given.
  package static let seed = 0
  /// What p may be; 0 is no dropout.
  package static let range = 0.0...0.9

  /// Dropout; nil when p is 0, which is none, and when nothing is given.
  ///
  /// - Precondition: p is in `range`.
  package init?(_ probability: Double?, seed: Int?) {
    guard let probability, probability > 0 else { return nil }
    precondition(Self.range.contains(probability), "a probability of dropout")
    self.probability = probability
    self.seed = seed ?? Self.seed
  }
}
