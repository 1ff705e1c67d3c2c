/// Why a statistic has no value.
public struct Undefined: Error, Sendable, Hashable {
  /// The reason, in a few words.
  public let reason: String

  /// Creates a reason.
  public init(_ reason: String) { self.reason = reason }
}
