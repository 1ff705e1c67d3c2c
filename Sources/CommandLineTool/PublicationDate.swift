/// The date written into PDF files: SOURCE_DATE_EPOCH when it is set, a fixed one otherwise.
enum PublicationDate {
  /// ISO 8601.
  static var pdf: String {
    guard let epoch = Environment.value("SOURCE_DATE_EPOCH"), let seconds = Int(epoch),
      (0...253_402_300_799).contains(seconds)
    else { return "2000-01-01T00:00:00Z" }
    return text(seconds)
  }

  /// Days to year, month, day by Hinnant's algorithm for the proleptic Gregorian calendar.
  static func text(_ seconds: Int) -> String {
    let shifted = seconds / 86400 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let rest = seconds % 86400
    return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
