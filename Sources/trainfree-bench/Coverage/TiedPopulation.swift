import Statistics

/// A population with ties and clusters whose coefficients are known exactly.
///
/// A network has a size u, one of 24 equally likely levels with normal score z. The *coarse* metric says whether u is among the
/// upper twelve: half of all pairs are tied. The *fine* metric is u with a chance α, else one of the 24 levels at random. The
/// target of a training is ρ z + √(1 − ρ²)(√c v + √(1 − c) e), rounded to steps: v is drawn for the network, e for the training.
/// A cluster is a network with one to four trainings, of which the metrics are the same.
struct TiedPopulation: Sendable {
  /// Metrics of a network.
  enum Metric: Int, Sendable {
    case coarse, fine
  }

  private static let levels = 24
  /// Trainings of a network, in turn.
  private static let trainings = [1, 1, 2, 4]
  /// Half the number of steps of the target that are counted.
  private static let reach = 60

  /// The chance α that the fine metric is the size.
  let fidelity: Double
  /// Correlation ρ of size and target.
  let correlation: Double
  /// Share c of the target's other variance that trainings of a network have in common.
  let common: Double
  /// The step to which the target is rounded.
  let step: Double
  private let scores: [Double]

  /// Describes a population.
  init(fidelity: Double, correlation: Double = 0.75, common: Double = 0.5, step: Double = 0.25) {
    self.fidelity = fidelity
    self.correlation = correlation
    self.common = common
    self.step = step
    scores = (0..<Self.levels).map { Normal.quantile((Double($0) + 0.5) / Double(Self.levels)) }
  }

  /// The population in which both metrics have the same τ-a, and so the same Somers' d: α by bisection.
  static let equal: TiedPopulation = {
    var (low, high) = (0.0, 1.0)
    let wanted = TiedPopulation(fidelity: 0).concordance(.coarse)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if TiedPopulation(fidelity: middle).concordance(.fine) < wanted { low = middle } else { high = middle }
    }
    return TiedPopulation(fidelity: (low + high) / 2)
  }()

  /// The population in which the fine metric is the size itself.
  static let better = TiedPopulation(fidelity: 1)

  private var spread: Double { (1 - correlation * correlation).squareRoot() }

  /// The size of each level as a number, so that two levels apart are within 10 %.
  private static let sizes: [Double] = (1..<levels).reduce(into: [100]) { sizes, _ in
    sizes.append(sizes[sizes.count - 1] * 1.05)
  }

  /// The chances of the target's steps for a size.
  private func targets(_ size: Int) -> [Double] {
    func below(_ step: Int) -> Double {
      Normal.cumulative(((Double(step) - 0.5) * self.step - correlation * scores[size]) / spread)
    }
    return (-Self.reach...Self.reach).map { below($0 + 1) - below($0) }
  }

  /// The chance of each value of a metric with each step of the target.
  private func chances(_ metric: Metric) -> [[Double]] {
    let bySize = (0..<Self.levels).map { targets($0).map { $0 / Double(Self.levels) } }
    let steps = bySize[0].indices
    let sums = steps.map { step in bySize.reduce(0) { $0 + $1[step] } }
    switch metric {
    case .coarse:
      return [0, 1].map { half in
        steps.map { step in
          (0..<Self.levels / 2).reduce(0) { $0 + bySize[half * Self.levels / 2 + $1][step] }
        }
      }
    case .fine:
      return bySize.map { size in
        steps.map { fidelity * size[$0] + (1 - fidelity) * sums[$0] / Double(Self.levels) }
      }
    }
  }

  /// P(concordant) − P(discordant) of two networks.
  private func concordance(_ metric: Metric) -> Double {
    let chances = chances(metric)
    var (sum, above) = (0.0, [Double](repeating: 0, count: chances[0].count))
    for row in chances.reversed() {
      var below = 0.0
      let all = above.reduce(0, +)
      for (step, chance) in row.enumerated() {
        // Of the networks with a larger metric: those with a larger target, less those with a smaller one.
        sum += chance * (all - above[step] - 2 * below)
        below += above[step]
      }
      for step in above.indices { above[step] += row[step] }
    }
    return 2 * sum
  }

  /// The coefficient of two networks drawn at random, for those of pairs that are used here.
  ///
  /// - Precondition: The coefficient is τ-b, τ-a or Somers' d.
  func value(_ coefficient: Coefficient, _ metric: Metric) -> Double {
    let chances = chances(metric)
    func untied(_ chances: [Double]) -> Double { 1 - chances.reduce(0) { $0 + $1 * $1 } }
    let xUntied = untied(chances.map { $0.reduce(0, +) })
    let yUntied = untied(chances[0].indices.map { step in chances.reduce(0) { $0 + $1[step] } })
    switch coefficient {
    case .kendallTauB: return concordance(metric) / (xUntied * yUntied).squareRoot()
    case .kendallTauA: return concordance(metric)
    case .somersD: return concordance(metric) / yUntied
    default: preconditionFailure("no true value of \(coefficient.title)")
    }
  }

  /// A sample of networks with their trainings.
  struct Sample {
    /// The values of the coarse and of the fine metric.
    var metrics: [[Double]] = [[], []]
    var target: [Double] = []
    var clusters: [Int] = []
    /// The sizes, each level 5 % above the one below it.
    var sizes: [Double] = []

    /// A metric with the target.
    func pairs(_ metric: Metric, isClustered: Bool) throws -> PairedSample {
      try PairedSample(x: metrics[metric.rawValue], y: target, clusters: isClustered ? clusters : nil)
    }
  }

  /// Draws networks.
  ///
  /// - Parameter isRepeated: True for one to four trainings of each, false for one.
  func sample(networks: Int, isRepeated: Bool, seed: UInt64) -> Sample {
    var generator = SeededGenerator(seed: seed)
    func normal() -> Double { Normal.quantile(Double.random(in: 1e-12..<1, using: &generator)) }
    var sample = Sample()
    for network in 0..<networks {
      let size = generator.next(below: Self.levels)
      let other = generator.next(below: Self.levels)
      let fine = Double.random(in: 0..<1, using: &generator) < fidelity ? size : other
      let shared = normal()
      for _ in 0..<(isRepeated ? Self.trainings[network % Self.trainings.count] : 1) {
        let noise = common.squareRoot() * shared + (1 - common).squareRoot() * normal()
        sample.metrics[0].append(size < Self.levels / 2 ? 0 : 1)
        sample.metrics[1].append(Double(fine))
        sample.target.append((((correlation * scores[size]) + spread * noise) / step).rounded())
        sample.clusters.append(network)
        sample.sizes.append(Self.sizes[size])
      }
    }
    return sample
  }
}

extension TiedPopulation {
  /// γ and Somers' d of the fine metric over pairs of networks that are at most some levels of size apart: given their sizes, metric
  /// and target are independent.
  func fineValues(apart: Int) -> (gamma: Double, somersD: Double) {
    let steps = (0..<Self.levels).map { targets($0) }
    var (net, untied, differing) = (0.0, 0.0, 0.0)
    for first in 0..<Self.levels {
      for second in 0..<Self.levels where abs(first - second) <= apart {
        let (target, differs) = Self.order(steps[first], steps[second])
        let (metric, isUntied) = Self.order(fine(first), fine(second))
        net += metric * target
        untied += isUntied * differs
        differing += differs
      }
    }
    return (net / untied, net / differing)
  }

  /// The chances of the fine metric's levels for a size.
  private func fine(_ size: Int) -> [Double] {
    (0..<Self.levels).map { ($0 == size ? fidelity : 0) + (1 - fidelity) / Double(Self.levels) }
  }

  /// P(greater) − P(smaller) and P(different) of two independent draws.
  private static func order(_ left: [Double], _ right: [Double]) -> (net: Double, differs: Double) {
    var (net, same, below, above) = (0.0, 0.0, 0.0, right.reduce(0, +))
    for (one, other) in zip(left, right) {
      above -= other
      net += one * (below - above)
      same += one * other
      below += other
    }
    return (net, 1 - same)
  }
}
