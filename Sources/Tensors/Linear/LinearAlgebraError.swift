/// Why a matrix has no such decomposition.
package struct LinearAlgebraError: Error, Sendable, Hashable {
  /// The reason, in a few words.
  package var reason: String

  /// Creates a reason.
  package init(_ reason: String) { self.reason = reason }
}
