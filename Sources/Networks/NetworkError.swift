/// Why a network cannot be made.
package struct NetworkError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  package var reason: String

  /// Creates an error.
  package init(_ reason: String) { self.reason = reason }

  /// The reason.
  package var description: String { reason }
}
