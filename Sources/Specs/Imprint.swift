import Documents

/// What the head of a report says of the text itself.
package struct Imprint: Keyed {
  /// The authors, in order.
  package var authors: [Located<String>] = []
  /// The day of the text, as 2026-11-29.
  package var date: Located<String>?
  /// The licence of the text, such as `CC BY 4.0`.
  package var licence: String?
  /// The address of the page that the report belongs to, absolute or from the report's folder.
  package var home: Located<String>?

  package init() {}

  package static let definition = "imprint"
  package static let summary = "Authors, day and licence of the report's text, and the page that it belongs to."
  package static let fields: [Field<Imprint>] = [
    .optional("authors", \.authors, "Authors, in order.", .list(.text, minimum: 1)),
    .optional("date", \.date, "The day of the text, in quotes, such as \"2026-11-29\".", .text),
    .optional("licence", \.licence, "Licence of the text.", .text),
    .optional(
      "home", \.home, "Address of the page that the report belongs to: https://…, or a path from the report's folder.",
      .text
    ),
  ]

  /// True when a text is a day of the calendar, written as 2026-11-29.
  static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.map(\.utf8.count) == [4, 2, 2],
      text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }
}

extension AnalysisChecks {
  /// Reports a day that is none, and an address that a page could not safely link to.
  mutating func checkImprint() {
    if let date = analysis.imprint.date, !Imprint.isDay(date.value) {
      report("bad-date", date, "\(date.value) is not a day", fix: "write year, month and day, such as \"2026-11-29\"")
    }
    if let home = analysis.imprint.home {
      let isWeb = home.value.hasPrefix("https://") || home.value.hasPrefix("http://")
      if !isWeb, home.value.contains(":") || home.value.hasPrefix("//") {
        report(
          "bad-address", home, "\(home.value) is neither a web address nor a path",
          fix: "write https://…, or a path such as ../index.html")
      }
    }
  }
}
