import Testing

@testable import Tables

/// Whole numbers beyond 2^53 keep their order and their differences.
@Suite struct WholeNumberTests {
  private func column(_ values: [Int], undefined: [Int: String] = [:]) -> Column {
    Column(schema: ColumnSchema(name: "c", type: .integer), storage: .integer(values), undefined: undefined)
  }

  @Test func smallNumbersAreThemselves() {
    let column = column([3, -1, 1 << 53, -(1 << 53), 0], undefined: [1: "none"])
    #expect(column.isExact)
    #expect(column.numbers == [3, nil, 0x1p53, -0x1p53, 0])
    #expect(column.offsets.origin == 0 && column.offsets.values == column.numbers)
  }

  @Test(arguments: [1 << 53, -(1 << 53) - 60, .max - 50, .min, 1 << 60]) func neighboursAreToldApart(_ start: Int) {
    let column = column((0..<50).map { start + $0 })
    #expect(!column.isExact)
    let numbers = column.numbers.compactMap(\.self)
    #expect(numbers.count == 50 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    let (origin, offsets) = column.offsets
    #expect(origin == start && offsets == (0..<50).map { Double($0) })
  }

  @Test func wideRangesKeepTheirOrder() {
    let values = [Int.min, Int.min + 1, -1, 0, 1, (1 << 53) + 1, (1 << 53) + 2, .max - 1, .max]
    let column = column(values.reversed() + values)
    #expect(column.offsets.origin == 0)
    let numbers = column.offsets.values.compactMap(\.self)
    #expect(Array(numbers[..<9].reversed()) == Array(numbers[9...]))
    #expect(zip(numbers[9...], numbers[10...]).allSatisfy { $0 < $1 })
  }
}
