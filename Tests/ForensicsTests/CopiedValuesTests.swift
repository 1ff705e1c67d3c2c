import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct CopiedValuesTests {
  /// Steps 0, 5, 50 and 70 of three records: 50 copies 5, and 70 shares one record with 0.
  private let training = table(
    column("a", [1, 2, 3, 11, 12, 13, 11, 12, 13, 1, 22, 23]), column("b", [5, 5, 5, 6, 6, 6, 6, 6, 6, 5, 7, 7]),
    column("steps", integers: [0, 0, 0, 5, 5, 5, 50, 50, 50, 70, 70, 70]),
    column("id", integers: [1, 2, 3, 1, 2, 3, 3, 2, 1, 1, 2, 3]))

  @Test func copies() throws {
    let ordered = training.selecting(rows: [0, 1, 2, 3, 4, 5, 9, 10, 11])
    #expect(
      CopiedValuesCheck {
        $0.over = "steps"; $0.keys = ["id"]
      }.finding(ordered).verdict == .notFound)
    let finding = CopiedValuesCheck {
      $0.over = "steps"; $0.keys = ["id"]
    }.finding(training)
    // Under 50 the ids run backwards: record 2 alone holds its values of 5.
    #expect(finding.verdict == .notFound && finding.row("pairs", "5-50")?.count("identical") == 1)
    let aligned = training.adding(column("id", integers: [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]))
    let copied = CopiedValuesCheck {
      $0.over = "steps"; $0.keys = ["id"]
    }.finding(aligned)
    #expect(copied.verdict == .found && copied.count("copied-pairs") == 1 && copied.count("partial-pairs") == 1)
    #expect(copied.count("conditions") == 4 && copied.count("compared-pairs") == 6 && copied.count("keys") == 3)
    #expect(copied.section("pairs")?.rows.map(\.title) == ["5 and 50", "0 and 70"])
    #expect(try #require(copied.row("pairs", "0-70")).count("identical") == 1)
  }

  @Test func constantColumnsAreNoCopies() {
    #expect(
      CopiedValuesCheck {
        $0.columns = .named(["steps"]); $0.over = "b"; $0.keys = ["id"]
      }.finding(training).verdict == .notFound)
    let flat = table(
      column("a", [1, 1, 1, 1]), column("steps", integers: [0, 0, 5, 5]), column("id", integers: [1, 2, 1, 2]))
    let finding = CopiedValuesCheck {
      $0.over = "steps"; $0.keys = ["id"]
    }.finding(flat)
    #expect(finding.verdict == .notFound && finding.row("pairs", "0-5")?.count("identical") == 2)
  }

  @Test func tooFewOrTooManyConditions() {
    let check = CopiedValuesCheck {
      $0.columns = .named(["a"]); $0.over = "steps"; $0.keys = ["id"]
    }
    #expect(check.finding(training.selecting(rows: [0, 1])).reason == "there is one condition, or none")
    let many = table(
      column("a", (0..<501).map { Double($0) }), column("steps", integers: (0..<501).map { $0 }),
      column("id", integers: (0..<501).map { $0 }))
    #expect(check.finding(many).reason == "there are 501 conditions, more than 500")
    #expect(
      check.finding(many.selecting(rows: [0, 1, 2])).reason == "no two conditions have two keys in common")
  }
}
