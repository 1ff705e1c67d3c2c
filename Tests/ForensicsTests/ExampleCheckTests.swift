import Documents
import Outcomes
import Specs
import TestSupport
import Testing

@testable import Forensics

/// Whether a column has one value: the check that the module's README writes as an example.
package struct ConstantCheck: ForensicCheck {
  package static let definition = "constant"
  package static let summary = "Whether a column has one value."
  package static let meaning = "The column has one value in all rows."

  package var dataset = Located<String>.unread
  package var column = Located<String>.unread
  package init() {}

  package static let fields: [Field<ConstantCheck>] = [
    .table("dataset", \.dataset), .column("column", \.column, "The column."),
  ]

  package func examine(_ tables: ForensicTables) throws(Reason) -> Finding {
    let column = try tables.table.read(column)
    let values = Set((0..<column.count).compactMap { column.text($0) })
    guard !values.isEmpty else { throw Reason("no row has a value") }
    return Finding(
      values.count == 1, [FindingNumber("values", "Distinct values", .count(values.count))], headline: ["values"])
  }
}

/// A check is one type: reading, findings with their places, schema and keys follow from its fields.
@Suite struct ExampleCheckTests {
  private let data = table(column("same", [2, nil, 2]), column("other", [1, 2, 2]), column("none", [nil, nil, nil]))

  @Test(arguments: [("same", Verdict.found, 1), ("other", .notFound, 2)])
  func columnsOfOneValueAreFound(_ name: String, _ verdict: Verdict, _ count: Int) {
    let finding = ConstantCheck { $0.column = Located(stringLiteral: name) }.finding(data)
    #expect(finding.verdict == verdict && finding.count("values") == count)
  }

  @Test func whatCannotBeDecidedSaysWhy() {
    #expect(ConstantCheck { $0.column = "none" }.finding(data).reason == "no row has a value")
    #expect(ConstantCheck { $0.column = "missing" }.finding(data).reason == "there is no column missing")
  }

  @Test func readmeHasTheExample() throws {
    let example = try #require(
      try ReadmeExample.declaration("package struct ConstantCheck", in: "ForensicsTests/ExampleCheckTests.swift"))
    #expect(try ReadmeExample.readme(of: "Forensics").contains("```swift\n\(example)```\n"))
  }
}
