import Diagnostics
import Documents

/// What a preview is at: told to every page that is open.
package struct PreviewState: Sendable, Hashable {
  /// What goes on.
  package enum Phase: String, Sendable, Hashable {
    /// The analysis runs.
    case running
    /// The report is that of the files as they are.
    case ready
    /// There are problems; the report is the last one that was made.
    case failed
  }

  /// A problem with the places of the page that it concerns.
  package struct Problem: Sendable, Hashable {
    package var finding: Diagnostic
    /// Where it is shown: the first of these that the page has; at the top when it has none.
    package var anchors: [Anchor]

    package init(_ finding: Diagnostic, at anchors: [Anchor] = []) {
      self.finding = finding
      self.anchors = anchors
    }
  }

  /// A place in the page.
  package struct Anchor: Sendable, Hashable {
    /// The id of an element.
    package var id: String
    /// True when what is shown stands after the element, false when it stands in it.
    package var isAfter: Bool

    package init(_ id: String, isAfter: Bool = false) {
      self.id = id
      self.isAfter = isAfter
    }
  }

  package var phase: Phase
  /// The steps that have ended, of all; nil when nothing runs.
  package var progress: (done: Int, total: Int)? {
    get { total > 0 ? (done, total) : nil }
    set { (done, total) = newValue ?? (0, 0) }
  }
  private var done = 0
  private var total = 0
  /// What goes on, in a few words, such as the step that runs.
  package var detail: String
  /// The edition of the report's page; empty when there is none.
  package var edition: String
  package var problems: [Problem]

  package init(_ phase: Phase, detail: String = "", edition: String = "", problems: [Problem] = []) {
    self.phase = phase
    self.detail = detail
    self.edition = edition
    self.problems = problems
  }

  /// The most problems that a page is told in full.
  static let problemLimit = 100
  /// The most characters of each text.
  private static let textLimit = 2000

  /// The state as JSON in one line.
  package var json: JSONValue {
    func text(_ text: String?) -> JSONValue {
      text.map { .string(ConsoleWriter.visible(String($0.prefix(Self.textLimit)))) } ?? .null
    }
    let told = problems.prefix(Self.problemLimit).map { problem -> JSONValue in
      let finding = problem.finding
      return [
        "severity": .string(finding.severity.rawValue), "id": text(finding.id),
        "place": text(finding.location.map { "\($0)" }), "message": text(finding.message),
        "reason": text(finding.reason), "fix": text(finding.fix), "excerpt": text(finding.excerpt),
        "anchors": .array(problem.anchors.map { ["id": .string($0.id), "after": .bool($0.isAfter)] }),
      ]
    }
    return [
      "phase": .string(phase.rawValue), "detail": text(detail), "edition": .string(edition), "done": .integer(done),
      "total": .integer(total), "problems": .array(told), "more": .integer(max(0, problems.count - told.count)),
    ]
  }
}
