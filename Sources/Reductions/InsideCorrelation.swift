import Outcomes
import Statistics

/// How a metric is associated with the target inside a reduced space.
package struct InsideCorrelation: Sendable, Hashable {
  /// Places with a metric value.
  package let count: Int
  /// Kendall's τ-b with the target as it is, or why there is none.
  package let kendallTauB: Result<Double, Reason>
  /// Its interval, or why there is none; nil when none was asked for.
  package let interval: Result<Interval, Reason>?

  /// Correlates a metric with the target.
  ///
  /// - Parameters:
  ///   - metric: The metric as it is, by place.
  ///   - target: The target.
  ///   - drawn: The places inside.
  ///   - settings: How the interval is made; none when nil.
  package init(_ metric: [Double?], target: ReductionTarget, drawn: [Int], settings: BootstrapSettings?) {
    let places = drawn.filter { metric[$0] != nil }
    count = places.count
    do throws(Reason) {
      let sample = try PairedSample(
        x: places.compactMap { metric[$0] }, y: places.map { target.values[$0] },
        clusters: target.clusters.map { all in places.map { all[$0] } })
      kendallTauB = .success(try Coefficient.kendallTauB.value(sample))
      interval = settings.map { Bootstrap.intervals(of: [.kendallTauB], sample: sample, settings: $0)[0] }
    } catch {
      kendallTauB = .failure(error)
      interval = settings.map { _ in .failure(error) }
    }
  }
}
