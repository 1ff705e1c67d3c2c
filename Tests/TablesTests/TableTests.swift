import Testing

@testable import Tables

@Suite struct TableTests {
  private func table(_ ids: [String], _ values: [Double], undefined: [Int: String] = [:]) -> Table {
    Table(
      columns: [
        Column(schema: ColumnSchema(name: "id", type: .text), storage: .text(ids)),
        Column(
          schema: ColumnSchema(name: "value", type: .real, title: "Value", role: .metric, better: .higher),
          storage: .real(values), undefined: undefined),
      ], origins: ids.indices.map { RowOrigin(file: "f", line: $0 + 1) })
  }

  @Test func encodingIsExactAndCanonical() throws {
    let original = table(["a", "b", "ü"], [1.5, .nan, -0.0], undefined: [0: "why"])
    let bytes = original.encoded()
    let decoded = try Table(decoding: bytes)
    #expect(decoded == original && decoded.encoded() == bytes)
    #expect(decoded["value"]?[1] == .undefined("not a finite number"))
  }

  @Test func damagedEncodingsNeverTrap() {
    let bytes = table(["a", "b", "c"], [1, 2, 3], undefined: [2: "x"]).encoded()
    var refused = 0
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 127, 128, 255] {
        var damaged = bytes
        damaged[index] = value
        if (try? Table(decoding: damaged)) == nil { refused += 1 }
      }
      #expect((try? Table(decoding: Array(bytes[..<index]))) == nil)
    }
    #expect(refused > bytes.count)
  }

  @Test func joinsTakePartnersAndSayWhatIsMissing() throws {
    let left = table(["a", "b", "c"], [1, 2, 3])
    let right = table(["c", "a"], [30, 10])
    let inner = try left.joined(with: right, on: ["id"], columns: nil, prefix: "r-", keepsUnmatched: false)
    #expect(inner["r-value"]?.numbers == [10, 30])
    let outer = try left.joined(with: right, on: ["id"], columns: ["value"], prefix: "r-", keepsUnmatched: true)
    #expect(outer["r-value"]?[1] == .undefined("no matching row"))
    let none = try left.joined(with: table([], []), on: ["id"], columns: nil, prefix: "r-", keepsUnmatched: true)
    #expect(none.rowCount == 3 && none["r-value"]?.undefined.count == 3)
    #expect(throws: TableError.duplicateKey("a", count: 2)) {
      try left.joined(with: table(["a", "a"], [1, 2]), on: ["id"], columns: nil, prefix: "r-", keepsUnmatched: false)
    }
    #expect(throws: TableError.columnExists("value")) {
      try left.joined(with: right, on: ["id"], columns: nil, prefix: "", keepsUnmatched: false)
    }
  }

  @Test func groupsAreNumberedByFirstOccurrence() {
    #expect(table(["b", "a", "b"], [1, 1, 2]).groups(by: ["id"]) == [0, 1, 0])
    #expect(table(["b", "a", "b"], [1, 1, 2]).groups(by: ["id", "value"]) == [0, 1, 2])
    #expect(table(["b", "a"], [1, 2], undefined: [0: "x", 1: "y"]).groups(by: ["value"]) == [0, 0])
  }

  /// Numbers of partners, counted anew; rows without a partner are by themselves.
  @Test func rowsTakeTheNumbersOfTheirPartners() throws {
    func table(_ keys: [Int]) -> Table {
      Table(
        columns: [Column(schema: ColumnSchema(name: "id", type: .integer), storage: .integer(keys))],
        origins: keys.map { _ in RowOrigin(file: "a") })
    }
    let other = table([1, 2, 3, 4])
    #expect(
      try table([4, 9, 1, 2, 3, 9, 4]).numbers(of: [7, 5, 7, 5], in: other, on: ["id"]) == [0, 1, 2, 0, 2, 3, 0])
    #expect(try table([1]).numbers(of: [3, 3], in: table([1, 1]), on: ["id"]) == [0])
    #expect(throws: TableError.duplicateKey("1", count: 2)) {
      try table([1]).numbers(of: [3, 4], in: table([1, 1]), on: ["id"])
    }
    #expect(throws: TableError.noColumn("no")) { try other.numbers(of: [1, 2, 3, 4], in: other, on: ["no"]) }
  }
}
