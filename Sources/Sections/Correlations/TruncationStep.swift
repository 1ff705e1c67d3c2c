import Documents
import Figures
import Outcomes
import Pipeline
import Statistics

/// Coefficients of one metric as the ranking is cut to its best part.
struct TruncationStep: SynchronousStep {
  let columns: FamilyColumns
  /// Shares of the ranking kept.
  let shares: [Double]
  let kind = StepKind("truncation", version: 2)

  var name: String { "truncation/\(columns.family.name)/\(columns.member.name)" }

  var inputs: [StepInput] { [columns.input] }

  var parameters: JSONValue {
    .object(
      columns.parameters + [
        JSONMember(key: "coefficients", value: .array(columns.coefficients.map { .string($0.rawValue) })),
        JSONMember(key: "shares", value: .array(shares.map { .number($0) })),
      ])
  }

  /// The name of a share in results: `50-percent`, `2-5-percent`.
  static func key(_ share: Double) -> String {
    let percent = NumberText.fixed(share * 100, decimals: 1)
    return (percent.hasSuffix(".0") ? String(percent.dropLast(2)) : String(percent.map { $0 == "." ? "-" : $0 }))
      + "-percent"
  }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let pairs = try columns.pairs(inputs)
    let rows = pairs.completeRows
    let (metric, target) = (rows.compactMap { pairs.metric[$0] }, rows.compactMap { pairs.target[$0] })
    let parts = shares.map { share -> JSONMember in
      let kept = Truncation.rows(target, share: share, higherIsBetter: pairs.targetHigherIsBetter)
      let values = columns.coefficients.map { coefficient in
        JSONMember(
          key: coefficient.rawValue,
          value: FamilyColumns.json { () throws(Reason) in
            try coefficient.value(
              PairedSample(
                x: kept.map { metric[$0] }, y: kept.map { target[$0] }, first: pairs.first, second: pairs.second))
          })
      }
      return JSONMember(
        key: Self.key(share),
        value: .object(
          [JSONMember(key: "share", value: .number(share)), JSONMember(key: "n", value: .integer(kept.count))] + values)
      )
    }
    return .json(.object(parts))
  }
}
