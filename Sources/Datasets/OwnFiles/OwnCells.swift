import Diagnostics
import Specs
import Tables

/// The raw cells of a file of the user's own, whatever its format, and what was found out about its form.
struct OwnCells {
  private(set) var table: RawTable
  /// The sign before decimals.
  private(set) var decimal: DecimalSign
  /// Rows left out, by reason.
  private(set) var skipped: [(reason: String, line: Int)] = []
  /// Rows of the file, those left out among them.
  private(set) var recordCount: Int
  /// The names of columns that hold keys of nested objects.
  private(set) var levels: [String] = []
  /// Columns left out because long form has several values of them in a row.
  private(set) var leftOut: [String] = []
  /// The form in words.
  private(set) var form: String
  /// True for text with cells between separators, whose cells have a place in their line.
  private(set) var isSeparated = false

  /// The most rows that tell the sign before decimals.
  private static let sample = 2000

  init(
    _ content: [UInt8], path: String, reading: FileReading, skipsMalformed: Bool, location: SourceLocation?
  ) throws(DiagnosticsError) {
    let text = try OwnText(content, encoding: reading.encoding, file: path)
    let format = reading.format ?? Self.format(text.bytes, path: path)
    var words: [String]
    decimal = reading.decimal ?? .point
    switch format {
    case .csv:
      var separated = SeparatedText(reading, file: path, skipsMalformed: skipsMalformed)
      table = try separated.read(text.bytes)
      (skipped, recordCount, isSeparated) = (separated.skipped, separated.recordCount, true)
      if reading.decimal == nil, Self.hasDecimalCommas(table, isComma: separated.separator == .comma) {
        decimal = .comma
      }
      words = [separated.separator == .tab ? "TSV" : "CSV"]
      switch separated.separator {
      case .comma, .tab: break
      case .semicolon: words.append("semicolons between cells")
      case .pipe: words.append("bars between cells")
      }
      if decimal == .comma { words.append("decimal commas") }
      if separated.commentCount > 0 {
        words.append("\(separated.commentCount) comment \(separated.commentCount == 1 ? "line" : "lines")")
      }
    case .json, .jsonLines:
      var records = JSONRecords(reading, file: path, skipsMalformed: skipsMalformed)
      table = try format == .json ? records.read(document: text.bytes) : records.read(lines: text.bytes)
      (skipped, recordCount, levels) = (records.skipped, records.recordCount, records.levels)
      words = [format == .json ? "JSON" : "JSON lines"]
      if !levels.isEmpty { words.append("keys of objects as \(levels.joined(separator: ", "))") }
    case .sqlite:
      var rows = SQLiteRows(reading, file: path)
      table = try rows.read(text.bytes)
      recordCount = table.rowCount
      words = ["SQLite", rows.source]
    }
    if let pivot = reading.pivot {
      (table, leftOut) = try LongForm.gathered(
        table, pivot, at: location ?? SourceLocation(file: path, line: 1))
      recordCount = table.rowCount + skipped.count
      isSeparated = false
      words.append("long form, \(pivot.values) by \(pivot.names)")
    }
    form = (words + text.words).joined(separator: ", ")
  }

  /// The format of a file, by its first bytes, then by its name.
  private static func format(_ bytes: [UInt8], path: String) -> FileFormat {
    if bytes.starts(with: Array("SQLite format 3\u{0}".utf8)) { return .sqlite }
    var name = path.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .jsonLines }
    guard let first = bytes.first(where: { ![32, 9, 10, 13].contains($0) }) else { return .csv }
    if first == UInt8(ascii: "{") {
      let lines = bytes.split(separator: 10, maxSplits: 2, omittingEmptySubsequences: true)
      let begins = lines.prefix(2).allSatisfy { line in
        line.first == UInt8(ascii: "{") && line.last(where: { $0 != 13 && $0 != 32 }) == UInt8(ascii: "}")
      }
      return lines.count > 1 && begins ? .jsonLines : .json
    }
    return first == UInt8(ascii: "[") && !name.hasSuffix(".csv") ? .json : .csv
  }

  /// True when cells are numbers with a comma before decimals, more than with a point.
  ///
  /// - Parameter isComma: True when commas separate cells: what stands in quotes may then be thousands, and is not taken for a
  ///   decimal where three digits follow each comma.
  private static func hasDecimalCommas(_ table: RawTable, isComma: Bool) -> Bool {
    var (commas, points, others) = (0, 0, 0)
    for row in 0..<min(table.rowCount, sample) {
      for column in 0..<table.columnCount {
        let bytes = table.bytes(row, column)
        guard let sign = bytes.firstIndex(where: { $0 == 44 || $0 == 46 }), bytes.count < 40 else { continue }
        let text = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
        guard Double(text.replacing(",", with: ".")) != nil else { continue }
        if bytes[sign] == 46 {
          points += 1
        } else {
          commas += 1
          let decimals = bytes[(sign + 1)...].prefix { (48...57).contains($0) }.count
          if decimals != 3 { others += 1 }
        }
      }
    }
    return commas > points && (!isComma || others > 0)
  }
}
