/// Why an architecture cannot be measured as asked.
public struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  public var reason: String

  /// Whether the machine is to blame, such as for want of memory: elsewhere, or later, the same could be measured.
  public var isOfMachine: Bool

  /// Creates an error.
  public init(_ reason: String, isOfMachine: Bool = false) {
    self.reason = reason
    self.isOfMachine = isOfMachine
  }

  /// The reason.
  public var description: String { reason }
}
