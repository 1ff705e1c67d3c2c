/// Why a matrix has no such decomposition.
public struct LinearAlgebraError: Error, Sendable, Hashable {
  /// The reason, in a few words.
  public var reason: String

  /// Creates a reason.
  public init(_ reason: String) { self.reason = reason }
}
