/// Why a statistic has no value.
package struct Undefined: Error, Sendable, Hashable {
  /// The reason, in a few words.
  package let reason: String

  /// Creates a reason.
  package init(_ reason: String) { self.reason = reason }
}
