import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct BatchOverlapTests {
  /// Four subjects, eight batches each, given backwards: a zigzag shows no overlap, a walk up and down does.
  private func batches(_ values: [Double]) -> Table {
    table(
      column("m", Array((0..<4).flatMap { subject in values.map { $0 * Double(subject + 1) } }.reversed())),
      column("cell", texts: Array((0..<4).flatMap { subject in values.map { _ in "c\(subject)" } }.reversed())),
      column("batch", integers: Array((0..<4).flatMap { _ in Array(values.indices) }.reversed())))
  }

  @Test func declaredRowsAndEvidence() throws {
    let check = BatchOverlapCheck {
      $0.subject = ["cell"]; $0.order = "batch"; $0.length = 70; $0.stride = 1; $0.permutations = 999
    }
    let walk = check.finding(batches([0, 1, 2, 3, 3, 2, 1, 0]))
    #expect(walk.verdict == .found && walk.count("shared-rows") == 69 && walk.count("subjects") == 4)
    #expect(try abs(#require(walk.number("shared-share")) - 69.0 / 70) < 1e-15)
    // Products of neighbouring deviations: .75, −.25, .75, 2.25, .75, −.25, .75; squares sum to 10.
    #expect(try abs(#require(walk.number("mean-correlation")) - 0.475) < 1e-14)
    #expect(walk.number("p-value") == 0.001 && walk.count("significant") == 1)
    #expect(walk.row("columns", "m")?.count("subjects") == 4)
    #expect(try abs(#require(walk.number("expected")) + 0.125) < 1e-15)
  }

  @Test func noEvidence() {
    var check = BatchOverlapCheck {
      $0.subject = ["cell"]; $0.order = "batch"; $0.length = 70; $0.stride = 1; $0.permutations = 99
    }
    let zigzag = batches([0, 3, 1, 2, 0, 3, 1, 2])
    #expect(check.finding(zigzag).reason == "an overlap is declared, and the values do not show it")
    #expect(check.finding(zigzag).count("shared-rows") == 69)
    check.stride = 70
    #expect(check.finding(zigzag).verdict == .notFound && check.finding(zigzag).count("shared-rows") == 0)
    check.length = nil
    #expect(check.finding(zigzag).verdict == .notFound && check.finding(zigzag)["shared-rows"] == nil)
  }
}
