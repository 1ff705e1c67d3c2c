import Statistics
import Tables
import TestSupport
import Testing

@testable import Expressions

/// Functions of a number among those of all rows.
@Suite struct RowFunctionTests {
  private static let table = Table(
    columns: [
      Column(
        schema: ColumnSchema(name: "a", type: .real, role: .metric), storage: .real([3, 1, 0, 3, 8]),
        undefined: [2: "not run"]),
      Column(schema: ColumnSchema(name: "b", type: .integer, role: .metric), storage: .integer([5, 5, 5, 5, 5])),
      Column(
        schema: ColumnSchema(name: "big", type: .integer, role: .metric),
        storage: .integer([.max, .max - 1, .max - 2, .max - 2, .max - 4])),
      Column(
        schema: ColumnSchema(name: "word", type: .text, role: .feature), storage: .text(["x", "y", "x", "y", "x"])),
      Column(
        schema: ColumnSchema(name: "layer-1-heads", type: .integer, role: .feature), storage: .integer([1, 2, 4, 2, 1])),
    ], origins: (0..<5).map { RowOrigin(file: "made", line: $0) })

  private func values(_ text: String) throws -> [ExpressionValue] {
    let parsed = ExpressionParser.parse(text)
    #expect(parsed.problems.isEmpty)
    return try #require(parsed.expression).values(in: Self.table)
  }

  @Test("Ranks are over those that have a value, equal ones with their mean")
  func ranks() throws {
    #expect(
      try values("rank-share(a)") == [
        .number(2.5 / 4), .number(1 / 4), .undefined("a: not run"), .number(2.5 / 4), .number(1),
      ])
    #expect(try values("rank-share(-a)")[4] == .number(1 / 4))
    #expect(try values("rank-share(b)") == [ExpressionValue](repeating: .number(3 / 5), count: 5))
    #expect(try values("rank-share(big)") == [1, 0.8, 0.5, 0.5, 0.2].map { .number($0) })
  }

  @Test("The smallest becomes 0 and the largest 1")
  func minMax() throws {
    #expect(
      try values("min-max(a)") == [.number(2 / 7), .number(0), .undefined("a: not run"), .number(2 / 7), .number(1)])
    #expect(try values("min-max(big)") == [1, 0.75, 0.5, 0.5, 0].map { .number($0) })
    #expect(try values("min-max(b)") == [ExpressionValue](repeating: .undefined("the same in all rows"), count: 5))
  }

  @Test("Ranks do not change with monotone transforms")
  func invariance() throws {
    #expect(
      try values("rank-share(exp(a) + 3)")
        == values("rank-share(a)").map { value in
          if case .undefined = value { .undefined("a: not run") } else { value }
        })
  }

  @Test("They take numbers that an architecture has, not those of its layers")
  func checked() throws {
    func problems(_ text: String) throws -> [String] {
      let expression = try #require(ExpressionParser.parse(text).expression)
      return ExpressionChecker.problems(expression, columns: Self.table.columns.map(\.schema)).map(\.id)
    }
    #expect(try problems("rank-share(a) + min-max(b)") == [])
    #expect(try problems("rank-share(word)") == ["wrong-type"])
    #expect(try problems("sum(layer.heads * rank-share(a))") == [])
    #expect(try problems("sum(layer.heads * rank-share(layer.heads))") == ["layer-outside"])
  }
}
