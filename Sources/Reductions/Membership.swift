import Expressions
import Outcomes
import Statistics

/// The places that a reduction keeps. Where a cut goes through equal scores, a number of the tied places is kept, each with the same
/// chance.
package struct Membership: Sendable, Hashable {
  /// Number of places that could not be judged, for one reason.
  package struct Unjudged: Sendable, Hashable {
    package var reason: String
    /// Number of such places.
    package var count: Int
  }

  /// Places that are kept, ascending.
  package let certain: [Int]
  /// Places tied at the cut, ascending; empty when the cut is clean.
  package let tied: [Int]
  /// Number of tied places that are kept, fewer than all of them.
  package let places: Int
  /// Places that are left out because nothing was known of them, most frequent reason first.
  package let unjudged: [Unjudged]

  /// The number of places kept.
  package var size: Int { certain.count + places }

  /// Exactly these places.
  package init(kept: [Int]) {
    certain = kept.sorted()
    tied = []
    places = 0
    unjudged = []
  }

  /// The places where a rule is true; where it is undefined they are left out and counted.
  package init(rule values: [ExpressionValue]) {
    certain = values.indices.filter { values[$0].truth == true }
    tied = []
    places = 0
    unjudged = Self.counted(
      values.map { value in
        switch value {
        case .undefined(let reason): reason
        case .truth: nil
        case .number, .whole, .text: "not true or false"
        }
      })
  }

  /// The top of a ranking; places without a score are never in it.
  ///
  /// - Parameters:
  ///   - size: Number of places kept.
  ///   - scores: Larger is better; by place.
  ///   - candidates: The places ranked; all when nil.
  ///   - unscored: The reason for places without a score.
  /// - Throws: `Reason` when fewer places have a score, the size is not positive, or a score is not finite.
  package init(
    top size: Int, of scores: [Double?], among candidates: [Int]? = nil, unscored: String = "no score"
  ) throws(Reason) {
    guard size >= 1 else { throw Reason("a top of \(size) places") }
    let all = candidates ?? Array(scores.indices)
    let ranked = all.compactMap { place in scores[place].map { (place: place, score: $0) } }
    guard ranked.allSatisfy({ $0.score.isFinite }) else { throw Reason("a score is not finite") }
    guard ranked.count >= size else {
      throw Reason("a top of \(size) of \(ranked.count) rows that have a score")
    }
    let cut = ranked.map(\.score).sorted(by: >)[size - 1]
    let above = ranked.filter { $0.score > cut }.map(\.place)
    let level = ranked.filter { $0.score == cut }.map(\.place)
    let isClean = above.count + level.count == size
    certain = (isClean ? above + level : above).sorted()
    tied = isClean ? [] : level.sorted()
    places = isClean ? 0 : size - above.count
    let missing = all.count - ranked.count
    unjudged = missing > 0 ? [Unjudged(reason: unscored, count: missing)] : []
  }

  /// Chance of a tied place to be kept.
  package var chance: Double { tied.isEmpty ? 0 : Double(places) / Double(tied.count) }

  /// The expected sum of values over the places kept.
  package func sum(_ values: [Double]) -> Double {
    let sure = certain.reduce(0) { $0 + values[$1] }
    guard !tied.isEmpty else { return sure }
    return sure + Double(places) * (tied.reduce(0) { $0 + values[$1] } / Double(tied.count))
  }

  /// The expected number of places kept that another membership keeps too, ties of both independent.
  ///
  /// - Parameters:
  ///   - other: The other one.
  ///   - count: Number of all places.
  package func overlap(_ other: Membership, count: Int) -> Double {
    // 1 for a certain place of the other, 2 for a tied one.
    var kinds = [UInt8](repeating: 0, count: count)
    for place in other.certain { kinds[place] = 1 }
    for place in other.tied { kinds[place] = 2 }
    func expected(_ places: [Int]) -> Double {
      let tied = places.count { kinds[$0] == 2 }
      return Double(places.count { kinds[$0] == 1 })
        + (tied == 0 ? 0 : Double(tied * other.places) / Double(other.tied.count))
    }
    return expected(certain) + (tied.isEmpty ? 0 : expected(tied) * Double(places) / Double(tied.count))
  }

  /// The expected largest value among the places kept; −∞ when none is.
  package func expectedMaximum(_ values: [Double]) -> Double {
    let sure = certain.reduce(-Double.infinity) { max($0, values[$1]) }
    guard !tied.isEmpty else { return sure }
    let raised = tied.map { max(sure, values[$0]) }
    return (try? OrderStatistics.expectedMaximum(raised, draws: places)) ?? sure
  }

  /// The places kept when ties are broken at random, ascending; the same for the same seed and draw.
  package func places(seed: UInt64, draw: Int) -> [Int] {
    guard !tied.isEmpty else { return certain }
    var generator = SeededGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: draw))
    var rest = tied
    for index in 0..<places { rest.swapAt(index, index + generator.next(below: rest.count - index)) }
    return (certain + rest.prefix(places)).sorted()
  }

  private static func counted(_ reasons: [String?]) -> [Unjudged] {
    var counts: [String: Int] = [:]
    for reason in reasons { if let reason { counts[reason, default: 0] += 1 } }
    return counts.map { Unjudged(reason: $0.key, count: $0.value) }
      .sorted { $0.count == $1.count ? $0.reason < $1.reason : $0.count > $1.count }
  }
}
