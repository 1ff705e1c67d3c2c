/// A day of the proleptic Gregorian calendar.
package struct CalendarDate: Sendable, Hashable, Comparable {
  /// The date as `2026-11-24`.
  package let text: String
  /// Days since 1 March of the year 0.
  private let day: Int

  /// Reads `2026-11-24`; nil for anything else, and for days that there are not.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month), day >= 1
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    guard day <= length else { return nil }
    self.text = text
    // Years that begin in March have the leap day at their end (Hinnant 2013).
    let (shifted, place) = (month > 2 ? year : year - 1, (month + 9) % 12)
    self.day = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * place + 2) / 5 + day
  }

  package static func < (one: CalendarDate, other: CalendarDate) -> Bool { one.day < other.day }

  /// The days from another date to this one; negative when it lies before.
  package func days(since other: CalendarDate) -> Int { day - other.day }
}

/// The day when a claim or finding was written down, beside that of the first result of its analysis.
package struct Registration: Sendable, Hashable {
  /// The day when it was written down; nil when none is stated.
  package var registered: CalendarDate?
  /// The commit that has it first; nil when none is stated.
  package var commit: String?
  /// The day of the first result of the analysis; nil when none is stated.
  package var firstResult: CalendarDate?

  package init(registered: CalendarDate? = nil, commit: String? = nil, firstResult: CalendarDate? = nil) {
    self.registered = registered
    self.commit = commit
    self.firstResult = firstResult
  }

  /// True when it was written down on a day before that of the first result.
  package var isBeforehand: Bool { (lead ?? 0) > 0 }

  /// The days by which it came before the first result; nil when either day is not stated.
  private var lead: Int? {
    guard let registered, let firstResult else { return nil }
    return firstResult.days(since: registered)
  }

  /// In words: `registered 3 days before the first result`, `written 2 days after the first result: post hoc`, `post hoc`. On
  /// the same day nobody can tell which came first, so that is post hoc too.
  package var words: String {
    guard let lead else { return "post hoc" }
    func days(_ count: Int) -> String { "\(count) day\(count == 1 ? "" : "s")" }
    if lead > 0 { return "registered \(days(lead)) before the first result" }
    return lead == 0
      ? "written on the day of the first result: post hoc" : "written \(days(-lead)) after the first result: post hoc"
  }
}
