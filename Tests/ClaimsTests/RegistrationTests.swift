import Testing

@testable import Claims

@Suite struct RegistrationTests {
  @Test(arguments: [
    ("2026-11-24", "2026-11-27", "registered 3 days before the first result", true),
    ("2026-02-28", "2026-03-01", "registered 1 day before the first result", true),
    ("2024-02-28", "2024-03-01", "registered 2 days before the first result", true),
    ("2025-12-31", "2026-01-01", "registered 1 day before the first result", true),
    ("2026-11-24", "2026-11-24", "written on the day of the first result: post hoc", false),
    ("2026-11-26", "2026-11-24", "written 2 days after the first result: post hoc", false),
    ("2000-03-01", "1900-03-01", "written 36525 days after the first result: post hoc", false),
  ])
  func writtenBeforeOrAfter(_ date: String, _ first: String, _ words: String, _ isBeforehand: Bool) {
    let registration = Registration(
      registered: CalendarDate(date), firstResult: CalendarDate(first))
    #expect(registration.words == words && registration.isBeforehand == isBeforehand)
  }

  @Test func withoutBothDaysItIsPostHoc() {
    let day = CalendarDate("2026-11-24")
    #expect(day != nil)
    for registration in [Registration(), Registration(registered: day), Registration(firstResult: day)] {
      #expect(registration.words == "post hoc" && !registration.isBeforehand)
    }
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-00-10", "2026-02-29", "1900-02-29", "2026-04-31", "2026-1-01", "26-01-01",
    "2026-01-00",
    "2026/01/01", "2026-01-01 ", "２０２６-01-01", "-026-01-01",
  ])
  func daysThatThereAreNot(_ text: String) { #expect(CalendarDate(text) == nil) }
}
