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

  @Test func powersAreWithinTheirBounds() throws {
    for row in try #require(ElementaryFixture.load().functions["pow"]) {
      expectNear(Elementary.pow(row[0], row[1]), row, bound: 0.51, "pow(\(row[0]), \(row[1]))")
    }
  }
}
