/// Why an architecture or its sizes are not valid, or why something of it cannot be counted or drawn.
public struct RecordError: Error, Sendable, Hashable {
  /// The reason.
  public var reason: String
}
