import Testing

@testable import Statistics

/// Moments of values far from zero, against those of the values less the offset.
@Suite struct PrecisionTests {
  private static let offsets: [Double] = [0, 1e9, 1e15, -1e15, 0x1p52]

  @Test(arguments: offsets) func summariesKeepTheirDigits(_ offset: Double) throws {
    let summary = try ColumnSummary((0..<50).map { offset + Double($0) })
    // The deviation of 0 … n − 1 is √(n (n + 1)/12).
    let deviation: Double = try #require(summary.standardDeviation)
    #expect(abs(deviation - (50.0 * 51 / 12).squareRoot()) < 1e-13)
    #expect(summary.mean == offset + 24.5)
  }

  @Test func meansOfEqualValuesAreTheirValue() throws {
    for value in [0.1, 1e300, -7 * .leastNonzeroMagnitude, .greatestFiniteMagnitude] {
      #expect(Mean.value([Double](repeating: value, count: 7)) == value)
      #expect(try ColumnSummary([Double](repeating: value, count: 11)).standardDeviation == 0)
    }
    #expect(Mean.value([]) == 0)
  }

  @Test(arguments: offsets) func coefficientsAndReliabilitiesKeepTheirDigits(_ offset: Double) throws {
    var generator = SeededGenerator(seed: 2)
    let x = (0..<60).map { _ in Double(Int.random(in: 0..<40, using: &generator)) }
    let y = x.map { $0 + Double(Int.random(in: 0..<20, using: &generator)) }
    let (farX, farY) = (x.map { $0 + offset }, y.map { $0 - offset })
    let near = try Coefficient.pearson.value(PairedSample(x: x, y: y))
    let far = try Coefficient.pearson.value(PairedSample(x: farX, y: farY))
    #expect(abs(far - near) < 1e-14)
    for form in IntraclassCorrelation.Form.allCases {
      let value = try IntraclassCorrelation(Self.ratings(x), form: form).value
      let shifted = try IntraclassCorrelation(Self.ratings(farX), form: form).value
      #expect(abs(shifted - value) < 1e-12 * max(1, abs(value)))
    }
    let groups = try ReplicateReliability(Self.ratings(x))
    let shifted = try ReplicateReliability(Self.ratings(farX))
    #expect(abs(shifted.reliability - groups.reliability) < 1e-12)
    let serial = try SerialCorrelation([Self.ratings(x)], permutations: 9)
    let shiftedSerial = try SerialCorrelation([Self.ratings(farX)], permutations: 9)
    #expect(abs(shiftedSerial.mean - serial.mean) < 1e-13)
  }

  private static func ratings(_ values: [Double]) -> [[Double]] {
    stride(from: 0, to: 60, by: 3).map { Array(values[$0..<$0 + 3]) }
  }
}
