import Documents
import Specs
import Statistics
import Tables
import Testing

@testable import Forensics

@Suite struct ColumnMatchTests {
  private let x: [Double] = (0..<50).map { row in
    let value = Double(row * 37 % 50)
    return value * value + 1
  }

  /// Each relation is found with its constants, and a simpler one is not.
  @Test(arguments: [
    (ColumnRelation.equal, 1.0, 0.0), (.opposite, -1, 0), (.factor, 2.5, 0), (.factor, -1e-9, 0), (.offset, 1, -34.657),
    (.affine, -3, 1e6),
  ])
  func constantsOfARelation(_ relation: ColumnRelation, _ factor: Double, _ offset: Double) throws {
    let published = table(column("y", x.map { factor * $0 + offset }), column("x", x))
    let finding = ColumnMatchCheck {
      $0.column = "y"; $0.candidates = ["x"]; $0.relations = ColumnRelation.allCases; $0.tolerance = 1e-7
    }.finding(published)
    #expect(finding.verdict == .found && finding["relation"] == .text(relation.rawValue))
    #expect(try abs(#require(finding.number("factor")) / factor - 1) < 1e-9)
    #expect(try abs(#require(finding.number("offset")) - offset) < 1e-9 * max(1, abs(offset)))
    #expect(finding.count("within") == 50 && (finding.number("largest-error") ?? 1) < 1e-8)
    let strict = ColumnMatchCheck {
      $0.column = "y"; $0.candidates = ["x"]; $0.tolerance = 1e-7
    }.finding(published)
    #expect(strict.verdict == (relation == .equal ? .found : .notFound))
  }

  @Test func theBestCandidateComesFirst() {
    let published = table(
      column("y", x), column("far", x.reversed()), column("near", x.map { $0 * 1.0001 }), column("same", x),
      column("half", (0..<50).map { row -> Double? in row < 25 ? x[row] : nil }))
    let finding = ColumnMatchCheck {
      $0.column = "y"; $0.candidates = ["far", "near", "same", "half"]
    }.finding(published)
    #expect(finding.section("candidates")?.rows.map(\.key) == ["same", "half", "near", "far"])
    #expect(finding["best"] == .text("same") && finding.count("matches") == 2 && finding.count("exact") == 50)
    #expect(finding.row("candidates", "half")?.count("rows") == 25)
  }

  @Test func aFewStrayRowsAreAllowedOnRequest() {
    var values = x
    values[3] = 1e6
    values[30] = -5
    let published = table(column("y", x.map { 4 * $0 + 2 }), column("x", values))
    var check = ColumnMatchCheck {
      $0.column = "y"; $0.candidates = ["x"]; $0.relations = [.affine]
    }
    #expect(check.finding(published).verdict == .notFound)
    check.share = 0.95
    #expect(check.finding(published).verdict == .found && check.finding(published).count("within") == 48)
  }

  /// Two columns that hardly vary lie within any tolerance of one another and are no match for that.
  @Test func columnsThatHardlyVaryDoNotMatch() throws {
    var generator = SeededGenerator(seed: 1)
    func flat() -> [Double] { (0..<50).map { _ in 0.5688 + 1e-6 * Double(generator.next(below: 1000)) } }
    let published = table(column("y", flat()), column("x", flat()))
    let finding = ColumnMatchCheck {
      $0.column = "y"; $0.candidates = ["x"]; $0.relations = ColumnRelation.allCases; $0.tolerance = 0.01
    }.finding(published)
    #expect(finding.verdict == .notFound && finding.count("within") == 50)
    #expect((finding.number("spread-error") ?? 0) > 0.5)
  }

  @Test func whatCannotBeCompared() {
    let flat = table(column("y", [1, 1, nil]), column("x", [1, 2, 3]), column("t", texts: ["a", "b", "c"]))
    #expect(
      ColumnMatchCheck {
        $0.column = "y"; $0.candidates = ["x"]
      }.finding(flat).reason == "the column does not vary")
    #expect(
      ColumnMatchCheck {
        $0.column = "x"; $0.candidates = ["t"]
      }.finding(flat).reason == "the column t holds text")
    #expect(
      ColumnMatchCheck {
        $0.column = "x"; $0.candidates = []
      }.finding(flat).reason == "no candidate is named")
    // One row fixes a factor: it shows nothing.
    let single = table(column("y", [6, 1]), column("x", [2, nil]))
    #expect(
      ColumnMatchCheck {
        $0.column = "y"; $0.candidates = ["x"]; $0.relations = [.factor]
      }.finding(single).verdict == .notFound)
  }
}
