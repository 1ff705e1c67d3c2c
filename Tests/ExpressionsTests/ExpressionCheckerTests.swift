import Testing

@testable import Expressions

@Suite struct ExpressionCheckerTests {
  private func problems(_ text: String, wanted: ExpressionType? = nil) throws -> [ExpressionProblem] {
    let expression = try #require(ExpressionParser.parse(text).expression)
    return ExpressionChecker.problems(expression, columns: SampleTable.schemas, wanted: wanted, what: "the rule")
  }

  @Test(arguments: [
    "depth == 2", "kind in [\"x\", \"y\"] and is-new", "count(layer.op == \"SA\") >= 2", "depth * 2 - log(glue) > 1",
    "all(layer.heads <= max(layer.heads))", "if(is-new, depth, 0) == 2", "defined(glue)", "is-new == true",
    "min(layer.heads) == layer-1-heads", "any(layer.heads > depth)",
  ])
  func soundRulesPass(_ text: String) throws { #expect(try problems(text, wanted: .truth) == []) }

  @Test(arguments: [
    ("dpeth == 2", "unknown-column@0"), ("depth == \"2\"", "different-types@6"), ("kind < 3", "wrong-type@0"),
    ("depth and is-new", "wrong-type@0"), ("not depth", "wrong-type@4"), ("kind + 1", "wrong-type@0"),
    ("depth in [2, \"a\"]", "different-types@6"), ("layer.heads == 2", "layer-outside@0"),
    ("count(depth == 2)", "no-layer@0"), ("sum(layer.operation)", "wrong-type@4"),
    ("count(layer.heads)", "wrong-type@6"),
    ("count(layer.haeds == 2)", "unknown-layer-column@6"), ("if(is-new, 1, kind)", "different-types@14"),
    ("log(kind) == 1 or foo", "wrong-type@4 unknown-column@18"), ("depth", "wrong-type@0"),
    ("count(any(layer.heads == 2))", "no-layer@0"), ("layer == 2", "unknown-column@0"),
  ])
  func everyProblemHasItsPlace(_ pair: (String, String)) throws {
    let found = try problems(pair.0, wanted: .truth)
    #expect(found.map { "\($0.id)@\($0.place)" }.joined(separator: " ") == pair.1)
  }

  @Test func advice() throws {
    func first(_ text: String) throws -> ExpressionProblem? { try problems(text).first }
    #expect(try first("dpeth == 2")?.fix == "did you mean depth?")
    #expect(try first("hidden-size-depth > 2")?.fix == "write hidden-size - depth to subtract")
    #expect(try first("depth-1 > 2")?.fix == "write depth - 1 to subtract")
    #expect(try first("depth == \"2\"")?.fix == "write 2 without quotes")
    #expect(try first("kind == 3")?.fix == "write \"3\" in quotes")
    #expect(try first("kind == SA")?.fix.hasPrefix("write text in quotes") == true)
    #expect(try first("count(layer.haeds == 2)")?.fix == "did you mean layer.heads?")
    #expect(try problems("depth", wanted: .truth).first?.message == "the rule is a number, not true or false")
  }
}
