import Diagnostics
import Documents
import Files

extension SiteState {
  /// The changes that an earlier site has on record; what is not written as this tool writes it is left out.
  ///
  /// - Throws: `DiagnosticsError` when its file cannot be read.
  static func changes(in folder: String) throws(DiagnosticsError) -> [SiteChange] {
    let file = "\(folder)/\(path)"
    let bytes: [UInt8]
    do throws(FileFailure) { bytes = try FileSystem.read(file, limit: 16 << 20) } catch {
      throw DiagnosticsError([
        Diagnostic(id: "unreadable-file", message: "\(error)", fix: "name a folder that `trainfree site` wrote")
      ])
    }
    let state = JSONValue(try DocumentReader.read(bytes, file: file, limits: .data))
    return (state["changes"]?.elements ?? []).prefix(changeLimit).compactMap { change($0) }
  }

  private static func change(_ value: JSONValue) -> SiteChange? {
    func text(_ key: String, of value: JSONValue) -> String { String((value[key]?.string ?? "").prefix(1000)) }
    let (date, report, edition) = (text("date", of: value), text("report", of: value), text("edition", of: value))
    guard SiteDate.isDay(date), SiteReportReader.isName(report),
      edition.isEmpty || SiteReportReader.isName(edition)
    else { return nil }
    return SiteChange(
      date: date, report: report, title: text("title", of: value), edition: edition,
      verdicts: (value["verdicts"]?.elements ?? []).prefix(SiteChange.listLimit).map {
        .init(
          claim: text("claim", of: $0), title: text("title", of: $0), before: text("before", of: $0),
          after: text("after", of: $0))
      },
      values: max(0, value["values"]?.int ?? 0),
      figures: (value["figures"]?.elements ?? []).prefix(SiteChange.listLimit).compactMap(\.string)
        .filter { SiteReportReader.isName($0) },
      isNew: value["new"] == .bool(true))
  }
}

/// Days of the calendar as text.
package enum SiteDate {
  /// True for a day such as 2026-11-29 that is on the calendar.
  package static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), year > 0, (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
  }

  /// The day of a number of seconds since 1970, in Greenwich; from year 1 to 9999.
  package static func day(ofSeconds seconds: Int) -> String? {
    guard (0...253_402_300_799).contains(seconds) else { return nil }
    // Days from the first of March of year 0, in eras of 400 years.
    let days = seconds / 86_400 + 719_468
    let (era, dayOfEra) = (days / 146_097, days % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
