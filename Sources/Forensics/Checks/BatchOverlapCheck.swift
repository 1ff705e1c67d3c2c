import Outcomes
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
  /// See `ForensicCheck`.
  package static let kind = "batch-overlap"
  /// See `ForensicCheck`.
  package static let meaning =
    "Values on consecutive batches depend on one another, as those of batches that share rows do."

  /// The columns tested; every metric when empty.
  package var columns: [String]
  /// The columns that name a subject, such as an architecture.
  package var subject: [String]
  /// The column that orders the batches of a subject; the order of the rows when nil.
  package var order: String?
  /// Declared rows of a batch.
  package var length: Int?
  /// Declared rows between the starts of consecutive batches.
  package var stride: Int?
  /// Number of permutations.
  package var permutations: Int
  /// Seed of the permutations.
  package var seed: UInt64
  /// The largest p of a trace.
  package var level: Double

  /// Creates a check.
  package init(
    columns: [String] = [], subject: [String], order: String? = nil, length: Int? = nil, stride: Int? = nil,
    permutations: Int = 9999, seed: UInt64 = 1, level: Double = 0.05
  ) {
    self.columns = columns
    self.subject = subject
    self.order = order
    self.length = length
    self.stride = stride
    self.permutations = permutations
    self.seed = seed
    self.level = level
  }

  /// Examines the table. O(permutations · rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let names = table.metrics(columns)
    let read = try table.read(names)
    let sequences = try table.sequences(subject: subject, order: order)
    var series: [[[Double?]]] = []
    for name in names {
      let values = try table.readNumbers(name)
      series.append(sequences.map { $0.map { values[$0] } })
    }
    let correlation: SerialCorrelation
    do throws(Reason) {
      correlation = try SerialCorrelation(series, permutations: permutations, seed: seed)
    } catch {
      throw Reason(error.text)
    }
    var section = FindingSection("columns", "Serial correlation of each column", rowTitle: "Column")
    for (column, test) in zip(read, correlation.columns) {
      section.add(column.schema.displayTitle, key: column.schema.name, numbers(test))
    }
    let significant = correlation.columns.count { ((try? $0.get())?.adjustedPValue ?? 1) <= level }
    let finding = Finding(
      correlation.pValue <= level,
      declared + [
        FindingNumber("subjects", "Subjects", .count(sequences.count)),
        FindingNumber("rows", "Rows", .count(sequences.reduce(0) { $0 + $1.count })),
        FindingNumber("mean-correlation", "Mean serial correlation", .number(correlation.mean)),
        FindingNumber("expected", "Expected for exchangeable batches", .number(correlation.expectedMean)),
        FindingNumber("p-value", "p of the joint test", .small(correlation.pValue)),
        FindingNumber("significant", "Columns with a small adjusted p", .count(significant)),
      ],
      headline: (overlap == nil ? [] : ["shared-rows"]) + ["mean-correlation", "expected", "p-value", "significant"],
      sections: [section])
    if correlation.pValue > level, let overlap, overlap > 0 {
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
      FindingNumber("p-value", "p", value { .small($0.pValue) }),
      FindingNumber("adjusted-p-value", "Adjusted p", value { .small($0.adjustedPValue) }),
    ]
  }
}
