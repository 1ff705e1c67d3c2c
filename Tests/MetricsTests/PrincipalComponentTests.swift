import Outcomes
import Testing

@testable import Metrics

/// How many components make up a share of a spectrum.
@Suite struct PrincipalComponentTests {
  @Test func rulesDifferAtTheShareItself() throws {
    // 99 of 100 is the share: enough for one rule, not for the other.
    #expect(try PrincipalComponents.count([99, 1], share: 0.99, isInclusive: true) == 1)
    #expect(try PrincipalComponents.count([99, 1], share: 0.99, isInclusive: false) == 2)
    #expect(try PrincipalComponents.count([3, 1], share: 0.75, isInclusive: true) == 1)
    #expect(try PrincipalComponents.count([3, 1], share: 0.75, isInclusive: false) == 2)
    for isInclusive in [false, true] {
      #expect(try PrincipalComponents.count([98, 1, 1], share: 0.985, isInclusive: isInclusive) == 2)
      #expect(try PrincipalComponents.count([5], share: 0.99, isInclusive: isInclusive) == 1)
      #expect(try PrincipalComponents.count([1, 1, 1, 1], share: 0.99, isInclusive: isInclusive) == 4)
    }
  }

  @Test(arguments: [[], [0, 0], [.nan, 1], [.infinity]]) func nothingVaries(_ spectrum: [Double]) {
    #expect(throws: Reason.self) { try PrincipalComponents.count(spectrum, share: 0.99, isInclusive: false) }
  }
}
