import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// The order of the architectures by the scores of one metric. Where the tests cannot be made, every number that
/// depends on them has the reason.
struct ScoreSamplesResults: Codable, Sendable, Equatable {
  /// Architectures with a score.
  var architectures: Int
  /// Architectures in all.
  var total: Int
  /// Scores of the architecture with the fewest, and with the most; 0 without any.
  var fewestScores: Int
  var mostScores: Int
  /// Pairs of architectures.
  var pairs: Outcome<Int>
  /// Pairs of which one is better at the significance level.
  var decided: Outcome<Int>
  var decidedShare: Estimate
  /// Architectures to which no other is decided to be better.
  var unbeaten: Outcome<Int>
  /// Pairs whose targets differ, and how many of them are decided; nil without a target.
  var pairsWithTarget: Int?
  var decidedWithTarget: Int?
  /// Share of the decided pairs, and of all pairs with a direction, that the scores order as the target does; nil without a
  /// target.
  var agreement: Estimate?
  var agreementOfAll: Estimate?
}

/// Architectures compared pair by pair by the samples of one metric's scores.
struct ScoreSamplesStep: ResultStep {
  typealias Output = ScoreSamplesResults

  let part: ScoreSamplesPart
  let column: ColumnSchema
  let kind = StepKind("score-samples", version: 3)

  private var spec: ScoreSamplesSpec { part.spec }

  var name: String { "score-samples/\(part.name)/\(column.name)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue {
    .record([
      "scores": .string(column.name), "scores-better": .string((column.better ?? .higher).rawValue),
      "target": part.target.map { .string("\($0.column) \($0.better.rawValue)") } ?? .null,
      "settings": spec.canonical(except: ["dataset", "metrics", "target"]),
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> ScoreSamplesResults {
    let table = try inputs.table("table")
    let scores = try table.column(column.name).offsets.values
    let groups = table.groups(by: spec.subject.map(\.value))
    let count = (groups.max() ?? -1) + 1
    let sampled = Self.sampled(scores, groups, count)
    let used = sampled.indices.filter { !sampled[$0].isEmpty }
    let sizes = used.map { sampled[$0].count }
    func results(
      pairs: Outcome<Int>, decided: Outcome<Int>, share: Outcome<Double>, unbeaten: Outcome<Int>
    ) -> ScoreSamplesResults {
      ScoreSamplesResults(
        architectures: used.count, total: count, fewestScores: sizes.min() ?? 0, mostScores: sizes.max() ?? 0,
        pairs: pairs, decided: decided, decidedShare: Estimate(share), unbeaten: unbeaten)
    }
    do throws(Reason) {
      let comparison = try ScoreComparison(
        scores: used.map { sampled[$0] }, method: spec.adjustment, alpha: spec.alpha)
      var made = results(
        pairs: .success(comparison.pairCount), decided: .success(comparison.decidedCount),
        share: .success(Double(comparison.decidedCount) / Double(comparison.pairCount)),
        unbeaten: .success(comparison.unbeatenCount(higherIsBetter: column.better != .lower)))
      guard let target = part.target, let column = table[target.column] else { return made }
      let values = Self.sampled(column.offsets.values, groups, count)
      let agreement = try comparison.agreement(
        with: used.map { Self.mean(values[$0]) },
        isSameDirection: (self.column.better ?? .higher) == target.better)
      made.pairsWithTarget = agreement.pairs
      made.decidedWithTarget = agreement.decided
      made.agreement = Estimate(.of { () throws(Reason) in try agreement.ofDecided() })
      made.agreementOfAll = Estimate(.of { () throws(Reason) in try agreement.ofDirected() })
      return made
    } catch {
      var undefined = results(
        pairs: .failure(error), decided: .failure(error), share: .failure(error), unbeaten: .failure(error))
      (undefined.agreement, undefined.agreementOfAll) = (Estimate(.failure(error)), Estimate(.failure(error)))
      return undefined
    }
  }

  /// The mean, without rounding where the values are the same.
  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : Mean.value(values)
  }

  /// The numbers of each group that are there.
  private static func sampled(_ numbers: [Double?], _ groups: [Int], _ count: Int) -> [[Double]] {
    var samples = [[Double]](repeating: [], count: count)
    for (row, group) in groups.enumerated() { if let number = numbers[row] { samples[group].append(number) } }
    return samples
  }
}
