import TestSupport
import Testing

@testable import Expressions

@Suite struct ExpressionParserTests {
  private func parse(_ text: String) throws -> Expression {
    let outcome = ExpressionParser.parse(text)
    return try #require(outcome.expression, "\(text): \(outcome.problems)")
  }

  @Test(arguments: [
    ("depth == 4", "depth == 4"), ("hidden_size==256 and depth>=2", "hidden-size == 256 and depth >= 2"),
    ("a or b and not c == d", "a or b and not c == d"), ("(a or b) and not (c == d)", "(a or b) and not c == d"),
    ("not (a and b)", "not (a and b)"), ("a - b - c", "a - b - c"), ("a - (b - c)", "a - (b - c)"),
    ("a-b", "a-b"), ("a - 1", "a - 1"), ("a -1", "a - 1"), ("4-3", "4 - 3"), ("-a * -2", "-a * -2"),
    ("-(1)", "-(1)"), ("- 1.50", "-1.5"), ("-0", "0"), ("1e3 + .5", "1000 + 0.5"),
    ("x in [ 1 , -2, 'a', true ]", #"x in [1, -2, "a", true]"#), ("not x in [1]", "not x in [1]"),
    ("x not in ['it''s']", #"x not in ["it's"]"#), (#"x == "say ""no""""#, #"x == "say ""no""""#),
    ("count(layer.op == 'SA') >= 2", #"count(layer.operation == "SA") >= 2"#),
    ("min(layer.heads) < min(a, b)", "min(layer.heads) < min(a, b)"), ("if(a, 1, -b)", "if(a, 1, -b)"),
    ("a\n  and\tb", "a and b"), ("((((a))))", "a"), ("(a + b) * c / (d / e)", "(a + b) * c / (d / e)"),
    ("(a < b) == true", "(a < b) == true"), ("a / b / c", "a / b / c"), ("1.0", "1"),
  ])
  func canonicalForm(_ pair: (String, String)) throws {
    let expression = try parse(pair.0)
    #expect(expression.text == pair.1)
    #expect(try parse(expression.text) == expression)
  }

  @Test func precedenceIsThatOfTheDocumentation() throws {
    let expression = try parse("a or b and not c < d + e * -f")
    let product = Expression(
      .binary(.times, Expression(.column("e")), Expression(.unary(.negative, Expression(.column("f"))))))
    let comparison = Expression(
      .binary(.less, Expression(.column("c")), Expression(.binary(.plus, Expression(.column("d")), product))))
    let conjunction = Expression(.binary(.and, Expression(.column("b")), Expression(.unary(.not, comparison))))
    #expect(expression == Expression(.binary(.or, Expression(.column("a")), conjunction)))
  }

  /// Parsing the canonical form of any expression gives the expression.
  @Test(arguments: 0..<20) func printedFormsParseBack(_ block: Int) throws {
    for seed in 0..<200 {
      var random = RandomExpression(seed: UInt64(block * 1000 + seed))
      let expression = random.any(depth: 5)
      let outcome = ExpressionParser.parse(expression.text)
      if outcome.problems.first.map({ ["too-large", "too-long"].contains($0.id) }) == true { continue }
      #expect(outcome.expression == expression, "\(expression.text) \(outcome.problems)")
    }
  }

  /// Id and place, in scalars, of every problem.
  @Test(arguments: [
    ("", "empty-expression@0"), ("depth = 4", "unexpected-character@6"), ("a && b", "unexpected-character@2"),
    ("depth == ", "unfinished-expression@9"), ("depth 4", "missing-operator@6"), ("(a", "unbalanced-bracket@0"),
    ("a)", "unbalanced-bracket@1"), ("1 < a < 3", "chained-comparison@6"), ("cuont(layer.heads)", "unknown-function@0"),
    ("a in 3", "missing-list@5"), ("a in []", "empty-list@5"), ("a in [b]", "not-a-literal@6"),
    ("'abc", "open-text@0"), ("12abc + 1", "bad-number@0"), ("1e999", "bad-number@0"), ("1.2.3", "bad-number@0"),
    ("log(1, 2)", "argument-count@0"), ("if(a)", "argument-count@0"), ("count(a, b)", "argument-count@0"),
    ("a.b", "not-a-layer@0"), ("layer.", "missing-name@6"), ("a and", "unfinished-expression@5"),
    ("and a", "missing-value@0"), ("a == [1]", "missing-value@5"), ("a, b", "unexpected-comma@1"),
    ("(a == ) and (b = 1) and c $ d", "missing-value@6 unexpected-character@15 unexpected-character@26"),
    ("max(1,)", "missing-value@6"), ("f(", "unknown-function@0 unbalanced-bracket@1"),
    ("a @ b", "unexpected-character@2"),
    ("a ≤ 3 ∧ b", "unexpected-character@2 unexpected-character@6"), ("1 + not a", "missing-value@4"),
    ("a in [1 2]", "unbalanced-bracket@8"), ("a_ + b__c", "unexpected-character@1 unexpected-character@6"),
  ])
  func everyProblemHasItsPlace(_ pair: (String, String)) {
    let outcome = ExpressionParser.parse(pair.0)
    #expect(outcome.expression == nil)
    #expect(outcome.problems.map { "\($0.id)@\($0.place)" }.joined(separator: " ") == pair.1)
    #expect(outcome.problems.allSatisfy { !$0.message.isEmpty && !$0.fix.isEmpty })
  }

  @Test func fixesSayWhatWasMeant() {
    func fix(_ text: String) -> String? { ExpressionParser.parse(text).problems.first?.fix }
    #expect(fix("depth = 4") == "write == to compare")
    #expect(fix("a || b") == "write or")
    #expect(fix("cuont(layer.heads == 2)") == "did you mean count?")
    #expect(fix("op in [SA]") == "write \"SA\" if it is text")
  }

  @Test(arguments: [
    (QuotedText(repeating: "(", 3000), "nested-too-deep"),
    (QuotedText(repeating: "-", 3000, then: "a"), "nested-too-deep"),
    (QuotedText(repeating: "not ", 900, then: "a"), "nested-too-deep"),
    (QuotedText(repeating: "min(1,", 600), "nested-too-deep"),
    (QuotedText(repeating: "a and ", 100, then: "a"), "nested-too-deep"),
    (QuotedText("a in [" + String(repeating: "1,", count: 1000) + "1]"), "too-large"),
    (QuotedText(repeating: "a", 4001), "too-long"),
  ])
  func sizeIsBounded(_ text: QuotedText, _ problem: String) {
    let outcome = ExpressionParser.parse(text.text)
    #expect(outcome.expression == nil && outcome.problems.map(\.id) == [problem])
  }

  /// Damaged texts give an expression or problems with places in the text, never a crash.
  @Test(arguments: 0..<20) func hostileTextsAreBounded(_ block: Int) {
    for seed in 0..<500 {
      var random = RandomExpression(seed: UInt64(1_000_000 + block * 1000 + seed))
      let text = seed % 3 == 0 ? random.noise() : random.damaged()
      let outcome = ExpressionParser.parse(text)
      #expect((outcome.expression == nil) == !outcome.problems.isEmpty, "\(text)")
      #expect(outcome.problems.count <= ExpressionLimits.problems)
      #expect(outcome.problems.allSatisfy { $0.place >= 0 && $0.place <= text.unicodeScalars.count }, "\(text)")
      #expect(outcome.problems.map(\.place) == outcome.problems.map(\.place).sorted())
      if let expression = outcome.expression {
        #expect(ExpressionParser.parse(expression.text).expression == expression, "\(text)")
      }
    }
  }
}
