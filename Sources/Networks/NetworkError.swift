/// Why a network cannot be made.
public struct NetworkError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  public var reason: String

  /// Creates an error.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
