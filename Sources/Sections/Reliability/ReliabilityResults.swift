import Documents
import Outcomes
import Pipeline
import Specs
import Statistics
import Tables

/// Intraclass correlations of columns, on the subjects that every rater has rated.
struct ReliabilityResults: Codable, Sendable, Equatable {
  /// The intraclass correlation of a column, with the numbers of subjects and raters.
  struct Value: Codable, Sendable, Equatable {
    /// The intraclass correlation with its interval from the F distribution.
    var icc: Estimate
    /// Subjects that every rater has rated.
    var subjects: Int
    /// Subjects in all.
    var total: Int
    var raters: Int
  }

  /// The column whose intraclass correlation is the smallest or the largest.
  struct Extreme: Codable, Sendable, Equatable {
    var column: String
    var icc: Double
  }

  /// By column, in the order of the spec.
  var columns: NamedValues<Value>
  /// The column with the smallest intraclass correlation; nil when no column has one, as is `highest`.
  var lowest: Extreme?
  var highest: Extreme?
}

/// Intraclass correlations of repeated measurements, on the subjects that every rater has rated.
struct ReliabilityStep: ResultStep {
  typealias Output = ReliabilityResults

  let reliability: ReliabilityPart
  let kind = StepKind("reliability", version: 4)

  private var spec: ReliabilitySpec { reliability.spec }

  var name: String { "reliability/\(spec.name.value)" }

  var inputs: [StepInput] { [.table(spec.dataset.value)] }

  var parameters: JSONValue {
    .record([
      "columns": .array(reliability.columns.map { .string($0.name) }),
      "settings": spec.canonical(except: ["dataset", "columns"]),
    ])
  }

  func result(_ inputs: StepInputs, _: StepContext) async throws(Reason) -> ReliabilityResults {
    try results(of: try inputs.table("table"))
  }

  /// The intraclass correlations of a table's rows.
  ///
  /// - Throws: `Reason` for a column that is not there, and for more than 10⁸ ratings.
  func results(of table: Table) throws(Reason) -> ReliabilityResults {
    let subjects = table.groups(by: spec.subject.map(\.value))
    let raters = table.groups(by: spec.rater.map(\.value))
    let (subjectCount, raterCount) = ((subjects.max() ?? -1) + 1, (raters.max() ?? -1) + 1)
    guard subjectCount.multipliedReportingOverflow(by: raterCount).partialValue <= 100_000_000 else {
      throw Reason("\(subjectCount) subjects × \(raterCount) raters are too many")
    }
    // Row of each subject and rater; −1 for none, −2 for several.
    var rows = [Int](repeating: -1, count: subjectCount * raterCount)
    for row in 0..<table.rowCount {
      let place = subjects[row] * raterCount + raters[row]
      rows[place] = rows[place] == -1 ? row : -2
    }
    let isAmbiguous = rows.contains(-2)
    var values: [(name: String, value: ReliabilityResults.Value)] = []
    for schema in reliability.columns {
      let numbers = try table.column(schema.name).offsets.values
      let complete = (0..<subjectCount).compactMap { subject -> [Double?]? in
        let ratings = (0..<raterCount).map { rater in
          let row = rows[subject * raterCount + rater]
          return row < 0 ? nil : numbers[row]
        }
        return ratings.contains(nil) ? nil : ratings
      }
      let icc =
        isAmbiguous ? Estimate(.failure(Reason("a subject has several rows of one rater"))) : estimate(complete)
      values.append((schema.name, .init(icc: icc, subjects: complete.count, total: subjectCount, raters: raterCount)))
    }
    let known = values.compactMap { entry in
      entry.value.icc.value.value.map { ReliabilityResults.Extreme(column: entry.name, icc: $0) }
    }
    return ReliabilityResults(
      columns: NamedValues(values), lowest: known.min { $0.icc < $1.icc }, highest: known.max { $0.icc < $1.icc })
  }

  private func estimate(_ ratings: [[Double?]]) -> Estimate {
    do throws(Reason) {
      let made = try IntraclassCorrelation(ratings, form: spec.form, level: spec.level)
      return Estimate(intraclass: made.value, interval: made.interval, n: ratings.count, level: spec.level)
    } catch {
      return Estimate(.failure(error))
    }
  }
}
