import Testing

@testable import Reports

/// Numbers of a column are written alike.
@Suite struct QuantityTests {
  private func written(_ numbers: [ReportTable.Quantity]) -> [String] {
    ReportTable(
      name: "t", caption: "", columns: [.init("x", isNumeric: true)],
      rows: numbers.map { [.init("", value: .number($0.value), quantity: $0)] }
    ).rows.map { $0[0].text }
  }

  @Test(arguments: [
    ([3.0172, 0.95646], ["3.017", "0.956"]), ([0, 0.05831], ["0.00000", "0.05831"]), ([1, 2734], ["1", "2,734"]),
    ([75.13, 65.8087, -4.5], ["75.13", "65.81", "−4.50"]), ([12345.5, 2], ["12,345.5", "2.0"]),
    ([1234567.25, 1000.5], ["1,234,567", "1,001"]), ([0, 0], ["0", "0"]), ([-0.125], ["−0.1250"]),
    ([1e-12, 3e20, 2.5], ["1.000×10⁻¹²", "3.000×10²⁰", "2.500"]), ([0.0001234, 1234], ["0.00012", "1,234.00000"]),
  ])
  func decimalsAreThoseOfTheColumn(numbers: [Double], expected: [String]) {
    #expect(written(numbers.map { .init($0) }) == expected)
  }

  @Test func endsOfIntervalsHaveTheDecimalsOfTheirValue() {
    #expect(
      written([.init(1.5, ends: (1.25, 1.75)), .init(20, lacksInterval: true), .init(3)])
        == ["1.50 [1.25, 1.75]", "20.00 [–]", "3.00"])
    #expect(written([.init(2, ends: (1, 3)), .init(1000)]) == ["2 [1, 3]", "1,000"])
  }

  @Test func othersStayAsTheyAre() {
    let table = ReportTable(
      name: "t", caption: "", columns: [.init("x"), .init("y")],
      rows: [[.init("–", value: .null), .init(".5", value: 0.5)], [.init("", quantity: .init(0.5))]])
    #expect(table.rows.map { $0.map(\.text) } == [["–", ".5"], ["0.5000"]])
  }

  /// Every number that is written reads back within half a unit of its last decimal.
  @Test func numbersAreRoundedNotChanged() {
    for value in [1e-300, 1e-7, 0.00099999, 0.1, 0.999999, 9.99995, 99_999.5, 1e8, 1e15, 1e300] {
      let text = written([.init(value), .init(value / 3)])[0]
      if text.contains("×") { continue }
      let number = Double(text.replacing(",", with: "")) ?? .nan
      #expect(abs(number - value) <= 0.5 * max(1e-6, value * 1e-3), "\(text)")
    }
  }
}
