import Testing

@testable import Sizes

@Suite struct SizeTests {
  private let sizes = [
    MeasurementSizes.vocabulary, MeasurementSizes.embedding, MeasurementSizes.hidden, MeasurementSizes.layers,
    MeasurementSizes.sequenceLength, MeasurementSizes.batchSize,
  ]

  @Test func defaultsAreWithinTheirBoundsByThemselvesAndTogether() {
    for size in sizes { #expect(size.range.contains(size.standard), "\(size.name)") }
    #expect(
      SizeBounds.problems(
        vocabulary: 10_000, embedding: 400, hidden: 600, layers: 3, sequenceLength: 70, batchSize: 50
      ).isEmpty)
  }

  @Test func productsAreBounded() {
    #expect(
      SizeBounds.problems(vocabulary: 1_000_000, embedding: 4096, hidden: 1, layers: 1, sequenceLength: 1, batchSize: 1)
        == ["vocabulary × embedding is 1000000 × 4096, over 268435456"])
    #expect(
      SizeBounds.problems(vocabulary: 2, embedding: 1, hidden: 1, layers: 1, sequenceLength: 4096, batchSize: 257)
        == ["steps × columns is 4096 × 257, over 1048576"])
    let largest = sizes.map(\.range.upperBound)
    #expect(
      SizeBounds.problems(
        vocabulary: largest[0], embedding: largest[1], hidden: largest[2], layers: largest[3],
        sequenceLength: largest[4], batchSize: largest[5]
      ).count == 6)
  }
}
