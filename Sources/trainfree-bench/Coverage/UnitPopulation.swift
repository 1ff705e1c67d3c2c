import Outcomes
import Reductions
import Statistics

/// A population of networks with repeated trainings, in which recalls are known.
///
/// A network has a quality q and a score b, both normal with the correlation ρ; the target of a training is q + s e with an error e
/// of its own. A rule keeps networks whose score is beyond a cut, all trainings of them.
struct UnitPopulation: Sendable {
  /// Correlation ρ of score and quality.
  let correlation: Double
  /// The share of networks that the rule keeps.
  let kept: Double
  /// The share of trainings that are the best.
  let best: Double

  /// Standard deviation s of the error of a training.
  private static let error = 0.5
  /// Trainings of a network, in turn.
  private static let trainings = [1, 1, 2, 4]

  /// The share of the best trainings that the rule keeps: P(b > c | y > t) by steps of the target y.
  var recall: Double {
    let slope = correlation / (1 + Self.error * Self.error).squareRoot()
    let spread = (1 - slope * slope).squareRoot()
    let cut = -Normal.quantile(kept)
    let (start, steps) = (-Normal.quantile(best), 4000)
    let width = (8 - start) / Double(steps)
    return (0..<steps).reduce(0) { sum, step in
      let low = start + Double(step) * width
      let mass = Normal.cumulative(-low) - Normal.cumulative(-(low + width))
      return sum + mass * Normal.cumulative((slope * (low + width / 2) - cut) / spread)
    } / best
  }

  /// Trainings of networks.
  struct Sample {
    var target: ReductionTarget
    /// The score of each training's network.
    var scores: [Double]
    /// The cut that the rule makes.
    var cut: Double
    var top: TopSet
  }

  func sample(networks: Int, seed: UInt64) throws -> Sample {
    var generator = SeededGenerator(seed: seed)
    func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
    var (values, scores, clusters): ([Double], [Double], [Int]) = ([], [], [])
    for network in 0..<networks {
      let quality = normal()
      let score = correlation * quality + (1 - correlation * correlation).squareRoot() * normal()
      for _ in 0..<Self.trainings[network % Self.trainings.count] {
        values.append(quality + Self.error * normal())
        scores.append(score)
        clusters.append(network)
      }
    }
    let target = try ReductionTarget(values, higherIsBetter: true, clusters: clusters)
    return Sample(
      target: target, scores: scores, cut: -Normal.quantile(kept), top: try TopSet(target, size: best))
  }
}

extension UnitPopulation.Sample {
  /// The rows that the rule keeps, or those of the top of the score of that share.
  func members(ranking share: Double?) throws -> Membership {
    guard let share else { return Membership(kept: scores.indices.filter { scores[$0] > cut }) }
    return try Membership(top: target.count(of: share), of: scores)
  }

  func recall(_ members: Membership) -> Double {
    members.overlap(top.members, count: target.count) / Double(top.count)
  }

  /// The interval of the recall.
  func interval(ranking share: Double?, settings: BootstrapSettings) throws -> Interval? {
    let selection =
      share.map { RecallResamples.Selection.top($0, scores: scores) } ?? .rule(scores.map { $0 > cut })
    let resampled = RecallResamples([selection], target: target, tops: [top.size], settings: settings).recalls[0][0]
    return RecallResamples.interval(
      recall(try members(ranking: share)), resampled, of: top, clusters: target.clusters, level: settings.level
    ).value
  }

  /// What random subsets of the size of some rows keep.
  func random(_ members: Membership, isClustered: Bool, settings: BootstrapSettings) throws -> RandomRecall {
    let target =
      isClustered ? target : try ReductionTarget(target.values.map { $0 }, higherIsBetter: true, clusters: nil)
    return try RandomSubsets(size: members.size, target: target, tops: [.success(top)], settings: settings).recalls[0]
      .get()
  }
}
