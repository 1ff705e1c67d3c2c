/// The gravity of a finding.
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
  package var severity: Severity
  /// Its place in a file, when it has one.
  package var location: SourceLocation?
  /// The problem, in one sentence without a final full stop.
  package var message: String
  /// The reason for it, when that is not plain from the message.
  package var reason: String?
  /// A way to fix it.
  package var fix: String?
  /// The line of source at the location, without its line end.
  package var excerpt: String?

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

/// The kind of failure that a set of findings is; decides the exit status of the command line.
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
  /// The failure that the findings amount to: bad input unless the caller says otherwise.
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

  /// True when at least one finding is an error.
  package var hasErrors: Bool { contains { $0.severity == .error } }
}

/// A place in a text file: 1-based line and column (columns count Unicode scalars).
package struct SourceLocation: Sendable, Hashable, Codable, Comparable {
  /// The file as the user named it; never made absolute.
  package var file: String
  /// 1-based line.
  package var line: Int
  /// 1-based column, in Unicode scalars.
  package var column: Int

  package init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// Orders by file, then line, then column.
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`.
  package var description: String { "\(file):\(line):\(column)" }
}
