/// What a check says.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// The trace is there.
  case found
  /// The data could show the trace and do not.
  case notFound = "not found"
  /// The data cannot show it.
  case undecidable
}
