import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Holds computed columns against published ones, row by row.
struct ComparisonStep: SynchronousStep {
  let comparison: ComparisonPart
  let kind = StepKind("comparison", version: 3)

  private var spec: ComparisonSpec { comparison.spec }

  var name: String { "comparison/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func run(_ inputs: StepInputs) throws(Reason) -> StepOutput {
    let table = try inputs.table("table")
    var members: [JSONMember] = []
    for pair in spec.pairs {
      let columns = try Self.columns(pair, in: table)
      let (computed, published) = (columns.computed, columns.published)
      let counts: [JSONMember] = [
        JSONMember(key: "n", value: .integer(computed.indices.count { computed[$0] != nil && published[$0] != nil })),
        JSONMember(key: "total", value: .integer(table.rowCount)),
        JSONMember(key: "missing-computed", value: .integer(computed.count { $0 == nil })),
        JSONMember(key: "missing-published", value: .integer(published.count { $0 == nil })),
      ]
      members.append(JSONMember(key: pair.name.value, value: .object(counts + Self.values(computed, published))))
    }
    return .json(.object(members))
  }

  /// The numbers of a pair.
  static func columns(
    _ pair: ComparisonSpec.Pair, in table: Table
  ) throws(Reason) -> (computed: [Double?], published: [Double?]) {
    guard let computed = table[pair.computed.value], let published = table[pair.published.value] else {
      throw Reason("no column \(pair.computed.value) or \(pair.published.value)")
    }
    return (computed.numbers, published.numbers)
  }

  private static func values(_ computed: [Double?], _ published: [Double?]) -> [JSONMember] {
    do throws(Reason) {
      let made = try ColumnComparison(computed: computed, published: published)
      func json(_ coefficient: Result<Double, Reason>) -> JSONValue {
        FamilyColumns.json { () throws(Reason) in try coefficient.get() }
      }
      return [
        JSONMember(key: "without-error", value: .integer(made.withoutError)),
        JSONMember(key: "median-relative-error", value: .finite(made.medianRelativeError)),
        JSONMember(key: "maximum-relative-error", value: .finite(made.maximumRelativeError)),
        JSONMember(key: "tolerance", value: .number(made.tolerance)),
        JSONMember(key: "share-within-tolerance", value: .finite(made.shareWithinTolerance)),
        JSONMember(key: "kendall-tau-b", value: json(made.kendallTauB)),
        JSONMember(key: "spearman", value: json(made.spearman)),
      ]
    } catch {
      return [JSONMember(key: "undefined", value: .string(error.text))]
    }
  }
}
