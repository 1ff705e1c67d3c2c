import Outcomes
import Testing

@testable import SearchSpaces

/// Values of SciPy's adaptive quadrature, except where a comment says otherwise.
@Suite struct SpectralCapacityTests {
  @Test(arguments: [
    (256, 256, 148.5971555505, 23.9088062256), (768, 256, 219.4763902582, 66.3006942452),
    (1024, 256, 232.6170207083, 85.2572957147), (512, 256, 196.7388993187, 45.9223062367),
    (128, 128, 74.2985777752, 6.2439440357), (384, 128, 109.7381951291, 17.9201531795),
    (64, 256, 58.1542551771, 6.1712175909), (256, 128, 98.3694496593, 12.2097349874),
  ])
  func oneMatrix(_ rows: Int, _ columns: Int, _ xavier: Double, _ constant: Double) {
    func capacity(_ outputs: Int, _ inputs: Int, _ scale: SpectralCapacity.Scale) -> Double {
      var capacity = SpectralCapacity()
      return capacity.value(of: [WeightMatrices(outputs: outputs, inputs: inputs)], scale: scale)
    }
    #expect(abs(capacity(rows, columns, .xavier) - xavier) < 1e-10)
    #expect(abs(capacity(rows, columns, .gpt2) - constant) < 1e-10)
    #expect(capacity(columns, rows, .xavier) == capacity(rows, columns, .xavier))
    let twice = SpectralCapacity.Scale.constant(variance: 2 / Double(columns))
    #expect(capacity(rows, columns, .kaiming) == capacity(rows, columns, twice))
  }

  /// For a small variance ln det(I + WᵀW) is the expected trace of WᵀW, mns²; one row has the single value 1 + s²n.
  @Test(arguments: [(5, 5), (7, 3), (1, 400), (2000, 30)]) func limits(_ rows: Int, _ columns: Int) {
    let small = 1e-12
    let trace = small * Double(rows * columns)
    #expect(abs(MarchenkoPastur.logDeterminant(rows: rows, columns: columns, variance: small) / trace - 1) < 1e-8)
    #expect(MarchenkoPastur.logDeterminant(rows: rows, columns: columns, variance: 0) == 0)
  }

  /// With s²M = 1 and m = n the integral is closed: ln((1 + √5)/2)·2 − ((√5 − 1)/2)².
  @Test func closedForm() {
    let golden = (5.0.squareRoot() - 1) / 2
    // ∫ ln(1 + λ) f(λ) dλ of γ = 1 (Tulino & Verdú 2004): 2 ln((1 + √5)/2) − ((√5 − 1)/2)².
    let expected = 2 * 0.481211825059603447 - golden * golden
    for size in [1, 10, 1000] {
      let value = MarchenkoPastur.logDeterminant(rows: size, columns: size, variance: 1 / Double(size))
      #expect(abs(value / Double(size) - expected) < 1e-13)
    }
  }

  /// The answer of a public course exercise, to nine decimals.
  @Test func wholeNetwork() throws {
    let layers = [256, 512].map { DecoderLayer(heads: 4, feedForwardDimension: $0) }
    let record = try DecoderRecord(width: 128, layers: layers)
    var capacity = SpectralCapacity()
    let value = capacity.value(of: record.capacityMatrices(), scale: .gpt2)
    #expect(abs(value - 121.820169804) < 1e-9)
    // Neither kept values nor the order of layers change a bit.
    let other = try DecoderRecord(width: 128, layers: layers.reversed())
    #expect(capacity.value(of: other.capacityMatrices(), scale: .gpt2) == value)
  }

  @Test func matricesOfAnEncoder() throws {
    let record = try EncoderRecord(
      hiddenSize: 128,
      layers: [
        EncoderLayer(operation: .weightedMultiplicative, heads: 4, feedForwardDimension: 512, feedForwardCount: 3),
        EncoderLayer(operation: .cosine, heads: 2, feedForwardDimension: 512, feedForwardCount: 1),
        EncoderLayer(operation: .convolution5, heads: 2, feedForwardDimension: 1024, feedForwardCount: 1),
      ])
    func matrices(_ outputs: Int, _ inputs: Int, _ count: Int = 1) -> WeightMatrices {
      WeightMatrices(outputs: outputs, inputs: inputs, count: count)
    }
    #expect(
      record.capacityMatrices() == [
        matrices(384, 128), matrices(128, 128), matrices(170, 128, 3), matrices(128, 170, 3),
        matrices(128, 128, 2), matrices(512, 128), matrices(128, 512),
        matrices(128, 128), matrices(1024, 128), matrices(128, 1024),
      ])
    #expect(
      record.capacityMatrices(attention: .perHead, feedForward: .stack).prefix(5) == [
        matrices(32, 128, 12), matrices(128, 128), matrices(512, 128), matrices(512, 512, 2), matrices(128, 512),
      ])
  }

  /// The pairing of the released program, by hand: of h₁ h₂ h₃ h₄ h₁ h₂ h₃ h₄ the first as many as there are feed-forward layers.
  @Test(arguments: [
    ([1, 1], 0.05382, 0.05382), ([3, 3], 0.05382, 0.05382), ([1, 1, 1, 1], 0.07811, 0.07811),
    ([1, 1, 3, 1], 0.07001, 0.07811), ([3, 3, 3, 3], 0.07811, 0.07811),
    ([2, 1], (2 * 0.00524288 + 0.1024) / 3, 0.05382),
  ])
  func expectedLPZero(_ counts: [Int], _ kept: Double, _ removed: Double) throws {
    let record = try EncoderRecord(
      hiddenSize: 128,
      layers: counts.map {
        EncoderLayer(operation: .scaledDotProduct, heads: 2, feedForwardDimension: 512, feedForwardCount: $0)
      })
    #expect(abs(record.expectedLPZero(keepsHooks: true) - kept) < 1e-5)
    #expect(abs(record.expectedLPZero(keepsHooks: false) - removed) < 1e-5)
  }

  @Test func decodersOutOfRange() throws {
    let layer = DecoderLayer(heads: 1, feedForwardDimension: 1)
    #expect(throws: Reason.self) { try DecoderRecord(width: 0, layers: [layer]) }
    #expect(throws: Reason.self) { try DecoderRecord(width: 4, layers: []) }
    #expect(throws: Reason.self) {
      try DecoderRecord(width: 4, layers: [layer, DecoderLayer(heads: 0, feedForwardDimension: 1)])
    }
    #expect(throws: Reason.self) {
      try DecoderRecord(width: 4, layers: [DecoderLayer(heads: 1, feedForwardDimension: .max)])
    }
    // One layer with d = f = 1: (2σ²·1.5 + 3 + 1)/4.
    #expect(try DecoderRecord(width: 1, layers: [layer]).lpZero == (2 * (0.02 * 0.02) * 1.5 + 3 + 1) / 4)
  }
}
