import Outcomes
import Statistics

/// A benchmark as a space: its architectures are candidates, by their place.
///
/// A mutation goes to another architecture at random, or where neighbours are given to one of them.
package struct BenchmarkSpace: CandidateSpace {
  /// Number of architectures.
  private let size: Int
  /// The places of each architecture's neighbours; nil when all others are.
  private let neighbours: [[Int]]?
  package var count: Int? { size }

  /// A benchmark of so many architectures.
  ///
  /// - Parameter neighbours: The neighbours of each (`NearestRows`); nil for all.
  /// - Throws: `Reason` without architectures, or when there are not neighbours for each.
  package init(count: Int, neighbours: [[Int]]? = nil) throws(Reason) {
    guard count > 0 else { throw Reason("no architecture is left to search") }
    guard neighbours.map({ $0.count == count }) ?? true else { throw Reason("an architecture has no neighbours") }
    size = count
    self.neighbours = neighbours
  }

  /// The space of some of its architectures, by place; one that is named again is another candidate.
  ///
  /// A mutation goes to those neighbours that are among them; to any other where none is.
  package func drawn(_ places: [Int]) -> BenchmarkSpace {
    var copies: [Int: [Int]] = [:]
    for (copy, place) in places.enumerated() { copies[place, default: []].append(copy) }
    return BenchmarkSpace(
      size: places.count,
      neighbours: neighbours.map { all in places.map { all[$0].flatMap { copies[$0] ?? [] } } })
  }

  private init(size: Int, neighbours: [[Int]]?) {
    self.size = size
    self.neighbours = neighbours
  }

  package func candidate(at index: Int) -> Int? { (0..<size).contains(index) ? index : nil }

  package func sample(seed: UInt64) -> Int {
    var generator = SeededGenerator(seed: seed)
    return generator.next(below: size)
  }

  package func mutated(_ candidate: Int, seed: UInt64) -> Int {
    var generator = SeededGenerator(seed: seed)
    if let near = neighbours?[candidate], !near.isEmpty { return near[generator.next(below: near.count)] }
    guard size > 1 else { return candidate }
    let other = generator.next(below: size - 1)
    return other < candidate ? other : other + 1
  }

  package func text(of candidate: Int) -> String { String(candidate) }
  package func quantity(_: String, of _: Int) -> Double? { nil }
}

/// The nearest rows by features, for mutations on a benchmark.
package enum NearestRows {
  /// The most pairs of rows that are compared.
  package static let greatestPairs = 100_000_000

  /// For each row the others that are at most as far as the `count`-th nearest; equally far ones belong to them together.
  ///
  /// The distance is Gower's (1971): Σ over features of |difference|/range for numbers, 0 or 1 for levels; a missing value is at
  /// distance 1 from all but missing ones. O(rows² · features).
  ///
  /// - Throws: `Reason` for more than `greatestPairs` pairs of rows, and for features that differ in length.
  package static func neighbours(of features: [SearchFeature], count: Int) throws(Reason) -> [[Int]] {
    let rows = features.first?.count ?? 0
    guard features.allSatisfy({ $0.count == rows }) else { throw Reason("the columns differ in length") }
    guard rows.multipliedReportingOverflow(by: rows).partialValue <= greatestPairs, rows <= 1_000_000 else {
      throw Reason("\(rows) rows are too many for nearest ones: leave the features out")
    }
    return (0..<rows).map { row in
      let distances = (0..<rows).map { other in features.reduce(0.0) { $0 + $1.distance(row, other) } }
      let sorted = (0..<rows).filter { $0 != row }.map { distances[$0] }.sorted()
      guard let limit = sorted.prefix(count).last else { return [] }
      return (0..<rows).filter { $0 != row && distances[$0] <= limit }
    }
  }
}

/// A feature by which rows are near to one another.
package enum SearchFeature: Sendable, Hashable {
  /// Numbers, with their range in the benchmark.
  case numbers([Double?], range: Double)
  /// Levels without an order.
  case levels([String?])

  /// Numbers with their range.
  package init(_ numbers: [Double?]) {
    let known = numbers.compactMap(\.self)
    self = .numbers(numbers, range: (known.max() ?? 0) - (known.min() ?? 0))
  }

  package var count: Int {
    switch self {
    case .numbers(let values, _): values.count
    case .levels(let values): values.count
    }
  }

  func distance(_ one: Int, _ other: Int) -> Double {
    switch self {
    case .levels(let values): return values[one] == values[other] ? 0 : 1
    case .numbers(let values, let range):
      guard let left = values[one], let right = values[other] else { return values[one] == values[other] ? 0 : 1 }
      return range > 0 ? abs(left - right) / range : 0
    }
  }
}
