import Outcomes

/// The name of a column of a sample, and which of its ends is the good one.
package struct SampleColumn: Sendable, Hashable {
  /// The name that reasons use, such as `the metric`.
  package var name: String
  /// True when large values are better: weighted coefficients put their weight on the better end.
  package var higherIsBetter: Bool

  package init(_ name: String, higherIsBetter: Bool = true) {
    self.name = name
    self.higherIsBetter = higherIsBetter
  }

  /// A metric whose large values are better.
  package static let metric = SampleColumn("the metric")
  /// A target whose large values are better.
  package static let target = SampleColumn("the target")
}

/// Pairs of finite numbers, optionally in clusters of rows that are not independent.
package struct PairedSample: Sendable, Hashable {
  /// First values.
  package let x: [Double]
  /// Second values, one for each first value.
  package let y: [Double]
  /// Cluster of each row, numbered from 0 without gaps; nil when every row stands by itself.
  package let clusters: [Int]?
  /// Number of clusters, or of rows when there are none.
  package let unitCount: Int
  /// Name and direction of the first values.
  package let first: SampleColumn
  /// Name and direction of the second values.
  package let second: SampleColumn

  /// Creates a sample.
  ///
  /// - Throws: `Reason` for fewer than two rows, unequal lengths, a value that is not finite.
  package init(
    x: [Double], y: [Double], clusters: [Int]? = nil, first: SampleColumn = .metric, second: SampleColumn = .target
  ) throws(Reason) {
    guard x.count == y.count, clusters.map({ $0.count == x.count }) ?? true else {
      throw Reason("the columns differ in length")
    }
    guard x.count >= 2 else { throw Reason("fewer than two rows") }
    guard x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else { throw Reason("a value is not finite") }
    self.x = x
    self.y = y
    self.first = first
    self.second = second
    let units = clusters.map { Strata($0) }
    self.clusters = units?.numbers
    unitCount = units?.count ?? x.count
  }

  /// Number of rows.
  package var count: Int { x.count }

  /// The sample with the given rows, which may come more than once; without clusters.
  ///
  /// - Throws: `Reason` for fewer than two rows.
  package func selecting(_ rows: [Int]) throws(Reason) -> PairedSample {
    try PairedSample(x: rows.map { x[$0] }, y: rows.map { y[$0] }, first: first, second: second)
  }
}
