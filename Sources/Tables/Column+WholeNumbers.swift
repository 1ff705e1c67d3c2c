/// Whole numbers beyond 2⁵³, which not all have a Double that equals them.
extension Column {
  private static let limit = 1 << 53

  /// What a column that is not exact holds, in words.
  package static let beyondExact = "whole numbers beyond 2^53 (9,007,199,254,740,992) that no double equals"

  /// Whether every value that is a number equals a Double.
  package var isExact: Bool {
    guard case .integer(let values) = storage else { return true }
    return values.indices.allSatisfy { row in
      values[row].magnitude <= Self.limit || undefined[row] != nil || Int(exactly: Double(values[row])) == values[row]
    }
  }

  /// The values as numbers less an origin, so that differences, ranks and coefficients of whole numbers are exact. The origin
  /// is 0 but for columns of whole numbers that are not exact as Doubles and lie within 2⁵³ of one another: there it is the
  /// smallest. Of columns with a wider range the numbers are those of `numbers`: their order is exact, differences are
  /// rounded.
  package var offsets: (origin: Int, values: [Double?]) {
    guard !isExact, case .integer(let all) = storage else { return (0, numbers) }
    let rows = all.indices.filter { undefined[$0] == nil }
    guard let least = rows.map({ all[$0] }).min(), let greatest = rows.map({ all[$0] }).max() else {
      return (0, numbers)
    }
    let range = greatest.subtractingReportingOverflow(least)
    guard !range.overflow, range.partialValue <= Self.limit else { return (0, numbers) }
    var values = [Double?](repeating: nil, count: all.count)
    for row in rows { values[row] = Double(all[row] - least) }
    return (least, values)
  }

  /// The nearest Doubles, larger ones where two whole numbers have the same. O(n log n).
  func ordered(_ values: [Int]) -> [Double?] {
    var numbers: [Int: Double] = [:]
    var last = -Double.infinity
    for value in Set(values.indices.filter { undefined[$0] == nil }.map { values[$0] }).sorted() {
      last = max(Double(value), last.nextUp)
      numbers[value] = last
    }
    return values.map { numbers[$0] }
  }
}
