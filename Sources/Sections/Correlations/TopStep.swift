import Documents
import Outcomes
import Pipeline
import Statistics

/// Top-of-the-ranking measures of one metric, taken in its declared direction.
struct TopStep: SynchronousStep {
  let columns: FamilyColumns
  /// Sizes of the top: counts, or below 1 shares.
  let sizes: [Double]
  let kind = StepKind("top", version: 2)

  var name: String { "top/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(columns.parameters + [JSONMember(key: "sizes", value: .array(sizes.map { .number($0) }))])
  }

  /// The name of a size in results: `top-50`, `top-10-percent`.
  static func key(_ size: Double) -> String {
    size < 1 ? "top-\(TruncationStep.key(size))" : "top-\(Int(min(size, 1e9)))"
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let rows = pairs.completeRows
    let scores = rows.compactMap { pairs.metric[$0] }.map { pairs.metricHigherIsBetter ? $0 : -$0 }
    let target = rows.compactMap { pairs.target[$0] }.map { pairs.targetHigherIsBetter ? $0 : -$0 }
    let parts = sizes.map { size -> JSONMember in
      let count = size < 1 ? max(1, Int((size * Double(rows.count)).rounded())) : Int(min(size, 1e9))
      do throws(Reason) {
        let top = try TopMeasures(scores: scores, target: target, size: count)
        return JSONMember(
          key: Self.key(size),
          value: [
            "size": .integer(count), "precision": .finite(top.precision), "regret": .finite(top.regret),
            "ndcg": .finite(top.normalizedGain), "best-rank": .finite(top.bestRank),
            "worst-rank": .finite(top.worstRank),
          ])
      } catch {
        return JSONMember(key: Self.key(size), value: ["undefined": .string(error.text)])
      }
    }
    return .json(.object(parts))
  }
}
