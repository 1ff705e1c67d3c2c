/// What a column of a sample is called, and which of its ends is the good one.
public struct SampleColumn: Sendable, Hashable {
  /// The name that reasons use, such as `the metric`.
  public var name: String
  /// Whether large values are better: weighted coefficients put their weight on the better end.
  public var higherIsBetter: Bool

  /// Describes a column.
  public init(_ name: String, higherIsBetter: Bool = true) {
    self.name = name
    self.higherIsBetter = higherIsBetter
  }

  /// A metric whose large values are better.
  public static let metric = SampleColumn("the metric")
  /// A target whose large values are better.
  public static let target = SampleColumn("the target")
}
