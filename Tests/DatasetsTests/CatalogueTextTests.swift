import Diagnostics
import Tables
import TestSupport
import Testing

@testable import Datasets

/// What datasets of a catalogue share with files of a user's own: texts that stand for no value, whole numbers, blanks, JSON.
@Suite struct CatalogueTextTests {
  private func read(
    _ bytes: [UInt8], _ format: DatasetFormat, _ columns: [CSVColumn]
  ) throws -> ImportedDataset {
    let dataset = CatalogDataset(
      id: "me/s", title: "S", summary: "s", file: "f", format: format, skipsMalformed: false, repairsGluedHeader: false,
      ignoredHeaders: [], fileColumns: columns)
    let file = CatalogFile(
      id: "f", path: "f", address: "", licence: "", citation: "", byteCount: bytes.count, digest: "")
    return try DatasetImporter.read(dataset, file: file, bytes: bytes, skipsMalformed: false)
  }

  private func column(_ name: String, _ type: ColumnType, missing: [String: String] = [:]) -> CSVColumn {
    CSVColumn(schema: ColumnSchema(name: name, type: type), header: name, missing: missing)
  }

  @Test func usualTextsBlanksAndWholeNumbers() throws {
    let text = "arch, acc, n, score\na, 1.5, 4379348.0, -1e8\nb, NaN, 1e3, 2\nc, , 9007199254740993, 3\n"
    let imported = try read(
      Array(text.utf8), .csv,
      [
        column("arch", .text), column("acc", .real), column("n", .integer),
        column("score", .real, missing: ["-100000000.0": "failed"]),
      ])
    #expect(imported.table["acc"]?.numbers == [1.5, nil, nil])
    #expect(imported.table["n"]?[0] == .integer(4_379_348) && imported.table["n"]?[1] == .integer(1000))
    #expect(imported.table["n"]?[2] == .integer(9_007_199_254_740_993))
    #expect(imported.table["score"]?[0] == .undefined("failed"))
    #expect(imported.report.missing == [.init(reason: "without a value of acc", count: 2, examples: [])])
  }

  /// A first line that is no header is one finding, not one for each column.
  @Test(arguments: [
    ("arch;acc;n\nx;1,5;2\n", "other-separator", "semicolons"), ("arch\tacc\tn\nx\t1\t2\n", "other-separator", "tabs"),
    ("arch|acc|n\nx|1|2\n", "other-separator", "bars"), ("arch  acc n\nx 1 2\n", "other-separator", "blanks"),
    ("# of today\narch,acc,n\nx,1,2\n", "no-header", "a comment"), ("x,1,2\ny,2,3\n", "no-header", "x, 1, 2"),
    ("arch,acc,n\rx,1,2\ry,2,3\r", "other-line-ends", "carriage returns"),
    ("arch,acc,n\nx,1,9223372036854775808\n", "malformed-row", "beyond 64 bits"),
  ])
  func whatIsTheMatterIsOneFinding(_ text: String, _ id: String, _ words: String) {
    let error = #expect(throws: DiagnosticsError.self) {
      try read(Array(text.utf8), .csv, [column("arch", .text), column("acc", .real), column("n", .integer)])
    }
    #expect(error?.diagnostics.map(\.id) == [id])
    #expect(error?.diagnostics.first?.message.contains(words) == true)
  }

  @Test func nestedJSON() throws {
    let text = #"{"cifar10": {"(1, 2)": {"id": "0", "jacov": {"score": -61.5, "time": 0.1}, "val_accuracy": 89.5}}}"#
    let columns = [column("task", .text), column("id", .text), column("jacov", .real), column("val_accuracy", .real)]
    let imported = try read(Array(text.utf8), .json, columns)
    #expect(imported.table["jacov"]?.numbers == [-61.5] && imported.table["task"]?.text(0) == "cifar10")
    let lines = try read(Array("{\"id\": \"7\"}\n{\"id\": \"8\"}\n".utf8), .jsonLines, [column("id", .text)])
    #expect(lines.table["id"]?.text(1) == "8")
    let error = #expect(throws: DiagnosticsError.self) {
      try read(Array(text.utf8), .json, [column("acc", .real), column("id", .integer)])
    }
    #expect(error?.diagnostics.map(\.id).sorted() == ["malformed-row", "missing-column"])
  }

  /// What the catalogue says of texts without a value and of a column without a name reaches the reader.
  @Test func whatTheCatalogueDeclares() throws {
    func catalogue(_ more: String) throws -> CatalogDataset? {
      let text = """
        files:
          f: {path: f.csv, address: "https://example.org/f", licence: MIT, citation: a2020, bytes: 1, sha256: "\(String(repeating: "0", count: 64))"}
        datasets:
          - id: me/s
            title: S
            summary: s
            file: f
            format: csv
            \(more)
        """
      return try CatalogParser.parse(Array(text.utf8), file: "c.yaml").dataset("me/s")
    }
    let missing = "{NaN: failed, \"\": empty, -100000000.0: failed, N/A: failed, -inf: failed}"
    let rows = ",score\n0,-1e8\n1,\n2,NaN\n3,N/A\n4,-inf\n5,6\n"
    for columns in [
      "ignored-headers: [\"\"]\n    columns: {score: {missing: \(missing)}}",
      "columns: {row: {header: \"\", type: integer}, score: {missing: \(missing)}}",
    ] {
      let dataset = try #require(try catalogue(columns))
      let file = CatalogFile(id: "f", path: "f", address: "", licence: "", citation: "", byteCount: 1, digest: "")
      let imported = try DatasetImporter.read(dataset, file: file, bytes: Array(rows.utf8), skipsMalformed: false)
      #expect(imported.table["score"]?.numbers == [nil, nil, nil, nil, nil, 6])
      #expect(imported.table["score"]?[0] == .undefined("failed") && imported.table["score"]?[1] == .undefined("empty"))
      #expect(imported.table["row"]?[5] == (columns.contains("row:") ? .integer(5) : nil))
    }
    let unnamed = #expect(throws: DiagnosticsError.self) {
      try read(Array(rows.utf8), .csv, [column("score", .real)])
    }
    #expect(unnamed?.diagnostics.map(\.message) == ["column 1 has no name and is not declared"])
  }

  @Test func filesOfScores() throws {
    let columns = [column("id", .text), column("acc", .real), column("synflow", .real)]
    let members = [("acc_scores.json", "{\"a\": 1, \"b\": 2}"), ("synflow_scores_seed0.yml", "a: 3\nb: .nan\n")]
    let imported = try read(SampleArchive.tar(members), .scoreFiles, columns)
    #expect(imported.table["synflow"]?.numbers == [3, nil] && imported.table["acc"]?.numbers == [1, 2])
    #expect(
      imported.report.missing == [
        .init(reason: "scores of synflow that are no finite number", count: 1, examples: ["b"])
      ])
    let twice = #expect(throws: DiagnosticsError.self) {
      try read(SampleArchive.tar(members + [("synflow_scores_seed1.yml", "a: 4\n")]), .scoreFiles, columns)
    }
    #expect(twice?.diagnostics.map(\.id) == ["duplicate-metric"])
    let none = #expect(throws: DiagnosticsError.self) {
      try read(SampleArchive.tar([("readme.txt", "x")]), .scoreFiles, columns)
    }
    #expect(none?.diagnostics.map(\.id) == ["no-score-files"])
  }
}
