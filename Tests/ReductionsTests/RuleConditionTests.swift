import Expressions
import Outcomes
import Statistics
import Tables
import Testing

@testable import Reductions

@Suite struct RuleConditionTests {
  @Test(arguments: [
    (RuleCondition("depth", .equal, .number(4)), "depth == 4"),
    (RuleCondition("mean-heads", .atLeast, .number(2.5)), "mean-heads >= 2.5"),
    (RuleCondition("loss", .atMost, .number(-0.125)), "loss <= -0.125"),
    (RuleCondition("op", .equal, .text("SDP")), "op == \"SDP\""),
    (RuleCondition("op", .equal, .text("a \"b\" \\")), "op == \"a \"\"b\"\" \\\""),
    (RuleCondition("gated", .equal, .truth(true)), "gated == true"),
  ])
  func isWrittenAsARule(_ condition: RuleCondition, _ text: String) {
    #expect(Rule([condition]).text == text)
    #expect(ExpressionParser.parse(text).expression == condition.expression)
  }

  @Test func conditionsAreJoined() {
    let rule = Rule([RuleCondition("depth", .equal, .number(4)), RuleCondition("hidden-size", .atLeast, .number(256))])
    #expect(rule.text == "depth == 4 and hidden-size >= 256")
  }

  /// What a rule keeps is what the expression it is written as keeps, missing values and all.
  @Test func rulesKeepWhatTheirTextKeeps() throws {
    let count = 60
    let space = try SampleSpace.sample(count, seed: 3)
    let table = Table(
      columns: space.features.map { feature in
        let missing = feature.name == "width" ? [4: "none", 9: "none"] : [:]
        switch feature.values {
        case .numbers(let values):
          return Column(
            schema: ColumnSchema(name: feature.name, type: .real), storage: .real(values.map { $0 ?? 0 }),
            undefined: missing)
        case .texts(let values):
          return Column(schema: ColumnSchema(name: feature.name, type: .text), storage: .text(values.map { $0 ?? "" }))
        case .truths(let values):
          return Column(
            schema: ColumnSchema(name: feature.name, type: .boolean), storage: .boolean(values.map { $0 ?? false }))
        }
      }, origins: (0..<count).map { RowOrigin(file: "f", line: $0) })
    let list = try ConditionList(table.columns.map { FeatureColumn($0) }, cuts: 5)
    for first in list.conditions.indices {
      let places = [first, (first * 7 + 3) % list.conditions.count]
      let expression = try #require(ExpressionParser.parse(list.rule(places).text).expression)
      let kept = list.rows(of: places, count: count)
      let values = expression.values(in: table)
      #expect((0..<count).allSatisfy { kept.contains($0) == (values[$0].truth == true) }, "\(expression.text)")
    }
  }

  private func listed(_ values: FeatureColumn.Values, cuts: Int = 32) throws -> [String] {
    try ConditionList([FeatureColumn(name: "x", title: "X", values: values)], cuts: cuts).conditions.map {
      Rule([$0]).text
    }
  }

  /// `x >= 3` selects what `x == 3` does, `x >= 1` all: neither is listed. −0 is 0.
  @Test func eachSetOfRowsIsListedOnce() throws {
    #expect(try listed(.numbers([2, 4, 4])) == ["x == 2", "x == 4"])
    #expect(try listed(.numbers([3, 1, 2, 2])) == ["x == 1", "x == 2", "x == 3", "x >= 2", "x <= 2"])
    #expect(try listed(.numbers([0, -0.0, 1])) == ["x == 0", "x == 1"])
    #expect(try listed(.texts(["b", "a", nil, "b"])) == ["x == \"a\"", "x == \"b\""])
    #expect(try listed(.truths([true, false])) == ["x == false", "x == true"])
  }

  /// A row without a value meets nothing, so that a bound met by all others is a condition.
  @Test func missingValuesMeetNothing() throws {
    #expect(try listed(.numbers([1, 2, nil])) == ["x == 1", "x == 2", "x >= 1"])
  }

  @Test func manyValuesAreCutNotListed() throws {
    let texts = try listed(.numbers((0..<400).map { Double($0) }), cuts: 4)
    #expect(texts == ["x >= 50", "x >= 150", "x >= 250", "x >= 350", "x <= 50", "x <= 150", "x <= 250", "x <= 350"])
    #expect(try listed(.numbers((0..<400).map { Double($0 / 30) }), cuts: 40).filter { $0.contains("==") }.isEmpty)
  }

  @Test func tooManyLevelsAreUndefined() {
    #expect(throws: Reason("x has 101 levels, over 100")) { try listed(.texts((0..<101).map { "\($0)" })) }
    #expect(throws: Reason("no feature varies")) { try listed(.numbers([1, 1, 1])) }
  }

  @Test func onlyRangesOfOneFeatureGoTogether() {
    func condition(_ comparison: RuleCondition.Comparison, _ value: Double, of name: String = "x") -> RuleCondition {
      RuleCondition(name, comparison, .number(value))
    }
    #expect(condition(.atLeast, 1).goesWith(condition(.atMost, 2)))
    #expect(condition(.atMost, 2).goesWith(condition(.atLeast, 1)))
    #expect(!condition(.atLeast, 2).goesWith(condition(.atMost, 2)))
    #expect(!condition(.atLeast, 3).goesWith(condition(.atMost, 2)))
    #expect(!condition(.equal, 2).goesWith(condition(.atMost, 3)))
    #expect(!condition(.atLeast, 2).goesWith(condition(.atLeast, 3)))
    #expect(condition(.equal, 2).goesWith(condition(.equal, 2, of: "y")))
  }
}
