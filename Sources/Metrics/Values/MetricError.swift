/// Why an architecture cannot be measured as asked.
package struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The reason, in a sentence.
  package var reason: String

  /// Whether the machine is to blame, such as for want of memory: elsewhere, or later, the same could be measured.
  package var isOfMachine: Bool

  /// Creates an error.
  package init(_ reason: String, isOfMachine: Bool = false) {
    self.reason = reason
    self.isOfMachine = isOfMachine
  }

  /// The reason.
  package var description: String { reason }
}
