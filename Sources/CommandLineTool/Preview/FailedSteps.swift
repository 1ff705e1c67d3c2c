import Diagnostics
import Documents
import Pipeline

/// The findings that failed steps amount to.
enum FailedSteps {
  /// A finding for each line of a step's reason that begins with a place; one for the reason otherwise.
  ///
  /// - Parameter source: The text of the spec, of which findings show a line.
  static func findings(_ name: String, reason: String, in source: SourceText) -> [Diagnostic] {
    let lines = reason.split(separator: "\n").map(String.init)
    let placed = lines.map { Self.placed($0) }
    guard !lines.isEmpty, placed.allSatisfy({ $0 != nil }) else {
      return [Diagnostic(id: "step-failed", message: "step \(name) failed: \(reason)")]
    }
    return placed.compactMap { $0 }.map { place, message in
      Diagnostic(
        id: "step-failed", location: place, message: message, reason: "step \(name) failed for it",
        excerpt: place.file == source.file ? source.excerpt(at: place) : nil)
    }
  }

  /// The place at the beginning of a line, `file:line:column: `, and what follows.
  static func placed(_ line: String) -> (SourceLocation, String)? {
    let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[0].isEmpty, let number = Int(parts[1]), let column = Int(parts[2]), number > 0,
      column > 0, parts[3].hasPrefix(" ")
    else { return nil }
    return (SourceLocation(file: String(parts[0]), line: number, column: column), String(parts[3].dropFirst()))
  }
}
