import Testing

@testable import Sizes

@Suite struct SizeTests {
  private let sizes = [
    MeasurementSizes.vocabulary, MeasurementSizes.embedding, MeasurementSizes.hidden, MeasurementSizes.layers,
    MeasurementSizes.steps, MeasurementSizes.columns,
  ]

  @Test func defaultsAreWithinTheirBoundsByThemselvesAndTogether() {
    for size in sizes { #expect(size.range.contains(size.standard), "\(size.name)") }
    #expect(
      SizeBounds.problems(
        vocabulary: 10_000, embedding: 400, hidden: 600, layers: 3, steps: 70, columns: 50
      ).isEmpty)
  }

  @Test func productsAreBounded() {
    #expect(
      SizeBounds.problems(vocabulary: 1_000_000, embedding: 4096, hidden: 1, layers: 1, steps: 1, columns: 1)
        == ["vocabulary × embedding is 1000000 × 4096, over 268435456"])
    #expect(
      SizeBounds.problems(vocabulary: 2, embedding: 1, hidden: 1, layers: 1, steps: 4096, columns: 257)
        == ["steps × columns is 4096 × 257, over 1048576"])
    let largest = sizes.map(\.range.upperBound)
    #expect(
      SizeBounds.problems(
        vocabulary: largest[0], embedding: largest[1], hidden: largest[2], layers: largest[3], steps: largest[4],
        columns: largest[5]
      ).count == 6)
  }
}
