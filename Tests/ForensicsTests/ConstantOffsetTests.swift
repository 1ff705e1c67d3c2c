import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct ConstantOffsetTests {
  @Test func columns() {
    let values = table(column("x", [11, 12, 15, 20, nil]), column("y", [1, 2, 5, 10.001, 3]))
    let loose = ConstantOffsetCheck {
      $0.column = "x"; $0.counterpart = .column("y")
    }.finding(values)
    #expect(loose.verdict == .found && loose.number("offset") == 10 && loose.count("rows") == 4)
    #expect(loose.count("unpaired") == 1 && abs((loose.number("largest-deviation") ?? 0) - 0.001) < 1e-12)
    let strict = ConstantOffsetCheck {
      $0.column = "x"; $0.counterpart = .column("y"); $0.tolerance = 1e-6
    }.finding(values)
    #expect(strict.verdict == .notFound)
  }

  /// Rows of two conditions are paired by key, in whatever order they stand.
  @Test func conditions() {
    let values = table(
      column("x", [1, 5, 9, 8, 4, 12, 3, 3]), column("step", integers: [0, 0, 0, 1, 1, 1, 1, 2]),
      column("cell", texts: ["a", "b", "c", "b", "a", "c", "d", "a"]))
    let check = ConstantOffsetCheck {
      $0.column = "x";
      $0.counterpart = .conditions(
        .init {
          $0.column = "step"; $0.values = ["1", "0"]; $0.keys = ["cell"]
        })
    }
    let finding = check.finding(values)
    #expect(finding.verdict == .found && finding.number("offset") == 3 && finding.number("deviation") == 0)
    #expect(finding.count("rows") == 3 && finding.count("unpaired") == 1)
    let absent = ConstantOffsetCheck {
      $0.column = "x";
      $0.counterpart = .conditions(
        .init {
          $0.column = "step"; $0.values = ["7", "8"]; $0.keys = ["cell"]
        })
    }
    #expect(absent.finding(values).reason == "no row is of one of the two conditions")
  }

  @Test func constantColumnsShowNothing() {
    let flat = table(column("x", [2, 2, 2]), column("y", [1, 1, 1]))
    #expect(
      ConstantOffsetCheck {
        $0.column = "x"; $0.counterpart = .column("y")
      }.finding(flat).reason == "the column does not vary")
  }
}
