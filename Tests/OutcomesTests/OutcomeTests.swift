import Testing

@testable import Outcomes

struct OutcomeTests {
  @Test func aThrownReasonBecomesAnOutcome() {
    let outcome = Outcome<Int>.of { () throws(Reason) in throw Reason("no rows") }
    #expect(outcome == .failure(Reason("no rows")))
    #expect(outcome.value == nil && outcome.reason?.text == "no rows")
    #expect(Outcome<Int>.of { 3 }.value == 3)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsNoValue(_ number: Double) {
    #expect(Outcome(finite: number, otherwise: "it overflows") == .failure(Reason("it overflows")))
    #expect(Outcome(finite: 1.5) == .success(1.5))
  }
}
