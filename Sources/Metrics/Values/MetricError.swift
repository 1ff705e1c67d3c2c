/// Why an architecture cannot be measured as asked.
public struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  public var reason: String

  /// Creates an error.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
