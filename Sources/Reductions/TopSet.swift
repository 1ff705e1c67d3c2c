import Statistics

/// The best places by the target: what a reduction should keep. Places tied at the cut belong to it with equal chances.
public struct TopSet: Sendable, Hashable {
  /// The size as it was asked for: a count, or a share below 1.
  public let size: Double
  /// Number of places k.
  public let count: Int
  /// Which places.
  public let members: Membership

  /// The top of a target.
  ///
  /// - Throws: `Undefined` when there are fewer places.
  public init(_ target: ReductionTarget, size: Double) throws(Undefined) {
    self.size = size
    count = target.count(of: size)
    guard count <= target.count else { throw Undefined("a top of \(count) of \(target.count) rows") }
    members = try Membership(top: count, of: target.gains)
  }
}
