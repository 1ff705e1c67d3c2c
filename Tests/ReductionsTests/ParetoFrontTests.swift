import Testing

@testable import Reductions

@Suite struct ParetoFrontTests {
  @Test func keepsWhatNothingBeats() {
    let points: [(Int, Double)] = [(5, 0.5), (2, 0.1), (5, 0.6), (3, 0.1), (9, 0.6), (10, 1), (2, 0.1)]
    let front = ParetoFront(points.enumerated().map { .init(size: $1.0, value: $1.1, member: $0) })
    #expect(front.points.map(\.member) == [1, 2, 5])
    #expect(front.best(atMost: 1) == nil)
    #expect(front.best(atMost: 9)?.member == 2)
    #expect(ParetoFront<Int>([]).points.isEmpty)
  }
}
