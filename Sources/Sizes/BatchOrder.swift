/// The order in which the sequences of a batch stand. What is a sum over sequences moves by no more than rounding from one to the
/// other: random cotangents, noise and masks of dropout go with their sequences.
package enum BatchOrder: String, Sendable, Hashable, CaseIterable {
  /// As the source of the tokens gives them.
  case asRead = "as-read"
  /// The last first.
  case reversed
}
