/// How the values of a part and their intervals are made. A value says it itself by the keys `method`, `level`, `seed` and
/// `missing`, beside it or in the objects around it.
struct ValueSettings: Sendable, Hashable {
  /// How intervals are made, in a few words.
  var method: String?
  /// Their coverage, in (0, 1).
  var level: Double?
  /// The seed of their resamples.
  var seed: Int?
  /// What happens to missing values.
  var policy: String?

  /// What verdicts depend on, as one text.
  var text: String {
    [method ?? "", level.map { "\($0)" } ?? "", seed.map { "\($0)" } ?? "", policy ?? ""].joined(separator: "; ")
  }
}
