import Documents
import Outcomes
import Specs
import Statistics
import Tables

/// Whether values grow from repetition to repetition, as those of a sum do that is never set back to 0: hooks that are
/// registered again for each run and never removed.
///
/// Within a subject, in order, each step from a value to the next is an increase, a decrease, or neither. Before that a
/// value may be divided by others (`per`), such as a sum by the number of its terms. The trace is found when some column
/// has an increase in at least `share` of its steps and P(X ≥ increases), X the heads of as many tosses of a fair coin as
/// there are increases and decreases, is at most `level` over the number of columns. For independent values this probability is too
/// large rather than too small, because a high value is followed by a decrease. Rows without a value are left out.
///
/// | number | what it is |
/// |---|---|
/// | `examined`, `growing` | columns examined; those that grow |
/// | `steepest`, `increases`, `steps` | the column with the largest share of increases; these and all steps of it |
/// | `subjects`, `rows` | subjects; rows |
/// | section `columns` | for each column: steps, increases, their share, p, resets (decreases), and the median over subjects of last/first |
package struct AccumulationCheck: ForensicCheck {
  package static let definition = "accumulation"
  package static let summary =
    "Whether values grow from repetition to repetition."
  package static let meaning = "Values grow from repetition to repetition."

  /// The dataset examined.
  package var dataset = Located<String>.unread
  package var columns = ColumnSelection.all
  /// The columns that name a subject; all rows are one subject when empty.
  package var subject: [Located<String>] = []
  package var order: Located<String>?
  package var per: [Located<String>] = []
  package var share = 0.95
  /// The largest p of a trace, over all columns.
  package var level = 0.05

  package init() {}

  package var selection: ColumnSelection? { columns }

  package static let fields: [Field<AccumulationCheck>] = [
    .table("dataset", \.dataset),
    .selection("columns", \.columns, "Columns examined; all of role metric."),
    .columns("subject", \.subject, "Columns that name a subject; all rows are one when left out.", orOne: true),
    .column(
      "order", \.order, "Column that orders the rows of a subject; their order in the file when left out.",
      isNumeric: true),
    .columns("per", \.per, "Columns by which the values are divided.", isNumeric: true, orOne: true),
    .optional("share", \.share, "The share of increases from which values grow.", .number(0.5...1, exclusive: false)),
    .optional("level", \.level, "The largest p of a trace.", .number(0...0.5, exclusive: true)),
  ]

  package static let selectsNumbers = true
  package var details: [String] { ["columns"] }

  /// Examines the table. O(rows · columns).
  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let table = tables.table
    let names = table.chosen(columns)
    let read = try table.read(names)
    let sequences = try table.sequences(subject: subject, order: order)
    var divisors: [[Double?]] = []
    for name in per { divisors.append(try table.readNumbers(name)) }
    var growths: [(column: Column, growth: Growth)] = []
    for column in read {
      let values = try table.readNumbers(column.schema.name)
      let series = sequences.map { rows in
        rows.compactMap { row in Self.quotient(values[row], divisors.map { $0[row] }) }
      }
      growths.append((column, Growth(series)))
    }
    // The first of several.
    guard
      let steepest = growths.filter({ $0.growth.steps > 0 }).reversed().max(by: { $0.growth.share < $1.growth.share })
    else { throw Reason("no subject has two values") }
    let bound = level / Double(growths.count)
    func grows(_ growth: Growth) -> Bool {
      growth.steps > 0 && growth.share >= share && (growth.pValue ?? 1) <= bound
    }
    var section = FindingSection("columns", "Steps from a repetition to the next", rowTitle: "Column")
    for (column, growth) in growths {
      section.add(column.schema.displayTitle, key: column.schema.name, growth.numbers)
    }
    let growing = growths.filter { grows($0.growth) }
    return Finding(
      !growing.isEmpty,
      [
        FindingNumber("examined", "Columns", .count(growths.count)),
        FindingNumber("growing", "Columns that grow", .count(growing.count)),
        FindingNumber("steepest", "Column with most increases", .text(steepest.column.schema.displayTitle)),
        FindingNumber("increases", "Its increases", .count(steepest.growth.increases)),
        FindingNumber("steps", "Its steps", .count(steepest.growth.steps)),
        FindingNumber("subjects", "Subjects", .count(sequences.count)),
        FindingNumber("rows", "Rows", .count(sequences.reduce(0) { $0 + $1.count })),
      ], headline: ["examined", "growing", "steepest", "increases", "steps"], sections: [section],
      examples: growing.map { FindingExample($0.column.schema.displayTitle, $0.growth.text) })
  }

  /// A value over its divisors; nil without one of them, for a division by 0 or a quotient that is not finite.
  private static func quotient(_ value: Double?, _ divisors: [Double?]) -> Double? {
    guard var quotient = value else { return nil }
    for divisor in divisors {
      guard let divisor, divisor != 0 else { return nil }
      quotient /= divisor
    }
    return quotient.isFinite ? quotient : nil
  }
}

/// Counts of rises and falls from value to value of each subject, and the ratio of each subject's last value to its first.
private struct Growth {
  var steps = 0
  var increases = 0
  var decreases = 0
  var ratios: [Double] = []

  init(_ series: [[Double]]) {
    for values in series {
      guard let first = values.first, let last = values.last, values.count > 1 else { continue }
      for (value, next) in zip(values, values.dropFirst()) {
        steps += 1
        if next > value { increases += 1 } else if next < value { decreases += 1 }
      }
      if first != 0 { ratios.append(last / first) }
    }
  }

  /// Increases over steps.
  var share: Double { Double(increases) / Double(max(1, steps)) }

  /// The probability of as many increases of as many changes; nil without a change.
  var pValue: Double? { try? BinomialTail.atLeast(increases, of: increases + decreases) }

  var text: String { "\(increases) of \(steps) steps go up" }

  var numbers: [FindingNumber] {
    [
      FindingNumber("steps", "Steps", .count(steps)),
      FindingNumber("increases", "Increases", .count(increases)),
      FindingNumber("share", "Share", .share(increases, of: steps)),
      FindingNumber(
        "p-value", "p", pValue.number({ .probability(PValue(exact: $0)) }, else: "no step changes the value")),
      FindingNumber("decreases", "Decreases", .count(decreases)),
      FindingNumber(
        "growth", "Last over first, median", Quantities.median(ratios).number { .number($0) }),
    ]
  }
}
