import Tables
import Testing

@testable import Expressions

/// Functions of texts: patterns, counts and parts.
@Suite struct TextFunctionTests {
  private static let table = Table(
    columns: [
      Column(
        schema: ColumnSchema(name: "cell", type: .text),
        storage: .text(["|conv_3x3~0|+|none~0|conv_3x3~1|", "|skip~0|+|conv_1x1~0|none~1|", ""]),
        undefined: [2: "not given"]),
      Column(schema: ColumnSchema(name: "depth", type: .integer), storage: .integer([1, 2, 3])),
    ], origins: (1...3).map { RowOrigin(file: "t", line: $0) })

  private func values(_ text: String) throws -> [ExpressionValue] {
    let parsed = ExpressionParser.parse(text)
    #expect(parsed.problems.isEmpty)
    let expression = try #require(parsed.expression)
    #expect(ExpressionChecker.problems(expression, columns: Self.table.columns.map(\.schema)).isEmpty)
    #expect(ExpressionParser.parse(expression.text).expression == expression)
    return expression.values(in: Self.table)
  }

  private func problems(_ text: String) throws -> [String] {
    let expression = try #require(ExpressionParser.parse(text).expression)
    return ExpressionChecker.problems(expression, columns: Self.table.columns.map(\.schema)).map(\.id)
  }

  @Test func operationsOfACellBecomeFeatures() throws {
    let missing = ExpressionValue.undefined("cell: not given")
    #expect(try values("count-of(cell, \"conv_3x3\")") == [.number(2), .number(0), missing])
    #expect(try values("count-of(cell, 'conv') + depth") == [.number(3), .number(3), missing])
    #expect(try values("matches(cell, \"conv_[13]x[13]~1\")") == [.truth(true), .truth(false), missing])
    #expect(try values("part(cell, \"|\", 2)") == [.text("conv_3x3~0"), .text("skip~0"), missing])
    #expect(try values("part(part(cell, \"|\", -2), '~', 1)") == [.text("conv_3x3"), .text("none"), missing])
    #expect(try values("part(cell, \"+\", depth)")[1] == .text("|conv_1x1~0|none~1|"))
    #expect(
      try values("part(cell, \"+\", 3)")[0] == .undefined("there are 2 parts, no number 3"))
    #expect(try values("part(cell, \"+\", 0)")[0] == .undefined("there are 2 parts, no number 0"))
    #expect(try values("part(cell, \"+\", 0.5)")[0] == .undefined("not a whole number"))
    #expect(try values("count-of(cell, \"\")")[0] == .undefined("an empty text stands everywhere"))
    #expect(try values("part(cell, \"+\", -9223372036854775808)")[0] != .text(""))
  }

  @Test func whatDoesNotFitIsFoundBeforeThereAreData() throws {
    #expect(try problems("matches(depth, \"x\")") == ["wrong-type"])
    #expect(try problems("matches(cell, cell)") == ["pattern-not-text"])
    #expect(try problems("matches(cell, \"(x\")") == ["bad-pattern"])
    #expect(try problems("part(cell, \"+\", \"1\")") == ["wrong-type"])
    #expect(try problems("count-of(cell, 1)") == ["wrong-type"])
    #expect(!ExpressionParser.parse("part(cell, \"+\")").problems.isEmpty)
  }

  @Test(arguments: [
    ("abc", "xabcx", true), ("^abc$", "xabcx", false), ("^abc$", "abc", true), ("a.c", "axc", true),
    ("a.c", "a\nc", false),
    ("ab*c", "ac", true), ("ab+c", "ac", false), ("ab?c", "abbc", false), ("a|b", "xb", true),
    ("^(a|b)+$", "abba", true),
    ("^(a|b)+$", "abca", false), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false), ("\\d+", "a12", true),
    ("^\\w+\\s\\w+$", "one two", true), ("^\\S+$", "a b", false), ("\\.", "a", false), ("\\.", "a.b", true),
    ("[]]", "]", true), ("[a\\]]", "]", true), ("", "anything", true), ("^$", "", true), ("^$", "x", false),
    ("é", "né", true), ("^.+?x$", "aax", true), ("(a*)*b", "aaab", true), ("(|a)+$", "aaa", true),
    ("a$|^b", "ba", true),
    ("|", "", true), ("x*", "", true),
  ])
  func patterns(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    #expect(try TextPattern(pattern).matches(text) == isMatch)
  }

  @Test(arguments: ["(", ")", "a)", "[", "[a", "*", "a|*", "\\", "\\q", "[b-a]", "(?:a)"]) func damagedPatterns(
    _ pattern: String
  ) {
    #expect(throws: TextPattern.Fault.self) { try TextPattern(pattern) }
  }

  @Test func noPatternTakesLong() throws {
    let text = String(repeating: "a", count: 2000)
    #expect(try !TextPattern("^(a|aa)+(a?)*(a*)*b$").matches(text))
    #expect(throws: TextPattern.Fault.self) { try TextPattern(String(repeating: "(", count: 900)) }
    #expect(throws: TextPattern.Fault.self) { try TextPattern(String(repeating: "a", count: 1001)) }
  }
}
