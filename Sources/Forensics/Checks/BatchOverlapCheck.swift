import Documents
import Outcomes
import Specs
import Statistics
import Tables

/// Whether consecutive batches share rows: what their declared length and stride say, and what the values show.
///
/// Batches of `length` rows that start `stride` rows apart share max(0, length − stride) rows with the next one. Values of
/// metrics on batches that share rows follow one another; the check tests the lag-1 serial correlation within subjects by
/// permuting the batches of each subject (see `SerialCorrelation`). Values that grow from batch to batch give a serial
/// correlation as well: look at the accumulation check first.
///
/// The trace is found when the joint test of all columns is at most `level`. It is undecidable when an overlap is declared
/// that the values do not show: small effects may hide it.
///
/// | number | what it is |
/// |---|---|
/// | `shared-rows`, `shared-share` | declared: rows shared with the next batch, and their share of a batch |
/// | `subjects`, `rows` | subjects; rows |
/// | `mean-correlation`, `expected` | mean of the columns' serial correlations; its expectation for exchangeable batches |
/// | `p-value` | of the joint test |
/// | `significant` | columns whose own test, adjusted for all columns, is at most `level` |
/// | section `columns` | for each column: serial correlation, subjects, p, adjusted p |
package struct BatchOverlapCheck: ForensicCheck {
  package static let definition = "batch-overlap"
  package static let summary =
    "Whether consecutive batches share rows: what is declared, and what the values show."
  package static let meaning =
    "Values on consecutive batches depend on one another, as those of batches that share rows do."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var columns = ColumnSelection.all
  package var subject: [Located<String>] = []
  package var order: Located<String>?
  package var length: Int?
  package var stride: Int?
  package var permutations = 9999
  package var seed = Seed()
  package var level = 0.05

  package init() {}

  package var selection: ColumnSelection? { columns }

  package static let fields: [Field<BatchOverlapCheck>] = [
    .table("dataset", \.dataset),
    .selection("columns", \.columns, "Columns tested; all of role metric."),
    .columns("subject", \.subject, "Columns that name what is measured on every batch.", isRequired: true, orOne: true),
    .column(
      "order", \.order, "Column that orders the rows of a subject; their order in the file when left out.",
      isNumeric: true),
    .optional("length", \.length, "Declared rows of a batch.", .integer(1...1_000_000_000)),
    .optional(
      "stride", \.stride, "Declared rows between the starts of consecutive batches.", .integer(0...1_000_000_000)),
    .optional("permutations", \.permutations, "Number of permutations.", .integer(99...100_000)),
    .optional("seed", \.seed, "Seed of the permutations."),
    .optional("level", \.level, "The largest p of a trace.", .number(0...0.5, exclusive: true)),
  ]

  package static let selectsNumbers = true
  package var details: [String] { ["columns"] }
  package func check(_ name: Located<String>, _ checks: inout AnalysisChecks) {
    guard (length == nil) != (stride == nil) else { return }
    checks.report(
      "missing-key", name, "\(name.value) declares only one of length and stride",
      reason: "shared rows are the length less the stride", fix: "give both, or neither")
  }

  /// Examines the table. O(permutations · rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let names = table.chosen(columns)
    let read = try table.read(names)
    let sequences = try table.sequences(subject: subject, order: order)
    var series: [[[Double?]]] = []
    for name in names {
      let values = try table.readNumbers(name)
      series.append(sequences.map { $0.map { values[$0] } })
    }
    let correlation = try SerialCorrelation(series, permutations: permutations, seed: seed.bits)
    var section = FindingSection("columns", "Serial correlation of each column", rowTitle: "Column")
    for (column, test) in zip(read, correlation.columns) {
      section.add(column.schema.displayTitle, key: column.schema.name, numbers(test))
    }
    let significant = correlation.columns.count { ((try? $0.get())?.adjustedPValue.value ?? 1) <= level }
    let finding = Finding(
      correlation.pValue.value <= level,
      declared + [
        FindingNumber("subjects", "Subjects", .count(sequences.count)),
        FindingNumber("rows", "Rows", .count(sequences.reduce(0) { $0 + $1.count })),
        FindingNumber("mean-correlation", "Mean serial correlation", .number(correlation.mean)),
        FindingNumber("expected", "Expected for exchangeable batches", .number(correlation.expectedMean)),
        FindingNumber("p-value", "p of the joint test", .probability(correlation.pValue)),
        FindingNumber("significant", "Columns with a small adjusted p", .count(significant)),
      ],
      headline: (overlap == nil ? [] : ["shared-rows"]) + ["mean-correlation", "expected", "p-value", "significant"],
      sections: [section])
    if correlation.pValue.value > level, let overlap, overlap > 0 {
      return finding.undecided("an overlap is declared, and the values do not show it")
    }
    return finding
  }

  /// Rows shared with the next batch; nil when not declared.
  private var overlap: Int? {
    guard let length, let stride, length > 0, stride >= 0 else { return nil }
    return max(0, length - stride)
  }

  private var declared: [FindingNumber] {
    guard let overlap, let length else { return [] }
    return [
      FindingNumber("shared-rows", "Rows shared with the next batch, declared", .count(overlap)),
      FindingNumber("shared-share", "Their share of a batch", .share(overlap, of: length)),
    ]
  }

  private func numbers(_ test: Result<SerialCorrelation.Test, Reason>) -> [FindingNumber] {
    func value(_ make: (SerialCorrelation.Test) -> FindingValue) -> FindingValue {
      switch test {
      case .success(let test): make(test)
      case .failure(let undefined): .undefined(undefined.text)
      }
    }
    return [
      FindingNumber("correlation", "Serial correlation", value { .number($0.value) }),
      FindingNumber("expected", "Expected", value { .number($0.expected) }),
      FindingNumber("subjects", "Subjects", value { .count($0.subjects) }),
      FindingNumber("p-value", "p", value { .probability($0.pValue) }),
      FindingNumber("adjusted-p-value", "Adjusted p", value { .probability($0.adjustedPValue) }),
    ]
  }
}
