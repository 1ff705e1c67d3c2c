import Documents
import Specs
import Tables
import Testing

@testable import Forensics

@Suite struct FunctionOfTests {
  private let scores = table(
    column("score", [5, 5, 7, 7, 7, 9, 9.001, nil]),
    column("size", integers: [1, 1, 2, 2, 2, 3, 3, 3], role: .baseline),
    column("width", integers: [1, 1, 1, 2, 2, 1, 1, 1], role: .baseline),
    column("id", integers: [0, 1, 2, 3, 4, 5, 6, 7]))

  @Test func oneRowViolates() throws {
    let exact = FunctionOfCheck {
      $0.column = "score"; $0.of = ["size"]; $0.id = "id"
    }.finding(scores)
    #expect(exact.verdict == .notFound && exact.count("rows") == 7 && exact.count("incomplete") == 1)
    #expect(exact.count("distinct") == 4 && exact.count("keys") == 3 && exact.count("repeated-keys") == 3)
    #expect(exact.count("violations") == 1 && exact.count("violating-rows") == 1)
    #expect(exact.count("converse-violations") == 0)
    #expect(try abs(#require(exact.number("largest-spread")) - 0.001 / 9.001) < 1e-15)
    #expect(exact.examples == [FindingExample("6", "9.001 at size 3")])
    #expect(
      FunctionOfCheck {
        $0.column = "score"; $0.of = ["size"]; $0.tolerance = 1e-3
      }.finding(scores).verdict == .found)
    #expect(
      FunctionOfCheck {
        $0.column = "score"; $0.of = ["size"]; $0.exceptions = 1
      }.finding(scores).verdict == .found)
  }

  @Test func theConverse() {
    let finding = FunctionOfCheck {
      $0.column = "score"; $0.of = ["size", "width"]
    }.finding(scores)
    // 7 stands at sizes 2·1 and 2·2.
    #expect(finding.count("converse-violations") == 1 && finding.count("keys") == 4)
  }

  @Test func whatCannotBeAFunction() {
    #expect(
      FunctionOfCheck {
        $0.column = "size"; $0.of = ["id"]
      }.finding(scores).reason == "no key stands in two rows")
    let constant = table(column("c", [3, 3, 3]), column("k", integers: [1, 1, 2]))
    #expect(
      FunctionOfCheck {
        $0.column = "c"; $0.of = ["k"]
      }.finding(constant).reason == "the column has one value")
  }

  /// A column that varies by less than the tolerance is not thereby a function.
  @Test func nearlyConstantColumnsAreNoFunctions() {
    let flat = table(
      column("c", (0..<40).map { (row: Int) -> Double in 0.5 + 1e-5 * Double(row * 7 % 40) }),
      column("k", integers: (0..<40).map { (row: Int) -> Int in row % 4 }))
    let finding = FunctionOfCheck {
      $0.column = "c"; $0.of = ["k"]; $0.tolerance = 0.01
    }.finding(flat)
    #expect(finding.count("violating-rows") == 0 && finding.verdict == .notFound)
  }
}
