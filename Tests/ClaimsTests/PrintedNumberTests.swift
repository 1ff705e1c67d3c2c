import Testing

@testable import Claims

@Suite struct PrintedNumberTests {
  @Test(arguments: [
    ("0.37", 0.365, true), ("0.37", 0.375, false), ("0.37", 0.3649999, false), (".37", 0.3715, true),
    ("−.372", -0.3715, true),
    ("-.372", -0.3725, false), ("-.372", 0.372, false), ("93", 93.4, true), ("93", 93.5, false), ("8,794", 8794, true),
    ("1.5e3", 1549, true), ("0", 0.4, true), ("0.00", -0.004, true), ("0.00", 0.006, false),
  ])
  func roundingIsToThePrintedDigits(_ text: String, _ value: Double, _ isMet: Bool) throws {
    #expect(try #require(PrintedNumber(text)).isRounding(of: value) == isMet)
  }

  @Test(arguments: ["", "-", "abc", "1.2.3", "0x10", "1e999", "nan", "1234567890123456", "1 2"])
  func whatIsNotANumberIsRefused(_ text: String) { #expect(PrintedNumber(text) == nil) }

  @Test func magnitudesLoseTheirSign() throws {
    let printed = try #require(PrintedNumber("0.37"))
    #expect(Reproduction(computed: -0.3715, printed: printed, isMagnitude: true) == .reproduced)
    #expect(Reproduction(computed: -0.3715, printed: printed, isMagnitude: false) == .notReproduced)
  }
}
