import Foundation
import Tensors
import Testing

/// Draws of NumPy, written by scripts/fixtures/generators.py.
private struct GeneratorFixture: Decodable {
  struct Stream: Decodable {
    var seed: Int
    var positions: [Int]
    var draws: [UInt32]
    var exclusiveOr: UInt32
    var lower: Float
    var upper: Float
    var uniform: [Float]
    var doubles: [Double]
    var sizes: [Int]
    var normals: [[Double]]
    /// The last 200 of 20,000 numbers.
    var standardNormals: [Double]
    var uniformAfterwards: Double
  }
  var numpy: String
  var streams: [Stream]

  static func load() throws -> GeneratorFixture {
    let url = try #require(
      Bundle.module.url(forResource: "generators", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(GeneratorFixture.self, from: Data(contentsOf: url))
  }
}

@Suite struct TorchGeneratorTests {
  @Test func drawsAreThoseOfTheReference() throws {
    for stream in try GeneratorFixture.load().streams {
      var generator = TorchGenerator(seed: stream.seed)
      let draws = (0..<100_000).map { _ in generator.next() }
      #expect(stream.positions.map { draws[$0] } == stream.draws)
      #expect(draws.reduce(0, ^) == stream.exclusiveOr)
      #expect(generator.position == 100_000)
    }
  }

  @Test func onlyTheLowBitsOfASeedCount() {
    var (small, large, negative) = (
      TorchGenerator(seed: 7), TorchGenerator(seed: 7 + 1 << 32), TorchGenerator(seed: -1)
    )
    #expect(small.next() == large.next())
    var greatest = TorchGenerator(seed: Int(UInt32.max))
    #expect(negative.next() == greatest.next())
  }

  @Test func uniformNumbersAreRoundedOnce() throws {
    for stream in try GeneratorFixture.load().streams {
      var generator = TorchGenerator(seed: stream.seed)
      let values = generator.uniform(count: 640, from: stream.lower, to: stream.upper)
      #expect(Swift.stride(from: 0, to: 640, by: 9).map { values[$0] } == stream.uniform)
      #expect(values.allSatisfy { stream.lower <= $0 && $0 < stream.upper })
      #expect(generator.position == 640)
      #expect(generator.uniform(count: 0, from: 0, to: 1).isEmpty)
    }
  }

  @Test func discardsAreCounted() {
    var skipping = TorchGenerator(seed: 3)
    var drawing = skipping
    skipping.discardUniform(count: 1001)
    _ = drawing.uniform(count: 1001, from: 0, to: 1)
    #expect(skipping.position == 1001 && skipping.next() == drawing.next())
  }

  /// From 16 elements on a normal fill draws once each, and the last 16 again when the count is no multiple of 16.
  @Test(arguments: [(16, 16), (17, 33), (31, 47), (32, 32), (1010, 1026), (4_000_000, 4_000_000)])
  func longNormalFills(_ count: Int, _ draws: Int) {
    var generator = TorchGenerator(seed: 0)
    generator.discardNormal(count: count)
    #expect(generator.position == draws)
    var plain = TorchGenerator(seed: 0)
    plain.discardUniform(count: draws)
    #expect(generator.next() == plain.next())
  }

  /// Short fills take pairs of values, four draws each; the spare one waits over calls and over long fills.
  @Test func shortNormalFills() {
    var generator = TorchGenerator(seed: 0)
    var expected = 0
    let calls: [(count: Int, draws: Int)] = [
      (1, 4), (1, 0), (5, 12), (3, 4), (0, 0), (3, 8), (0, 0), (16, 16), (1, 0), (2, 4), (15, 32), (2, 4),
      (1, 0), (1, 4),
    ]
    for call in calls {
      generator.discardNormal(count: call.count)
      expected += call.draws
      #expect(generator.position == expected, "after a call of \(call.count)")
    }
  }

  @Test func copiesGoTheirOwnWay() {
    var generator = TorchGenerator(seed: 12)
    generator.discardUniform(count: 600)
    var copy = generator
    let values = (0..<100).map { _ in generator.next() }
    #expect((0..<100).map { _ in copy.next() } == values)
  }
}

@Suite struct NumPyGeneratorTests {
  @Test func uniformNumbersHave53Bits() throws {
    for stream in try GeneratorFixture.load().streams {
      var generator = NumPyGenerator(seed: UInt32(stream.seed))
      let values = (0..<1000).map { _ in generator.uniform() }
      #expect([0, 1, 2, 311, 312, 313, 999].map { values[$0] } == stream.doubles)
      #expect(generator.position == 2000)
    }
  }

  @Test func normalNumbersFollowNumPyOverCalls() throws {
    for stream in try GeneratorFixture.load().streams {
      var generator = NumPyGenerator(seed: UInt32(stream.seed))
      for (size, expected) in zip(stream.sizes, stream.normals) {
        let values = generator.normal(count: size, mean: 2, deviation: 3)
        #expect(values.count == size)
        // NumPy takes the C library's logarithm, which may differ in the last bit.
        let near = zip(values.suffix(4), expected).allSatisfy { abs($0 - $1) <= 4 * max($1.ulp, 2.0.ulp) }
        #expect(near && values.suffix(4).count == expected.count, "seed \(stream.seed), \(size) numbers")
      }
      // No draw more, and none less.
      #expect(generator.uniform() == stream.uniformAfterwards)
    }
  }

  @Test func standardNormalNumbersAreWithinTwoUlpOfNumPy() throws {
    for stream in try GeneratorFixture.load().streams {
      var generator = NumPyGenerator(seed: UInt32(stream.seed))
      let values = generator.normal(count: 20_000).suffix(200)
      #expect(values.count == stream.standardNormals.count)
      for (value, expected) in zip(values, stream.standardNormals) {
        #expect(abs(value - expected) <= 2 * expected.ulp, "seed \(stream.seed): \(value) and \(expected)")
      }
    }
  }

  @Test func oneByOneIsTheSame() {
    var (whole, single) = (NumPyGenerator(seed: 8), NumPyGenerator(seed: 8))
    let values = whole.normal(count: 2501)
    #expect(values == (0..<2501).map { _ in single.normal() })
    #expect(whole.position == single.position)
    #expect(whole.normal() == single.normal())
  }

  /// `torch.manual_seed(0)`, then `normal_(0, 0.02)` of five tensors, one after another: first and last values and sums of
  /// PyTorch 1.13.1 on a CPU. Its logarithms, sines and cosines are rounded otherwise; a value differs by less than 4·10⁻⁷·σ.
  @Test func normalTensorsFollowPyTorch() throws {
    let recorded: [(count: Int, first: [Float], last: [Float], sum: Double)] = [
      (
        40,
        [
          -0.022516796365380287, -0.023047203198075294, -0.005011571571230888, -0.00867757573723793,
          0.016974207013845444, 0.013840182684361935, -0.006320255342870951, -0.0423043854534626,
        ], [-0.010361496359109879, -0.0061340839602053165, -0.031619876623153687, 0.03413286432623863],
        -0.06440171407302842
      ),
      (
        16,
        [
          0.0041105132550001144, -0.009006595239043236, -0.011461541056632996, -0.011107168160378933,
          0.011886460706591606, 0.030838850885629654, 0.010146687738597393, -0.011820662766695023,
        ], [-0.02991829812526703, -0.0038767424412071705, 0.008910243399441242, 0.026505496352910995],
        -0.018808163818903267
      ),
      (
        5,
        [
          -0.020594043657183647, -0.010015168227255344, 0.0054673547856509686, -0.018361998721957207,
          -0.0008084217552095652,
        ], [-0.010015168227255344, 0.0054673547856509686, -0.018361998721957207, -0.0008084217552095652],
        -0.044312277575954795
      ),
      (
        4, [0.0057623363099992275, -0.0001507461565779522, -0.01828990876674652, -0.02177167311310768],
        [0.0057623363099992275, -0.0001507461565779522, -0.01828990876674652, -0.02177167311310768],
        -0.03444999172643293
      ),
      (
        3700,
        [
          0.03882924094796181, 0.015829961746931076, -0.00040503652417100966, -0.008743390440940857,
          0.032917339354753494, -0.027203377336263657, 0.006891308352351189, 0.010397354140877724,
        ], [0.027800042182207108, -0.037955526262521744, 0.005180221050977707, -0.0676654800772667],
        -0.12201952936084126
      ),
    ]
    let workspace = Workspace()
    var generator = TorchGenerator(seed: 0)
    for (count, first, last, sum) in recorded {
      let values: Tensor<Float> = workspace.tensor(1, count)
      generator.fillNormal(values, deviation: 0.02)
      let drawn = values.elements
      for (value, expected) in zip(drawn.prefix(first.count) + drawn.suffix(4), first + last) {
        #expect(abs(value - expected) < 8e-9, "\(count): \(value), \(expected)")
      }
      #expect(abs(Float.sum(values) - sum) < 8e-9 * Double(count))
    }
  }
}
