import Testing

@testable import Site

@Suite struct SiteDateTests {
  @Test(arguments: ["2026-11-29", "2024-02-29", "2000-02-29", "0001-01-01"])
  func daysOfTheCalendar(_ day: String) { #expect(SiteDate.isDay(day)) }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026-11-31", "", "2026-11-2x", "+026-11-29",
  ])
  func noDays(_ day: String) { #expect(!SiteDate.isDay(day)) }

  @Test(arguments: [
    (0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_796_083_199, "2026-11-30"), (4_107_542_400, "2100-03-01"),
  ])
  func daysOfSeconds(_ seconds: Int, _ day: String) { #expect(SiteDate.day(ofSeconds: seconds) == day) }
}
