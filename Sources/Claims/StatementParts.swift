/// What a publication says, as the verdicts on its parts; parts that are readings are ways to read one thing.
package struct StatementParts: Sendable, Hashable {
  private let parts: [StatementVerdict]
  private let readings: [StatementVerdict]

  /// - Parameters:
  ///   - parts: The verdicts on its parts.
  ///   - readings: The verdicts on the ways to read it.
  package init(parts: [StatementVerdict], readings: [StatementVerdict]) {
    self.parts = parts
    self.readings = readings
  }

  /// The worst verdict of its parts; all readings together are one part, which has the best of theirs.
  package var verdict: StatementVerdict {
    StatementTally(parts + (readings.isEmpty ? [] : [StatementTally(readings).best])).worst
  }

  /// True when it holds in some of its readings and not in all.
  package var isPartly: Bool { verdict == .holds && readings.contains { $0 != .holds } }

  /// The verdict in words: `holds`, `10 of 10 hold`, `holds in 1 of 2 readings`.
  package var words: String {
    guard parts.count + readings.count > 1 else { return verdict.rawValue }
    guard parts.isEmpty else { return StatementTally(parts + readings).words }
    let count = StatementTally(readings).count(verdict)
    return count == readings.count
      ? "\(verdict.rawValue) in each of \(count) readings"
      : "\(verdict.rawValue) in \(count) of \(readings.count) readings"
  }
}
