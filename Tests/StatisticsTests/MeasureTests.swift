import ElementaryFunctions
import Outcomes
import Testing

@testable import Statistics

@Suite struct MeasureTests {
  /// Every order of tied rows, each equally likely.
  private func orders(_ scores: [Double]) -> [[Int]] {
    func permutations(_ items: [Int]) -> [[Int]] {
      guard items.count > 1 else { return [items] }
      return items.indices.flatMap { index -> [[Int]] in
        var rest = items
        let item = rest.remove(at: index)
        return permutations(rest).map { [item] + $0 }
      }
    }
    return permutations(Array(scores.indices)).filter { order in
      zip(order, order.dropFirst()).allSatisfy { scores[$0] >= scores[$1] }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func topMeasuresAreMeansOverTieOrders(_ size: Int) throws {
    let scores: [Double] = [3, 1, 3, 2, 1, 3]
    let target: [Double] = [5, 9, 7, 8, 1, 2]
    let measures = try TopMeasures(scores: scores, target: target, size: size)
    let all = orders(scores)
    func mean(_ value: (ArraySlice<Int>) -> Double) -> Double {
      all.reduce(0) { $0 + value($1.prefix(size)) } / Double(all.count)
    }
    let trueOrder = target.indices.sorted { target[$0] > target[$1] }
    let rank = { (row: Int) in Double((trueOrder.firstIndex(of: row) ?? 0) + 1) }
    let best = Set(trueOrder.prefix(size))
    #expect(abs(measures.precision - mean { Double($0.count { best.contains($0) }) / Double(size) }) < 1e-12)
    #expect(abs(measures.regret - (9 - mean { $0.map { target[$0] }.max() ?? 0 })) < 1e-12)
    #expect(abs(measures.bestRank - mean { ($0.map(rank).min() ?? 0) / 6 }) < 1e-12)
    #expect(abs(measures.worstRank - mean { ($0.map(rank).max() ?? 0) / 6 }) < 1e-12)
    func gain(_ rows: ArraySlice<Int>) -> Double {
      rows.enumerated().reduce(0) { $0 + (target[$1.element] - 1) / 8 / Elementary.log2(Double($1.offset + 2)) }
    }
    #expect(abs(measures.normalizedGain - mean(gain) / gain(trueOrder.prefix(size))) < 1e-12)
  }

  /// With ties in the target, the target's order is a mean over its own tie orders too.
  @Test(arguments: [1, 2, 3, 4, 5])
  func tiedTargetsAreMeansOverTheirOrders(_ size: Int) throws {
    let scores: [Double] = [2, 1, 2, 2, 0]
    let target: [Double] = [4, 4, 1, 7, 4]
    let measures = try TopMeasures(scores: scores, target: target, size: size)
    let pairs = orders(scores).flatMap { top in orders(target).map { (top.prefix(size), $0) } }
    func mean(_ value: (ArraySlice<Int>, [Int]) -> Double) -> Double {
      pairs.reduce(0) { $0 + value($1.0, $1.1) } / Double(pairs.count)
    }
    let precision = mean { top, truth in
      Double(top.count { truth.prefix(size).contains($0) }) / Double(size)
    }
    #expect(abs(measures.precision - precision) < 1e-12)
    let middle = [7.0: 1.0, 4: 3, 1: 5]
    let rank = { (row: Int) in middle[target[row]] ?? 0 }
    #expect(abs(measures.bestRank - mean { top, _ in (top.map(rank).min() ?? 0) / 5 }) < 1e-12)
    #expect(abs(measures.worstRank - mean { top, _ in (top.map(rank).max() ?? 0) / 5 }) < 1e-12)
    #expect(abs(measures.regret - mean { top, _ in 7 - (top.map { target[$0] }.max() ?? 0) }) < 1e-12)
  }

  @Test func topMeasuresOfTheTruthArePerfect() throws {
    let target: [Double] = [4, 2, 9, 7]
    let measures = try TopMeasures(scores: target, target: target, size: 2)
    #expect(measures.precision == 1 && measures.regret == 0 && abs(measures.normalizedGain - 1) < 1e-15)
    #expect(throws: Reason.self) { try TopMeasures(scores: target, target: target, size: 5) }
    #expect(throws: Reason.self) { try TopMeasures(scores: target, target: [1, 1, 1, 1], size: 2) }
  }

  @Test func partialKendallIsKendallsFormula() throws {
    let sample = try tiedSample(90, seed: 4)
    let third = try tiedSample(90, seed: 5).y
    let (xy, xz, yz) = (
      try Coefficient.kendallTauB.value(sample), try Coefficient.kendallTauB.value(PairedSample(x: sample.x, y: third)),
      try Coefficient.kendallTauB.value(PairedSample(x: sample.y, y: third))
    )
    let expected = (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
    #expect(try abs(Partial.value(.kendallTauB, x: sample.x, y: sample.y, given: [third]) - expected) < 1e-12)
    #expect(throws: Reason.self) { try Partial.value(.spearman, x: sample.x, y: sample.y, given: [sample.x]) }
  }

  /// Two columns held fixed: the recursion that takes one out after the other.
  @Test(arguments: [Coefficient.kendallTauB, .spearman])
  func partialOfSeveralColumnsIsTheRecursion(_ coefficient: Coefficient) throws {
    let sample = try tiedSample(90, seed: 14)
    let columns = [sample.x, sample.y, try tiedSample(90, seed: 15).x, try tiedSample(90, seed: 15).y]
    func partial(_ left: Int, _ right: Int, _ given: [Int]) throws -> Double {
      guard let last = given.last else {
        return try coefficient.value(PairedSample(x: columns[left], y: columns[right]))
      }
      let rest = Array(given.dropLast())
      let (xy, xz, yz) = (try partial(left, right, rest), try partial(left, last, rest), try partial(right, last, rest))
      return (xy - xz * yz) / ((1 - xz * xz) * (1 - yz * yz)).squareRoot()
    }
    let value = try Partial.value(coefficient, x: columns[0], y: columns[1], given: [columns[2], columns[3]])
    #expect(try abs(value - partial(0, 1, [2, 3])) < 1e-12)
  }

  @Test func missingValuesAreDroppedOrWorst() throws {
    let pairs = PairedColumns(
      metric: [1, nil, 3, 4], target: [10, 20, nil, 40], metricHigherIsBetter: true, targetHigherIsBetter: false,
      clusters: nil)
    #expect(pairs.missingRows == 2)
    #expect(try pairs.sample(.drop).x == [1, 4])
    let worst = try pairs.sample(.worst)
    #expect(worst.x.min() == worst.x[1])
    #expect(worst.y.max() == worst.y[2])
    #expect(throws: Reason.self) { try pairs.sample(.error) }
    #expect(!pairs.permits(.pearson, .worst) && pairs.permits(.pearson, .drop))
  }

  @Test func truncationKeepsTheBestAndTheirTies() {
    #expect(Truncation.rows([5, 1, 2, 1, 9], share: 0.4, higherIsBetter: false) == [1, 3])
    #expect(Truncation.rows([5, 1, 2, 1, 9], share: 0.2, higherIsBetter: false) == [1, 3])
    #expect(Truncation.rows([5, 1, 2, 1, 9], share: 0.2, higherIsBetter: true) == [4])
    #expect(Truncation.rows([5, 1], share: 1, higherIsBetter: true) == [0, 1])
  }

  @Test func lexicographicOrderBreaksTies() {
    #expect(Lexicographic.scores([[2, 1, 2, nil], [1, 9, 5, 3]]) == [1, 0, 2, nil])
  }

  @Test func summariesOfKnownColumns() throws {
    let summary = try ColumnSummary([4, 1, 3, 2])
    #expect(
      summary.mean == 2.5 && summary.median == 2.5 && summary.lowerQuartile == 1.75 && summary.upperQuartile == 3.25)
    #expect(abs((summary.standardDeviation ?? 0) - (5.0 / 3).squareRoot()) < 1e-15)
    #expect(abs(summary.notch - 1.57 * 1.5 / 2) < 1e-15)
    #expect(try ColumnSummary([1e300, -1e300]).mean == 0)
    #expect(try ColumnSummary([7]).standardDeviation == nil)
    #expect(throws: Reason.self) { try ColumnSummary([]) }
  }
}
