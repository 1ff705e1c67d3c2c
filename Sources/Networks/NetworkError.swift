/// Why a network cannot be made.
public struct NetworkError: Error, Sendable, Hashable {
  /// The reason, in a sentence.
  public var reason: String

  /// Creates an error.
  public init(_ reason: String) { self.reason = reason }
}
