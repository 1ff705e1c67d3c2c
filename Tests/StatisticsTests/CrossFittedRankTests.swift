import Outcomes
import Testing

@testable import Statistics

@Suite struct CrossFittedRankTests {
  private func numbers(_ count: Int, seed: UInt64, levels: Int = 1 << 30) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Double(generator.next(below: levels)) }
  }

  /// One column is ranked as it is, or in reverse, whatever the folds: fits differ in slope, ranks do not.
  @Test(arguments: [true, false]) func oneColumn(_ higherIsBetter: Bool) throws {
    let column = numbers(60, seed: 1)
    let target = column.map { $0 * $0 }
    let scores = try CrossFittedRank.scores(
      [column], target: target, higherIsBetter: higherIsBetter, folds: 5, seed: 1)
    let ranks = MidRanks.ranks(column)
    #expect(scores.compactMap { $0 } == (higherIsBetter ? ranks : ranks.map { 61 - $0 }))
  }

  /// Rows with the same sizes tie, though other folds rank them.
  @Test func tiesStay() throws {
    let depth = numbers(200, seed: 2, levels: 2)
    let width = numbers(200, seed: 3, levels: 2)
    let noise = numbers(200, seed: 4, levels: 1000)
    let target = depth.indices.map { 3 * depth[$0] + width[$0] + noise[$0] / 1000 }
    let scores = try CrossFittedRank.scores(
      [width, depth], target: target, higherIsBetter: true, folds: 10, seed: 1
    ).compactMap { $0 }
    let order = Lexicographic.scores([depth, width].map { $0.map { $0 } }).compactMap { $0 }
    #expect(scores == MidRanks.ranks(order))
  }

  /// Better than either order where the target needs both columns, and no worse for a column that is a copy.
  @Test func bothColumns() throws {
    let (first, second) = (numbers(300, seed: 5, levels: 1000), numbers(300, seed: 6, levels: 1000))
    let target = first.indices.map { first[$0] + second[$0] }
    func tau(_ scores: [Double?]) throws -> Double {
      try Coefficient.kendallTauB.value(PairedSample(x: scores.compactMap { $0 }, y: target))
    }
    let fitted = try CrossFittedRank.scores(
      [first, second], target: target, higherIsBetter: true, folds: 10, seed: 1)
    let copied = try CrossFittedRank.scores(
      [first, second, first, first.map { _ in 7 }], target: target, higherIsBetter: true, folds: 10, seed: 1)
    #expect(try tau(fitted) > 0.95)
    #expect(copied == fitted)
    #expect(try tau(Lexicographic.scores([first, second])) < 0.6)
  }

  /// Of columns that tell nothing the rank tells nothing: no row is ranked by a fit to itself.
  @Test func nothingIsLearntOfOneself() throws {
    var sum = 0.0
    let repetitions = 200
    for repetition in 0..<UInt64(repetitions) {
      let columns = (0..<3).map { numbers(40, seed: 100 + 4 * repetition + $0) }
      let target = numbers(40, seed: 103 + 4 * repetition)
      let scores = try CrossFittedRank.scores(columns, target: target, higherIsBetter: true, folds: 5, seed: repetition)
      sum += try Coefficient.kendallTauB.value(PairedSample(x: scores.compactMap { $0 }, y: target))
    }
    // In the sample the mean is about 0.17; across folds a little below 0.
    #expect(sum / Double(repetitions) < 0.01 && sum / Double(repetitions) > -0.1)
  }

  /// A unit is in one fold: of rows that come twice the copies change no other rank than their own places.
  @Test func unitsAreNotDivided() throws {
    let (column, other, target) = (numbers(30, seed: 7), numbers(30, seed: 8), numbers(30, seed: 9))
    let plain = try CrossFittedRank.scores([column, other], target: target, higherIsBetter: true, folds: 5, seed: 1)
    let twice = try CrossFittedRank.scores(
      [column + column, other + other], target: target + target, higherIsBetter: true,
      units: Array(0..<30) + Array(0..<30), folds: 5, seed: 1)
    #expect(twice.prefix(30).elementsEqual(twice.suffix(30)))
    #expect(Lexicographic.scores([plain]) == Lexicographic.scores([Array(twice.prefix(30))]))
  }

  @Test func missingValues() throws {
    var column: [Double?] = numbers(20, seed: 10)
    var target: [Double?] = column
    column[3] = nil
    target[5] = nil
    let scores = try CrossFittedRank.scores([column], target: target, higherIsBetter: true, folds: 4, seed: 1)
    #expect(scores[3] == nil && scores[5] != nil && scores.count { $0 == nil } == 1)
    #expect(scores.compactMap { $0 } == MidRanks.ranks(column.compactMap { $0 }))
  }

  @Test func withoutAValue() {
    func scores(_ columns: [[Double?]], _ target: [Double?], units: [Int]? = nil) throws(Reason) -> [Double?] {
      try CrossFittedRank.scores(columns, target: target, higherIsBetter: true, units: units, folds: 3, seed: 1)
    }
    #expect(throws: Reason.self) { try scores([[1, 1, 1, 1]], [1, 2, 3, 4]) }
    #expect(throws: Reason.self) { try scores([[1, 2, 3, 4]], [1, 1, 1, 1]) }
    #expect(throws: Reason.self) { try scores([[1, 2, 3, 4]], [1, 2, 3]) }
    #expect(throws: Reason.self) { try scores([[1, 2, 3, 4]], [1, 2, 3, 4], units: [0, 0, 0, 0]) }
    #expect(throws: Reason.self) { try scores([[nil, nil, nil]], [1, 2, 3]) }
    #expect(throws: Reason.self) { try scores([], []) }
  }
}
