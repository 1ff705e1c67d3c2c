/// Why an architecture or its sizes are not valid, or why something of it cannot be counted or drawn.
package struct RecordError: Error, Sendable, Hashable {
  /// The reason.
  package var reason: String
}
