import Outcomes
import Statistics

/// The best places by the target: what a reduction should keep. Places tied at the cut belong to it with equal chances.
package struct TopSet: Sendable, Hashable {
  /// The size as it was asked for: a count, or a share below 1.
  package let size: Double
  /// Number of places k.
  package let count: Int
  /// Which places.
  package let members: Membership

  /// The top of a target.
  ///
  /// - Throws: `Reason` when there are fewer places.
  package init(_ target: ReductionTarget, size: Double) throws(Reason) {
    self.size = size
    count = target.count(of: size)
    guard count <= target.count else { throw Reason("a top of \(count) of \(target.count) rows") }
    members = try Membership(top: count, of: target.gains)
  }
}
