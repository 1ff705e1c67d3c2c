import Outcomes
import Testing

@testable import Statistics

@Suite struct BinomialTailTests {
  /// Σ_{j ≥ k} C(n, j) / 2ⁿ, exact in doubles for n up to 50.
  @Test(arguments: [1, 2, 7, 20, 50]) func tailIsTheSumOfItsTerms(_ n: Int) throws {
    var row = [1.0]
    for _ in 0..<n { row = zip([0] + row, row + [0]).map(+) }
    let whole = row.reduce(0, +)
    for k in 0...n {
      let expected = row[k...].reduce(0, +) / whole
      #expect(try abs(BinomialTail.atLeast(k, of: n) / expected - 1) < 1e-12, "\(k) of \(n)")
    }
  }

  @Test func endsOfTheRange() throws {
    #expect(try BinomialTail.atLeast(-3, of: 5) == 1 && BinomialTail.atLeast(6, of: 5) == 0)
    // 90 of 90: 2⁻⁹⁰.
    #expect(try abs(BinomialTail.atLeast(90, of: 90) * 0x1p90 - 1) < 1e-11)
    #expect(throws: Reason.self) { try BinomialTail.atLeast(0, of: 0) }
  }
}
