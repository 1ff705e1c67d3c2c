import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct DuplicatesTests {
  /// Six vectors: two of three rows with id steps of 100 and 7, one of six, one of two, two alone; a row without a value.
  private let repeated = table(
    column("m", [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6, nil]),
    column("n", [0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1]),
    column("loss", (0..<17).map { Double($0) }, role: .target),
    column(
      "id", integers: [1, 101, 201, 30, 16, 23, 2, 102, 202, 302, 402, 502, 50, 57, 60, 61, 62]))

  @Test func groupsAndSteps() {
    let finding = DuplicatesCheck { $0.id = "id" }.finding(repeated)
    #expect(finding.verdict == .found)
    #expect(finding.count("rows") == 16 && finding.count("incomplete") == 1 && finding.count("distinct") == 6)
    #expect(finding.count("groups") == 4 && finding.count("grouped-rows") == 14 && finding.count("surplus") == 10)
    #expect(finding.count("common-size") == 3 && finding.count("common-groups") == 2)
    #expect(finding.count("multiples") == 3 && finding.count("largest") == 6)
    #expect(finding.section("sizes")?.rows.map(\.key) == ["size-1", "size-2", "size-3", "size-6"])
    #expect(finding.row("sizes", "size-3")?.count("groups") == 2)
    #expect(finding.section("strides")?.rows.map(\.key) == ["stride-100", "stride-7"])
    #expect(finding.row("strides", "stride-100")?.count("steps") == 7)
    #expect(finding.row("strides", "stride-7")?.count("groups") == 2)
    #expect(finding.examples[0] == FindingExample("3 rows", "1, 101, 201"))
    #expect(finding.examples[2] == FindingExample("6 rows", "2, 102, 202, 302, 402, 502"))
  }

  @Test func distinctRowsAreNoDuplicates() {
    let finding = DuplicatesCheck {
      $0.columns = .named(["m", "loss"]); $0.id = "id"
    }.finding(repeated)
    #expect(finding.verdict == .notFound && finding.count("distinct") == 16 && finding.sections.map(\.key) == ["sizes"])
    #expect(finding["common-size"] == .undefined("no vector is repeated"))
  }

  @Test func columnsThatAreNotThere() {
    #expect(DuplicatesCheck { $0.columns = .named(["q"]) }.finding(repeated).reason == "there is no column q")
    #expect(DuplicatesCheck { $0.id = "q" }.finding(repeated).verdict == .undecidable)
  }
}
