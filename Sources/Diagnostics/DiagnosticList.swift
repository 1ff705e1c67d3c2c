/// Findings about one input, kept to a number that a person can use and a machine can hold: hostile input could cause a
/// finding for every byte.
package struct DiagnosticList: Sendable {
  /// The most findings kept.
  package static let limit = 500
  /// The most Unicode scalars kept of a message, a reason or a fix.
  package static let textLimit = 1000

  private var kept: [Diagnostic] = []
  private var hasOmissions = false

  package init() {}

  /// True when no further finding is kept; looking for more is of no use then.
  package var isFull: Bool { kept.count >= Self.limit }

  /// The findings in the order they were added; when some were left out, a note without a place says so at the end.
  package var findings: [Diagnostic] {
    guard hasOmissions else { return kept }
    return kept + [
      Diagnostic(
        id: "more-findings", severity: .note, message: "there are over \(Self.limit) findings; the rest is not shown")
    ]
  }

  /// Adds a finding, its texts cut to `textLimit`, or notes that one was left out.
  package mutating func append(_ diagnostic: Diagnostic) {
    guard !isFull else {
      hasOmissions = true
      return
    }
    var diagnostic = diagnostic
    diagnostic.message = Self.cut(diagnostic.message)
    diagnostic.reason = diagnostic.reason.map(Self.cut)
    diagnostic.fix = diagnostic.fix.map(Self.cut)
    kept.append(diagnostic)
  }

  private static func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > textLimit,
      let end = scalars.index(scalars.startIndex, offsetBy: textLimit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
