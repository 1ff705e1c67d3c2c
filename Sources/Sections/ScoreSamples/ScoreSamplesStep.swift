import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Architectures compared pair by pair by the samples of one metric's scores.
struct ScoreSamplesStep: SynchronousStep {
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

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let table = try inputs.table("table")
    guard let scores = table[column.name]?.offsets.values else { throw Reason("no column \(column.name)") }
    let groups = table.groups(by: spec.subject.map(\.value))
    let count = (groups.max() ?? -1) + 1
    let sampled = Self.sampled(scores, groups, count)
    let used = sampled.indices.filter { !sampled[$0].isEmpty }
    let sizes = used.map { sampled[$0].count }
    var members: [JSONMember] = [
      JSONMember(key: "architectures", value: .integer(used.count)), JSONMember(key: "total", value: .integer(count)),
      JSONMember(key: "fewest-scores", value: .integer(sizes.min() ?? 0)),
      JSONMember(key: "most-scores", value: .integer(sizes.max() ?? 0)),
    ]
    do throws(Reason) {
      let comparison = try ScoreComparison(
        scores: used.map { sampled[$0] }, method: spec.adjustment, alpha: spec.alpha)
      let agreement = try agreement(comparison, table, groups, used)
      members += [
        JSONMember(key: "pairs", value: .integer(comparison.pairCount)),
        JSONMember(key: "decided", value: .integer(comparison.decidedCount)),
        JSONMember(
          key: "decided-share",
          value: .estimate(.success(Double(comparison.decidedCount) / Double(comparison.pairCount)))),
        JSONMember(
          key: "unbeaten", value: .integer(comparison.unbeatenCount(higherIsBetter: column.better != .lower))),
      ]
      members += agreement
    } catch {
      members += ["pairs", "decided", "decided-share", "unbeaten", "agreement", "agreement-of-all"].map {
        JSONMember(key: $0, value: ["undefined": .string(error.text)])
      }
    }
    return .json(.object(members))
  }

  /// Pairs whose targets differ, and the shares of decided and of all of them that the scores order as the target does.
  private func agreement(
    _ comparison: ScoreComparison, _ table: Table, _ groups: [Int], _ used: [Int]
  ) throws(Reason) -> [JSONMember] {
    guard let target = part.target, let column = table[target.column] else { return [] }
    let values = Self.sampled(column.offsets.values, groups, (groups.max() ?? -1) + 1)
    let agreement = try comparison.agreement(
      with: used.map { Self.mean(values[$0]) },
      isSameDirection: (self.column.better ?? .higher) == target.better)
    return [
      JSONMember(key: "pairs-with-target", value: .integer(agreement.pairs)),
      JSONMember(key: "decided-with-target", value: .integer(agreement.decided)),
      JSONMember(
        key: "agreement", value: .estimate(Result { () throws(Reason) in try agreement.ofDecided() })),
      JSONMember(
        key: "agreement-of-all", value: .estimate(Result { () throws(Reason) in try agreement.ofDirected() })),
    ]
  }

  /// The mean, without rounding where the values are the same.
  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : Mean.value(values)
  }

  private static func sampled(_ numbers: [Double?], _ groups: [Int], _ count: Int) -> [[Double]] {
    var samples = [[Double]](repeating: [], count: count)
    for (row, group) in groups.enumerated() { if let number = numbers[row] { samples[group].append(number) } }
    return samples
  }
}
