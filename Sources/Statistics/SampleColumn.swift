/// What a column of a sample is called, and which of its ends is the good one.
package struct SampleColumn: Sendable, Hashable {
  /// The name that reasons use, such as `the metric`.
  package var name: String
  /// Whether large values are better: weighted coefficients put their weight on the better end.
  package var higherIsBetter: Bool

  /// Describes a column.
  package init(_ name: String, higherIsBetter: Bool = true) {
    self.name = name
    self.higherIsBetter = higherIsBetter
  }

  /// A metric whose large values are better.
  package static let metric = SampleColumn("the metric")
  /// A target whose large values are better.
  package static let target = SampleColumn("the target")
}
