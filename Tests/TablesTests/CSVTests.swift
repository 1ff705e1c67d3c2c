import Diagnostics
import Testing

@testable import Tables

@Suite struct CSVTests {
  private let columns = [
    CSVColumn(schema: ColumnSchema(name: "id", type: .text), header: "log name"),
    CSVColumn(schema: ColumnSchema(name: "loss", type: .real), header: "loss", missing: ["nan": "no finite loss"]),
    CSVColumn(schema: ColumnSchema(name: "size", type: .integer), header: "size", missing: ["nan": "no size"]),
  ]

  private func read(_ text: String, repairs: Bool = false) throws -> CSVImport.Outcome {
    try CSVImport(columns: columns, repairsGluedHeader: repairs).read(Array(text.utf8), file: "f.csv")
  }

  @Test func quotesLineEndsMarksAndBlanks() throws {
    let outcome = try read("\u{FEFF}log name, loss,size\r\n\"a,\"\"b\"\"\nc\",1.5,2\r\n\nd,-1E+19,3")
    #expect(outcome.problems.isEmpty && outcome.table.rowCount == 2)
    #expect(outcome.table["id"]?[0] == .text("a,\"b\"\nc"))
    #expect(outcome.table["loss"]?[1] == .real(-1e19))
    #expect(outcome.table.origins.map(\.line) == [2, 5])
  }

  @Test func partsOfCellsAreRead() throws {
    func column(_ name: String, _ type: ColumnType, _ before: String, _ after: String) -> CSVColumn {
      CSVColumn(
        schema: ColumnSchema(name: name, type: type), header: "log", missing: ["none": "no number"],
        part: CellPart(before: before, after: after))
    }
    let columns = [
      CSVColumn(schema: ColumnSchema(name: "log", type: .text), header: "log"),
      column("recipe-id", .integer, "model_", "_"), column("time", .real, "@", "s"), column("word", .text, "m", "_"),
    ]
    let outcome = try CSVImport(columns: columns).read(
      Array("log\nmodel_17_a@1.5s\nmodel_none_@2s\nmodel_x_@3s\nmodel_4@3s\n".utf8), file: "f.csv")
    #expect(outcome.table.rowCount == 2 && outcome.table["log"]?[0] == .text("model_17_a@1.5s"))
    #expect(outcome.table["recipe-id"]?[0] == .integer(17) && outcome.table["time"]?[0] == .real(1.5))
    #expect(outcome.table["recipe-id"]?[1] == .undefined("no number") && outcome.table["word"]?[1] == .text("odel"))
    #expect(outcome.skipped == [.badCell: [4, 5]])
  }

  @Test func malformedRowsAreNamedWithTheirPlace() throws {
    let outcome = try read("log name,loss,size\na,1,2\nb,x,3\nc,1\nlog name,loss,size\nd,2,4.5\ne,nan,nan\n")
    #expect(outcome.table.rowCount == 2)
    #expect(outcome.table["loss"]?[1] == .undefined("no finite loss"))
    #expect(outcome.skipped == [.badCell: [3, 6], .cellCount: [4], .repeatedHeader: [5]])
    #expect(outcome.problems.map { $0.location?.description } == ["f.csv:3:3", "f.csv:4:1", "f.csv:5:1", "f.csv:6:5"])
  }

  @Test func aGluedHeaderIsCutOffOnRequest() throws {
    let text = "log name,loss,size\na,1,12738000log name,loss,size\nb,2,5\n"
    #expect(try read(text).table.rowCount == 1)
    let repaired = try read(text, repairs: true)
    #expect(repaired.table["size"]?[0] == .integer(12_738_000) && repaired.repaired == [2])
  }

  @Test(arguments: [
    "a,b\n1,2\n", "", "log name,loss,size,more\n", "log name,loss,loss,size\n", "log name,loss,size\n\"a,1,2\n",
    "log name,loss,size\n\"a\"b,1,2\n",
  ])
  func unusableFilesAreRefused(_ text: String) { #expect(throws: DiagnosticsError.self) { try read(text) } }

  @Test(arguments: ["0x10", "1e", "e5", ".", "-", "1.2.3", "inf", " 1", "1_0", "٣"])
  func whatIsNotDecimalIsNotANumber(_ text: String) {
    #expect(Array(text.utf8).withUnsafeBufferPointer { DecimalText.real($0) } == nil)
  }

  @Test(arguments: [
    "0", "-0.0", "1", "9007199254740993", "0.1", "1e22", "1e23", "1.7976931348623157e308", "5e-324",
    "2.2250738585072011e-308",
    "123456789012345678901234567890", ".5", "5.", "+7", "4.62207772",
  ])
  func decimalTextIsCorrectlyRounded(_ text: String) {
    #expect(
      Array(text.utf8).withUnsafeBufferPointer { DecimalText.real($0) }
        == Double(text == "5." ? "5" : text == ".5" ? "0.5" : text))
  }
}

extension CSVTests {
  @Test func timeGrowsWithColumnsNotTheirSquare() throws {
    func seconds(_ count: Int) throws -> Double {
      let columns = (0..<count).map {
        CSVColumn(schema: ColumnSchema(name: "c\($0)", type: .real), header: "header-of-column-\($0)")
      }
      let header = columns.map(\.header).joined(separator: ",")
      let text = header + "\n" + Array(repeating: "1.5", count: count).joined(separator: ",") + "\n"
      let start = ContinuousClock.now
      let outcome = try CSVImport(columns: columns).read(Array(text.utf8), file: "f.csv")
      #expect(outcome.table.columns.count == count && outcome.table.rowCount == 1)
      return (ContinuousClock.now - start) / .seconds(1)
    }
    _ = try seconds(100)
    let (few, many) = (try seconds(1000), try seconds(16_000))
    // 16 times the columns: 256 times the time if each were looked for among all.
    #expect(many < 100 * max(few, 0.01), "\(few) s and \(many) s")
  }

  @Test func problemsOfTheHeaderAreBounded() throws {
    let wanted = (0..<2000).map { CSVColumn(schema: ColumnSchema(name: "c\($0)", type: .real), header: "c\($0)") }
    let text = "c0," + (1..<2000).map { "d\($0)" }.joined(separator: ",") + "\n"
    let error = #expect(throws: DiagnosticsError.self) {
      try CSVImport(columns: wanted).read(Array(text.utf8), file: "f.csv")
    }
    #expect(error?.diagnostics.count == CSVImport.problemLimit)
  }
}
