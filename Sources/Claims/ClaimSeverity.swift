/// What a failing claim does to an audit.
package enum ClaimSeverity: String, Sendable, Hashable, CaseIterable {
  /// It fails the audit.
  case error
  /// It is pointed out.
  case warn
  /// It is listed.
  case note
}
