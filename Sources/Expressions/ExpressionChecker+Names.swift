import Diagnostics

/// Advice on names that no column has.
extension ExpressionChecker {
  mutating func unknownColumn(_ name: String, _ place: Int) {
    let shown = name.prefix(80)
    if let difference = difference(name) {
      report(
        "unknown-column", place, "there is no column \(shown)",
        reason: "a hyphen without blanks is part of a name", fix: "write \(difference) to subtract")
    } else if let close = Suggestion.closest(to: name, in: columnNames) {
      report("unknown-column", place, "there is no column \(shown)", fix: "did you mean \(close)?")
    } else if name == "layer" {
      report(
        "unknown-column", place, "there is no column layer", fix: "write layer.\(layerNames.first ?? "x") in a count")
    } else {
      report(
        "unknown-column", place, "there is no column \(shown)",
        reason: "words without quotes are names of columns",
        fix: Suggestion.listing(columnNames).map { "write text in quotes; the columns are: \($0)" }
          ?? "the table has no columns")
    }
  }

  /// The name as a difference of columns and numbers: `a - b` for `a-b` when there are columns a and b; the longest
  /// names first. Nil when some part is neither.
  private func difference(_ name: String) -> String? {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    guard (2...16).contains(words.count) else { return nil }
    // The parts of the words from each place on.
    var rest = [[String]?](repeating: nil, count: words.count + 1)
    rest[words.count] = []
    for start in words.indices.reversed() {
      for end in ((start + 1)...words.count).reversed() {
        let part = words[start..<end].joined(separator: "-")
        if let following = rest[end], types[part] != nil || Double(part)?.isFinite == true {
          rest[start] = [part] + following
          break
        }
      }
    }
    return rest[0].flatMap { $0.count >= 2 ? $0.joined(separator: " - ") : nil }
  }
}
