import Tables
import Testing

@testable import Expressions

/// Whole numbers beyond 2^53 keep their value in expressions.
@Suite struct WholeNumberTests {
  private static let start = 9_007_199_254_740_992
  private let table = Table(
    columns: [
      Column(
        schema: ColumnSchema(name: "h", type: .integer),
        storage: .integer([0, 1, 2, 3].map { Self.start + $0 } + [.max, .min, -Self.start - 1]))
    ], origins: (1...7).map { RowOrigin(file: "t", line: $0) })

  private func values(_ text: String) throws -> [ExpressionValue] {
    try #require(ExpressionParser.parse(text).expression).values(in: table)
  }

  private func column(_ text: String) throws -> Column {
    let expression = try #require(ExpressionParser.parse(text).expression)
    return try #require(DerivedColumn(name: "d", expression: expression, columns: table.columns.map(\.schema)))
      .column(in: table)
  }

  @Test func comparisonsTellNeighboursApart() throws {
    func rows(_ text: String) throws -> [Int] { try values(text).indices.filter { try values(text)[$0].truth == true } }
    #expect(try rows("h == 9007199254740993") == [1])
    #expect(try rows("h != 9007199254740993") == [0, 2, 3, 4, 5, 6])
    #expect(try rows("h >= 9007199254740993") == [1, 2, 3, 4])
    #expect(try rows("h < 9007199254740993") == [0, 5, 6])
    #expect(try rows("h in [9007199254740993, 9007199254740995, -9007199254740993]") == [1, 3, 6])
    #expect(try rows("h == 9223372036854775807") == [4])
    #expect(try rows("h == -9223372036854775808") == [5])
    #expect(try rows("h < 1e300") == [0, 1, 2, 3, 4, 5, 6])
    #expect(try rows("abs(h) == 9007199254740993") == [1, 6])
    #expect(try rows("max(h, 9007199254740993) == 9007199254740993") == [0, 1, 5, 6])
  }

  @Test func differencesSumsProductsAndQuotientsAreExact() throws {
    #expect(try values("h - 9007199254740992")[..<4].map(\.number) == [0, 1, 2, 3])
    #expect(try values("h / 2")[..<4].map(\.number) == [0, 0.5, 1, 1.5].map { 4_503_599_627_370_496 + $0 })
    #expect(try values("h + 1")[0] == .whole(Self.start + 1))
    #expect(try values("9007199254740992 + 1 == h").map(\.truth)[..<4] == [false, true, false, false])
    #expect(try values("-h")[6] == .whole(Self.start + 1))
    #expect(try values("3 * 3002399751580331 == h")[1].truth == true)
    // Beyond 64 bits sums are rounded, as real numbers are.
    #expect(try values("h + h")[4].number == 0x1p64)
    #expect(try values("h / 0")[1] == .undefined("a division by zero"))
  }

  @Test func derivedColumnsKeepThem() throws {
    let next = try column("h + 1")
    #expect(next.schema.type == .integer)
    #expect(next[0] == .integer(Self.start + 1) && next[2] == .integer(Self.start + 3) && next[5] == .integer(.min + 1))
    guard case .undefined = next[4] else {
      Issue.record("a sum beyond 64 bits has a value")
      return
    }
    #expect(try column("h - 9007199254740993")[1] == .integer(0))
    #expect(try column("if(h == 9007199254740993, 9007199254740995, 1)")[1] == .integer(Self.start + 3))
  }

  @Test(arguments: [
    "h == 9007199254740993", "-9007199254740993 < h", "h in [-9007199254740993, 9223372036854775807]",
    "-(9007199254740993)",
  ])
  func canonicalTextReadsBack(_ text: String) throws {
    let expression = try #require(ExpressionParser.parse(text).expression)
    #expect(expression.text == text)
    #expect(ExpressionParser.parse(expression.text).expression == expression)
  }
}
