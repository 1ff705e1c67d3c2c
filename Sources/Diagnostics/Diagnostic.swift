/// How bad a finding is.
package enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  /// The input cannot be used.
  case error
  /// The input can be used; the result may not be what was meant.
  case warning
  /// For information.
  case note
}

/// One finding about an input: what is wrong, where, why it matters and how to fix it.
package struct Diagnostic: Sendable, Hashable, Codable {
  /// Stable kebab-case identifier of the kind of finding, such as `unknown-key`.
  package var id: String
  /// How bad it is.
  package var severity: Severity
  /// Where it is, when it has a place in a file.
  package var location: SourceLocation?
  /// What is wrong, in one sentence without a final full stop.
  package var message: String
  /// Why it is wrong, when that is not plain from the message.
  package var reason: String?
  /// How to fix it.
  package var fix: String?
  /// The line of source at the location, without its line end.
  package var excerpt: String?

  /// Creates a finding.
  package init(
    id: String, severity: Severity = .error, location: SourceLocation? = nil, message: String, reason: String? = nil,
    fix: String? = nil, excerpt: String? = nil
  ) {
    self.id = id
    self.severity = severity
    self.location = location
    self.message = message
    self.reason = reason
    self.fix = fix
    self.excerpt = excerpt
  }
}

/// What kind of failure a set of findings is; decides the exit status of the command line.
package enum FailureKind: Int, Sendable, Hashable, Codable {
  /// A command that cannot be meant (exit status 64).
  case usage = 64
  /// A bad spec or bad data (exit status 65).
  case badInput = 65
  /// An input that is not there (exit status 66).
  case missingInput = 66
  /// The machine refused to read or to write (exit status 74).
  case inputOutput = 74
}

/// Bad input: every problem found, together.
package struct DiagnosticsError: Error, Sendable, Hashable {
  /// All findings, in order of location.
  package var diagnostics: [Diagnostic]
  /// Whether the input is bad, missing or unreadable.
  package var kind: FailureKind

  /// Creates the error; the findings are sorted by location, those without a place last.
  package init(_ diagnostics: [Diagnostic], kind: FailureKind = .badInput) {
    self.diagnostics = diagnostics.sortedByLocation()
    self.kind = kind
  }
}

extension [Diagnostic] {
  /// The findings by location; those without a location last; otherwise in the order they were found.
  package func sortedByLocation() -> [Diagnostic] {
    enumerated().sorted { left, right in
      switch (left.element.location, right.element.location) {
      case (let one?, let other?): one == other ? left.offset < right.offset : one < other
      case (nil, nil): left.offset < right.offset
      case (let one, _): one != nil
      }
    }.map(\.element)
  }

  /// Whether any finding is an error.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}
