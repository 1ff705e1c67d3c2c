import Diagnostics
import Testing

@testable import Tables

/// Text that is not UTF-8, and files that are not comma-separated, are refused with their place.
@Suite struct TextEncodingTests {
  private let columns = [
    CSVColumn(schema: ColumnSchema(name: "id", type: .text), header: "id"),
    CSVColumn(schema: ColumnSchema(name: "loss", type: .real), header: "loss"),
  ]

  private func problems(_ bytes: [UInt8]) -> [Diagnostic] {
    do {
      _ = try CSVImport(columns: columns, ignoredHeaders: ["note"]).read(bytes, file: "f.csv")
      return []
    } catch { return error.diagnostics }
  }

  private func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

  @Test(arguments: [
    ("id,loss\n\u{E9},1\n", 2, 1), ("id,loss\na,1\ncaf\u{E9},2\n", 3, 4), ("id,loss,note\na,1,\u{FC}\n", 2, 5),
    ("id,loss\n\"x\ny\u{E9}\",1\n", 3, 2), ("id,lo\u{DF}\na,1\n", 1, 6), ("id,loss\r\na,1\r\nb\u{E9}", 3, 2),
  ])
  func bytesThatAreNotUTF8HaveAPlace(_ text: String, _ line: Int, _ column: Int) {
    let found = problems(latin1(text))
    #expect(found.map(\.id) == ["invalid-utf8"])
    #expect(found.first?.location?.description == "f.csv:\(line):\(column)")
  }

  /// The place is right beyond the first window too, and after text of several bytes.
  @Test func placesAreRightInLongFiles() {
    let rows = String(repeating: "größe,1\n", count: 600_000)
    let found = problems(Array("id,loss\n\(rows)".utf8) + [0x62, 0xE9, 0x2C, 0x31])
    #expect(found.first?.location?.description == "f.csv:600002:2")
  }

  @Test func textOfAnyScriptIsRead() throws {
    let outcome = try CSVImport(columns: columns).read(Array("id,loss\né,1\n漢字🙂,2\n\"ü\n\",3\n".utf8), file: "f.csv")
    #expect(outcome.problems.isEmpty && outcome.table.rowCount == 3)
    #expect(outcome.table["id"]?[1] == .text("漢字🙂"))
  }

  @Test(arguments: ["id;loss\na;1,5\n", "id\tloss\na\t1.5\n"]) func otherSeparatorsAreNamedInOneLine(_ text: String) {
    #expect(problems(Array(text.utf8)).map(\.id) == ["other-separator"])
  }

  @Test func otherEncodingsAreNamed() {
    let utf16 = Array("id,loss\na,1\n".utf16)
    let little = utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let big = utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big, [0x1F, 0x8B, 8, 0, 1, 2, 3]] {
      #expect(problems(bytes).map(\.id) == ["invalid-utf8"])
    }
  }
}
