import Documents

/// The result of a check: a verdict and the numbers behind it, without rows of the data.
package struct Finding: Codable, Sendable, Hashable {
  package var verdict: Verdict
  /// The reason why the verdict is undecidable; nil otherwise.
  @Nullable package var reason: String?
  package var numbers: [FindingNumber]
  /// The keys of the few numbers that tell the finding in a line.
  package var headline: [String]
  /// Numbers by case: a row for each size, candidate, column, pair or stratum.
  package var sections: [FindingSection]
  /// A few cases by name, such as the ids of a group.
  package var examples: [FindingExample]

  /// The most examples that a finding holds.
  package static let exampleLimit = 5
  /// The most rows that a section holds.
  package static let rowLimit = 40

  /// Creates a finding that decides.
  init(
    _ isFound: Bool, _ numbers: [FindingNumber], headline: [String], sections: [FindingSection?] = [],
    examples: [FindingExample] = []
  ) {
    verdict = isFound ? .found : .notFound
    self.numbers = numbers
    self.headline = headline
    self.sections = sections.compactMap { $0 }.filter { !$0.rows.isEmpty }
    self.examples = Array(examples.prefix(Self.exampleLimit))
  }

  /// Creates a finding that does not decide.
  package init(undecidable reason: String) {
    verdict = .undecidable
    self.reason = reason
    numbers = []
    headline = []
    sections = []
    examples = []
  }

  /// The finding, undecidable for a reason, with its numbers kept.
  func undecided(_ reason: String) -> Finding {
    var changed = self
    changed.verdict = .undecidable
    changed.reason = reason
    return changed
  }

  /// The value of the number with a key; nil when the finding has none.
  package subscript(key: String) -> FindingValue? { numbers.first { $0.key == key }?.value }

  /// The section with a key; nil when the finding has none.
  package func section(_ key: String) -> FindingSection? { sections.first { $0.key == key } }
}

/// A case that shows a finding, by name and number.
package struct FindingExample: Codable, Sendable, Hashable {
  /// The case, such as an id.
  package var title: String
  /// A sentence on what the case shows.
  package var text: String

  package init(_ title: String, _ text: String) {
    self.title = title
    self.text = text
  }
}

/// The verdict of a check.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// The data show the trace that the check looks for.
  case found
  /// The data could show the trace and do not.
  case notFound = "not found"
  /// The data cannot show whether the trace is there.
  case undecidable
}
