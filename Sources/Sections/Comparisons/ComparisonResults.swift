import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Relative errors and rank correlations of a computed column with its published one, and the rows behind them.
struct PairComparison: Codable, Sendable, Equatable {
  /// Numbers of rows: with both values, in all, and without each of the two.
  struct Counts: Codable, Sendable, Equatable {
    /// Rows where both have a value.
    var n: Int
    /// Rows of the table.
    var total: Int
    var missingComputed: Int
    var missingPublished: Int
  }

  /// The measures of `ColumnComparison` on the rows where both have a value.
  struct Agreement: Codable, Sendable, Equatable {
    /// Rows whose published value is 0 and whose computed one is not; they count as outside of the tolerance.
    var withoutError: Int
    var medianRelativeError: Double
    var maximumRelativeError: Double
    /// The largest relative error that counts as agreement.
    var tolerance: Double
    /// Share of the rows with a relative error of at most `tolerance`, in 0 … 1.
    var shareWithinTolerance: Double
    var kendallTauB: Estimate
    var spearman: Estimate

    init(_ comparison: ColumnComparison) {
      withoutError = comparison.withoutError
      medianRelativeError = comparison.medianRelativeError
      maximumRelativeError = comparison.maximumRelativeError
      tolerance = comparison.tolerance
      shareWithinTolerance = comparison.shareWithinTolerance
      kendallTauB = Estimate(comparison.kendallTauB)
      spearman = Estimate(comparison.spearman)
    }
  }

  var counts: Counts
  /// The measures, or the reason for none, such as no row with both values.
  var agreement: Outcome<Agreement>

  init(counts: Counts, agreement: Outcome<Agreement>) {
    self.counts = counts
    self.agreement = agreement
  }

  /// Reads the counts and the measures from one object.
  init(from decoder: any Decoder) throws {
    counts = try Counts(from: decoder)
    agreement = try Outcome<Agreement>(from: decoder)
  }

  /// Writes the counts and the measures into one object.
  func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    try agreement.encode(to: encoder)
  }
}

/// Holds computed columns against published ones, row by row.
struct ComparisonStep: ResultStep {
  /// A result for each pair under its name, in the order of the spec.
  typealias Output = NamedValues<PairComparison>

  let comparison: ComparisonPart
  let kind = StepKind("comparison", version: 3)

  private var spec: ComparisonSpec { comparison.spec }

  var name: String { "comparison/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue { spec.canonical(except: ["dataset"]) }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> NamedValues<PairComparison> {
    let table = try inputs.table("table")
    var values: [(name: String, value: PairComparison)] = []
    for pair in spec.pairs {
      let (computed, published) = try Self.columns(pair, in: table)
      let counts = PairComparison.Counts(
        n: computed.indices.count { computed[$0] != nil && published[$0] != nil }, total: table.rowCount,
        missingComputed: computed.count { $0 == nil }, missingPublished: published.count { $0 == nil })
      let agreement = Outcome<PairComparison.Agreement>.of { () throws(Reason) in
        PairComparison.Agreement(try ColumnComparison(computed: computed, published: published))
      }
      values.append((pair.name.value, PairComparison(counts: counts, agreement: agreement)))
    }
    return NamedValues(values)
  }

  /// The numbers of a pair.
  ///
  /// - Throws: `Reason` for a column that is not there.
  static func columns(
    _ pair: ComparisonSpec.Pair, in table: Table
  ) throws(Reason) -> (computed: [Double?], published: [Double?]) {
    guard let computed = table[pair.computed.value], let published = table[pair.published.value] else {
      throw Reason("no column \(pair.computed.value) or \(pair.published.value)")
    }
    return (computed.numbers, published.numbers)
  }
}
