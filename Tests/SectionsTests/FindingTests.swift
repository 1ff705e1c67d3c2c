import Documents
import Forensics
import Outcomes
import Specs
import Tables
import Testing

@testable import Sections

@Suite struct FindingTests {
  /// A check that finds what it looks for, of a table in which two columns hold the same values.
  private func made() throws -> (part: ForensicPart, record: FindingRecord) {
    var check = DuplicatesCheck()
    check.dataset = "rows"
    let schemas = [
      ColumnSchema(name: "id", type: .integer, title: "Number", role: .identifier),
      ColumnSchema(name: "score", type: .real, title: "Score", role: .metric),
    ]
    let part = ForensicPart(
      spec: ForensicSpec(name: "repeats", title: "Repeats", check: check), columns: [schemas[1]], known: schemas,
      knownOfOther: [], other: nil)
    let record = FindingRecord(
      Finding(undecidable: "\(ColumnMark.text("score", in: .table)) is constant"), of: DuplicatesCheck.self)
    return (part, record)
  }

  /// Numbers of every form, with a section.
  private static let json: JSONValue = .record([
    "kind": "duplicates", "meaning": "Rows stand twice.", "verdict": "found", "reason": nil,
    "numbers": [
      .record(["key": "rows", "title": "Rows", "form": "count", "value": 1200]),
      .record(["key": "share", "title": "Share", "form": "share", "value": 0.125]),
      .record(["key": "chance", "title": "Chance", "form": "small", "value": 1.5e-9]),
      .record(["key": "mean", "title": "Mean", "form": "number", "value": 0.25]),
      .record([
        "key": "worst", "title": "Worst", "form": "text", "value": .string(ColumnMark.text("score", in: .table)),
      ]),
      .record(["key": "rest", "title": "Rest", "form": "undefined", "value": .record(["undefined": "there are none"])]),
    ],
    "headline": ["rows", "rest", "chance"],
    "sections": [
      .record([
        "key": "sizes", "title": "Groups by size", "row-title": "Size", "omitted": 1500,
        "rows": [
          .record([
            "key": "2", "title": "Two",
            "numbers": [.record(["key": "groups", "title": "Groups", "form": "count", "value": 3])],
          ])
        ],
      ])
    ],
    "examples": [.record(["title": "Group 1", "text": "a, b"])],
  ])

  @Test func recordsAreReadAsWritten() throws {
    let record: FindingRecord = try Self.json.decoded()
    #expect(try JSONValue(encoding: record) == Self.json)
    try expectRoundTrip(record)
    try expectRoundTrip(try made().record)
  }

  @Test func findingsAreAddressedByPath() throws {
    let (part, _) = try made()
    let record: FindingRecord = try Self.json.decoded()
    let values = try part.values(MadeOutputs(["forensics/repeats": record]).inputs)
    #expect(
      values.members?.map(\.key) == [
        "title", "kind", "verdict", "rows", "share", "chance", "mean", "worst", "rest", "sizes", "record",
      ])
    #expect(values["worst"] == "Score" && values["rest"]?["undefined"] == "there are none")
    #expect(values["sizes"]?["2"]?.text() == #"{"title":"Two","groups":3}"#)
    #expect(values["record"]?["reason"] == .null && values["record"]?["sections"] == Self.json["sections"])
  }

  @Test func tablesHaveNumbersOfEveryForm() throws {
    let (part, _) = try made()
    let context = MadeOutputs(["forensics/repeats": try Self.json.decoded(as: FindingRecord.self)]).context()
    let finding = try part.table(TableSpec(), context)
    #expect(
      finding.texts == [
        ["Quantity", "Value"], ["Verdict", "found"], ["Rows", "1,200"], ["Share", "12.5 %"], ["Chance", "1.5×10⁻⁹"],
        ["Mean", "0.2500"], ["Worst", "Score"], ["Rest", "undefined: there are none"], ["Example: Group 1", "a, b"],
      ])
    #expect(finding.notes == ["Found means: rows stand twice."])
    var spec = TableSpec()
    spec.content = "details"
    let details = try part.table(spec, context)
    #expect(details.texts == [["Size", "Groups"], ["Two", "3"]] && details.notes == ["1,500 more are not listed."])
    #expect(details.caption == "Repeats: groups by size.")
    spec.section = "other"
    #expect(try part.table(spec, context).caption == "Repeats: nothing to list.")
    let overview = try ForensicPart.findings([part], context)
    #expect(
      overview.rows[0].map(\.text) == ["Repeats", "rows", "duplicates", "found", "rows: 1,200; chance: 1.5×10⁻⁹"])
  }

  @Test func anUndecidedCheckSaysWhy() throws {
    let (part, record) = try made()
    let context = MadeOutputs(["forensics/repeats": record]).context()
    let rows = try part.table(TableSpec(), context).rows
    #expect(rows.map { $0.map(\.text) } == [["Verdict", "undecidable: Score is constant"]])
    #expect(try part.values(MadeOutputs(["forensics/repeats": record]).inputs)["reason"] == "Score is constant")
  }
}
