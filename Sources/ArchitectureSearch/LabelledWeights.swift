import Statistics

/// RoBoT's combination of metrics (He, Shu, Dai & Low, ICLR 2024): Σ wᵢ mᵢ over metrics brought to 0 … 1 by their smallest and
/// largest value in the pool, with weights in [−1, 1] that are found by looking at labels. It is supervised: each distinct member
/// that is looked at costs a label.
///
/// As published, so many weightings are tried as there are labels; the member that a weighting puts first is labelled, unless it
/// is already; what is left of the labels goes to the members that the best weighting puts next; the answer is the best label
/// seen. Deviation: weightings are drawn uniformly, where the published code takes Gaussian processes with an upper confidence
/// bound, which no source states to the digit.
package struct LabelledWeights: Sendable, Hashable {
  /// The members labelled, in order.
  package private(set) var labelled: [Int] = []
  /// The weights under which the best label was found.
  package private(set) var weights: [Double] = []

  /// Buys labels.
  ///
  /// - Parameters:
  ///   - members: The values of each member of the pool, one of each metric. Their directions do not matter.
  ///   - labels: The number of labels.
  ///   - generator: Draws weights.
  ///   - label: The label of a member, greater is better.
  package init(
    _ members: [[Double]], labels: Int, using generator: inout SeededGenerator, label: (Int) -> Double
  ) {
    let normalised = Self.normalised(members)
    let count = min(labels, members.count)
    guard count > 0 else { return }
    var known: [Int: Double] = [:]
    var best = -Double.infinity
    func take(_ member: Int) -> Double {
      if let value = known[member] { return value }
      let value = label(member)
      known[member] = value
      labelled.append(member)
      return value
    }
    for _ in 0..<count {
      let tried = (members.first ?? []).map { _ in Double(generator.next() >> 11) / 0x1p52 - 1 }
      let value = take(Self.order(normalised, tried)[0])
      if value >= best {
        best = value
        weights = tried
      }
    }
    for member in Self.order(normalised, weights) where labelled.count < count { _ = take(member) }
  }

  /// The values of each metric less the smallest, over the range; a metric that is constant in the pool is 0.
  package static func normalised(_ members: [[Double]]) -> [[Double]] {
    let metrics = (members.first ?? []).indices
    let least = metrics.map { metric in members.reduce(.infinity) { min($0, $1[metric]) } }
    let range = metrics.map { metric in members.reduce(-.infinity) { max($0, $1[metric]) } - least[metric] }
    return members.map { values in
      metrics.map { range[$0] > 0 && range[$0].isFinite ? (values[$0] - least[$0]) / range[$0] : 0 }
    }
  }

  /// Members by descending weighted sum, equal ones in the order of the pool.
  private static func order(_ members: [[Double]], _ weights: [Double]) -> [Int] {
    let scores = members.map { values in zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    return scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
  }
}
