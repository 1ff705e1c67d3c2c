import ElementaryFunctions
import Testing

/// Every function against mpmath at 60 digits: ordinary, extreme and subnormal arguments, and those next to zeros, ends and
/// changes of method.
@Suite struct AccuracyTests {
  /// How far a value is from the truth, in units of the last place, and the bound: wider by a step for subnormal results,
  /// and by how the fixture rounds.
  private func expectNear(_ value: Double, _ row: [Double], bound: Double, _ call: String) {
    let (nearest, rest) = (row[row.count - 2], row[row.count - 1])
    let error = abs((value - nearest) / nearest.ulp - rest)
    let allowed = bound + 0.001 + (nearest.isNormal || nearest == 0 ? 0 : 0.5)
    #expect(error <= allowed, "\(call) is \(value), \(error) ulp from \(nearest)")
  }

  @Test func theFixtureHasEveryFunction() throws {
    let fixture = try ElementaryFixture.load()
    #expect(Set(fixture.functions.keys) == Set(NamedFunction.all.map(\.name) + ["pow"]))
    #expect(fixture.functions.values.allSatisfy { $0.count >= 80 })
  }

  @Test(arguments: NamedFunction.all) func valuesAreWithinTheirBounds(_ function: NamedFunction) throws {
    for row in try #require(ElementaryFixture.load().functions[function.name]) {
      expectNear(function.value(row[0]), row, bound: function.bound, "\(function.name)(\(row[0]))")
    }
  }

  /// Every processor, compiler and C library gives these bits.
  @Test func bitsAreTheSameEverywhere() {
    let expected: [String: UInt64] = [
      "exp": 0xdaa1_2d6b_1619_0432,
      "expm1": 0x08d3_0fd9_fbb5_6a2a,
      "sinh": 0x1c74_7733_3409_5b7d,
      "tanh": 0x4bb0_194d_be95_f795,
      "log": 0xa957_af53_6e13_d198,
      "log1p": 0x25b7_af2d_239b_ec66,
      "log2": 0xf884_6c73_2bfd_26b5,
      "log10": 0xf4f2_3b55_76ad_e042,
      "asinh": 0x9d6d_3175_ee36_f7ad,
      "atanh": 0xd0c5_b8b5_99e8_db0d,
      "asin": 0x1a0b_1949_3ae6_86d5,
      "sinPi": 0x3b2f_7cbf_09cf_4e45,
      "cosPi": 0x1b05_e835_9f5e_ef15,
      "erf": 0x8080_bab1_9d6d_265d,
      "erfc": 0x4efe_4f6a_577a_0139,
      "logGamma": 0x6992_b79e_51fb_12dd,
      "pow": 0xc038_a9da_60c5_c7e6,
    ]
    let places = (-4000...4000).map { Double($0) * 0.0017 }
    for function in NamedFunction.all {
      let values = places.map(function.value) + places.map { function.value($0 * 37) }
      #expect(digest(values) == expected[function.name], "\(function.name)")
    }
    #expect(digest(places.map { Elementary.pow(abs($0), 11 - $0 * 3) }) == expected["pow"])
  }

  /// FNV-1a over the bits of numbers; all NaN are one.
  private func digest(_ values: [Double]) -> UInt64 {
    values.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ ($1.isNaN ? 1 : $1.bitPattern)) &* 0x100_0000_01b3 }
  }

  @Test func powersAreWithinTheirBounds() throws {
    for row in try #require(ElementaryFixture.load().functions["pow"]) {
      expectNear(Elementary.pow(row[0], row[1]), row, bound: 0.51, "pow(\(row[0]), \(row[1]))")
    }
  }
}
