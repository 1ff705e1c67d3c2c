import CKernels
import Testing

@Suite struct MersenneTwisterTests {
  private func seeded(_ seed: UInt32) -> tf_mt19937 {
    var generator = tf_mt19937()
    tf_mt_seed(&generator, seed)
    return generator
  }

  private func draws(_ count: Int, _ generator: inout tf_mt19937) -> [UInt32] {
    var values = [UInt32](repeating: 0, count: count)
    tf_mt_fill_u32(&generator, count, &values)
    return values
  }

  /// The 10,000th draw after the default seed, as the C++ standard states it for std::mt19937.
  @Test func tenThousandthDraw() {
    var generator = seeded(5489)
    #expect(draws(10_000, &generator)[9999] == 4_123_659_995)
  }

  @Test func pieceByPieceIsTheSame() {
    var whole = seeded(1)
    let expected = draws(5000, &whole)
    var pieces = seeded(1)
    var values: [UInt32] = []
    for size in [0, 1, 622, 1, 1, 623, 624, 625, 3, 1000] { values += draws(size, &pieces) }
    #expect(values == Array(expected[..<values.count]))
  }

  @Test(arguments: [0, 1, 623, 624, 625, 1247, 1248, 1249, 4321]) func discardingSkipsDraws(_ count: Int) {
    var whole = seeded(9)
    let expected = draws(count + 700, &whole)
    for before in [0, 1, 300] where before <= count {
      var skipping = seeded(9)
      #expect(draws(before, &skipping) == Array(expected[..<before]))
      tf_mt_discard(&skipping, UInt64(count - before))
      #expect(draws(700, &skipping) == Array(expected[count...]))
    }
  }

  @Test func uniformNumbersAreFusedAndInOrder() {
    let (lower, upper): (Float, Float) = (-0.1, 0.3)
    var integers = seeded(4)
    let expected = draws(3000, &integers).map { draw in
      lower.addingProduct(Float(draw & 0xFFFFFF) * 0x1p-24, upper - lower)
    }
    var generator = seeded(4)
    var values = [Float](repeating: 0, count: 3000)
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      tf_mt_uniform_f32(&generator, 17, lower, upper, base)
      tf_mt_uniform_f32(&generator, 2983, lower, upper, base + 17)
    }
    #expect(values == expected)
  }
}
