import Testing

@testable import Claims

@Suite struct PrintedNumberTests {
  @Test(arguments: [
    ("0.37", 0.365, true), ("0.37", 0.375, false), ("0.37", 0.3649999, false), (".37", 0.3715, true),
    ("−.372", -0.3715, true),
    ("-.372", -0.3725, true), ("-.372", -0.37251, false), ("-.372", 0.372, false), ("93", 93.4, true),
    ("93", 93.5, false), ("8,794", 8794, true),
    ("1.5e3", 1549, true), ("0", 0.4, true), ("0.00", -0.004, true), ("0.00", 0.006, false),
  ])
  func roundingIsToThePrintedDigits(_ text: String, _ value: Double, _ isMet: Bool) throws {
    #expect(try #require(PrintedNumber(text)).isRounding(of: value) == isMet)
  }

  @Test(
    arguments: [
      (".12", 0.125, .halfToEven), (".13", 0.125, .halfAwayFromZero), (".12", 0.124, .nearest),
      (".62", 0.625, .halfToEven),
      ("2", 2.5, .halfToEven), ("3", 2.5, .halfAwayFromZero), ("-2", -2.5, .halfToEven), ("−.12", -0.125, .halfToEven),
      // A half that both take to the same number is no choice.
      (".14", 0.135, .nearest), (".38", 0.375, .nearest), (".37", 0.375, nil), (".36", 0.355, .nearest),
      (".35", 0.355, nil),
      ("0", 0.5, .halfToEven), ("0", -0.5, .halfToEven), ("0", 0.51, nil), ("1", 0.5, .halfAwayFromZero),
      ("8,794", 8794.5, .halfToEven), ("1.2e3", 1250, .halfToEven), ("1.3e3", 1250, .halfAwayFromZero),
      ("0.62", 0.625 + 1e-9, nil), ("0.62", 0.615 - 1e-9, nil),
    ] as [(String, Double, PrintedNumber.Rounding?)])
  func halvesAreRoundedEitherWay(_ text: String, _ value: Double, _ rounding: PrintedNumber.Rounding?) throws {
    #expect(try #require(PrintedNumber(text)).rounding(of: value) == rounding)
  }

  @Test(arguments: ["", "-", "abc", "1.2.3", "0x10", "1e999", "nan", "1234567890123456", "1 2"])
  func whatIsNotANumberIsRefused(_ text: String) { #expect(PrintedNumber(text) == nil) }

  @Test func magnitudesLoseTheirSign() throws {
    let printed = try #require(PrintedNumber("0.37"))
    #expect(Reproduction(computed: -0.3715, printed: printed, isMagnitude: true) == .reproduced)
    #expect(Reproduction(computed: -0.3715, printed: printed, isMagnitude: false) == .notReproduced)
  }
}
