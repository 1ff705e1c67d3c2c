import Testing

@testable import Statistics

@Suite struct ResampledSplitsTests {
  /// Three splits, by hand: S² = 1, (1/3 + 1)·1, and t of two degrees of freedom 4.302652729911275 (SciPy 1.10.1).
  @Test func byHand() throws {
    let made = try ResampledSplits.interval([1, 2, 3], training: 50, unseen: 50, level: 0.95).get()
    let half = 4.302652729911275 * (4.0 / 3).squareRoot()
    #expect(abs(made.lower - (2 - half)) < 1e-9 && abs(made.upper - (2 + half)) < 1e-9)
    let cut = try ResampledSplits.interval([0.5, 0.7], training: 1, unseen: 3, level: 0.9, within: 0...1).get()
    #expect(cut.lower == 0 && cut.upper == 1)
    #expect(ResampledSplits.interval([1], training: 1, unseen: 1, level: 0.9).reason != nil)
    #expect(ResampledSplits.interval([1, 1], training: 1, unseen: 1, level: 0.9).reason != nil)
    #expect(ResampledSplits.interval([1, 2], training: 0, unseen: 1, level: 0.9).reason != nil)
  }
}
