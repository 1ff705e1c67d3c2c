import Diagnostics
import Documents
import Files
import Specs
import Tables
import TestSupport
import Testing

@testable import Datasets

/// Files of a user's own: what is read from them, what their columns are taken for, and what is refused.
@Suite struct OwnFileTests {
  private func read(
    _ text: String, _ path: String = "f.csv", skips: Bool = false, _ set: (inout FileReading) -> Void = { _ in }
  ) throws -> OwnDataset { try read(Array(text.utf8), path, skips: skips, set) }

  private func read(
    _ bytes: [UInt8], _ path: String = "f.csv", skips: Bool = false, _ set: (inout FileReading) -> Void = { _ in }
  ) throws -> OwnDataset {
    var reading = FileReading()
    set(&reading)
    return try OwnDataset(
      bytes, path: path, reading: reading, skipsMalformed: skips,
      metrics: KnownMetrics([
        KnownMetric(id: "ntk-condition-number", title: "NTK condition number", better: .lower),
        KnownMetric(id: "jacobian-covariance", title: "Jacobian covariance", better: .higher),
        KnownMetric(id: "parameters", title: "Parameters", better: .higher, isBaseline: true),
      ]))
  }

  /// The findings on a file that is refused.
  private func findings(
    _ text: String, _ path: String = "f.csv", _ set: (inout FileReading) -> Void = { _ in }
  ) -> [Diagnostic] {
    do {
      _ = try read(text, path, set)
      return []
    } catch {
      return (error as? DiagnosticsError)?.diagnostics ?? []
    }
  }

  private static let numbers: [Double?] = [55.5, -1.25, 1000]

  /// The same three rows in every form of text.
  @Test(arguments: [
    ("arch,acc,n\na,55.5,1\nb,-1.25,2\nc,1e3,3\n", "CSV"),
    ("arch;acc;n\r\na;55,5;1\r\nb;-1,25;2\r\nc;1e3;3\r\n", "CSV, semicolons between cells, decimal commas"),
    ("arch\tacc\tn\na\t55.5\t1\nb\t-1.25\t2\nc\t1000\t3", "TSV"),
    ("arch|acc|n\na|55.5|1\nb|-1.25|2\nc|1000.0|3\n", "CSV, bars between cells"),
    ("arch, acc, n\na, 55.5 , 1\n\"b\" , \"-1.25\", 2\nc, 1e3,3\n", "CSV"),
    ("# made by me\narch,acc,n\na,55.5,1\n# half\nb,-1.25,2\nc,1e3,3\n", "CSV, 2 comment lines"),
    ("arch,acc,n\ra,55.5,1\rb,-1.25,2\rc,1e3,3\r", "CSV, lines end in carriage returns"),
    ("\u{FEFF}arch,acc,n\na,55.5,1\nb,-1.25,2\nc,1e3,3\n", "CSV, UTF-8 with a byte-order mark"),
    ("# arch,acc,n\na,55.5,1\nb,-1.25,2\nc,1e3,3\n", "CSV, 1 comment line"),
  ])
  func everyFormOfTextGivesTheSameTable(_ text: String, _ form: String) throws {
    let own = try read(text)
    #expect(own.guessed.form == form)
    #expect(own.table.columnNames == ["arch", "acc", "n"])
    #expect(own.table["acc"]?.numbers == Self.numbers)
    #expect(own.table["arch"]?.text(1) == "b")
    #expect(own.table["n"]?.schema.type == .integer)
  }

  @Test(arguments: [true, false]) func utf16IsRead(isBig: Bool) throws {
    let units = Array("\u{FEFF}arch,acc\né𝄞,1.5\nb,2\n".utf16)
    let bytes = units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    let own = try read(bytes)
    #expect(own.table["arch"]?.text(0) == "é𝄞" && own.guessed.form == "CSV, UTF-16")
    #expect(throws: DiagnosticsError.self) { try read(bytes + [0]) }
  }

  @Test func latin1IsReadWhereItIsStated() throws {
    let bytes: [UInt8] = Array("arch,acc\nr".utf8) + [0xE9] + Array(",1\nr".utf8) + [0xE8] + Array(",2\n".utf8)
    let own = try read(bytes) { $0.encoding = .latin1 }
    #expect(own.table["arch"]?.text(0) == "ré" && own.table["arch"]?.text(1) == "rè")
    let error = #expect(throws: DiagnosticsError.self) { try read(bytes) }
    #expect(error?.diagnostics.first?.location == SourceLocation(file: "f.csv", line: 2, column: 2))
    #expect(error?.diagnostics.first?.fix?.contains("encoding: latin-1") == true)
  }

  @Test func gzipIsUnpacked() throws {
    // `printf 'a,acc\nx,1\ny,2\n' | gzip -n`
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0xD4, 0x49, 0x4C, 0x4E, 0xE6, 0xAA, 0xD0, 0x31,
      0xE4, 0xAA, 0xD4, 0x31, 0xE2, 0x02, 0x00, 0xBC, 0xF8, 0x69, 0xE4, 0x0E, 0x00, 0x00, 0x00,
    ]
    let own = try read(packed, "f.csv.gz")
    #expect(own.table["acc"]?.numbers == [1, 2] && own.guessed.form == "CSV, gzip")
    #expect(throws: DiagnosticsError.self) { try read(Array(packed.dropLast(9)), "f.csv.gz") }
  }

  @Test func namesAreMadeAndOverridden() throws {
    let own = try read(",Test Acc.,val_accuracy,2nd,Größe,Test-Acc\n0,1,2,3,4,5\n1,2,3,4,5,6\n")
    #expect(
      own.table.columnNames == ["index", "test-acc", "val-accuracy", "column-2nd", "grosse", "test-acc-2"]
        || own.table.columnNames == ["index", "test-acc", "val-accuracy", "column-2nd", "gro-e", "test-acc-2"])
    #expect(own.guessed.columns[0].role == .identifier)
    let changed = try read("a,b,c\nx,1,2\ny,2,3\n") {
      $0.columns = Entries([
        OwnColumnSpec {
          $0.name = "accuracy"
          $0.header = "b"
          $0.role = .target
          $0.better = .lower
          $0.type = .real
        },
        OwnColumnSpec {
          $0.name = "c"
          $0.ignore = true
        },
      ])
    }
    #expect(changed.table.columnNames == ["a", "accuracy"] && changed.guessed.leftOut == ["c"])
    #expect(changed.columns[1].better == .lower && changed.columns[1].type == .real)
    #expect(changed.guessed.columns[1].ground == .stated)
    let unknown = findings("a,b\nx,1\n") { $0.columns = Entries([OwnColumnSpec { $0.name = "bb" }]) }
    #expect(unknown.map(\.id) == ["unknown-column"] && unknown.first?.fix == "did you mean b?")
  }

  @Test(
    arguments: [
      ("synflow", .metric, .higher), ("jacov", .metric, .higher), ("grad_norm", .metric, .higher),
      ("NTK", .metric, .lower), ("epe_nas", .metric, .higher), ("val_accuracy", .target, .higher),
      ("valAcc", .target, .higher),
      ("test loss", .target, .lower), ("Perplexity", .target, .lower), ("glue", .target, .higher),
      ("params", .baseline, .higher), ("n_params", .baseline, .higher), ("GFLOPs", .baseline, .higher),
      ("depth", .baseline, .higher), ("nwot-time", .other, nil), ("seed", .other, nil), ("myscore", .metric, nil),
      ("anything", .metric, nil),
    ] as [(String, ColumnRole, Direction?)])
  func rolesAreTakenFromNames(_ name: String, _ role: ColumnRole, _ better: Direction?) throws {
    let own = try read("arch,\(name)\n" + (0..<40).map { "n\($0),\(Double($0) + 0.5)\n" }.joined())
    #expect(own.columns[1].role == role && own.columns[1].better == better)
  }

  @Test func rolesAreTakenFromContent() throws {
    let rows = (0..<40).map { "n\($0),g\($0 % 3),\($0 % 4),\($0 * 100),\($0 % 2 == 0)\n" }.joined()
    let own = try read("what,group,heads,sum,flag\n\(rows)")
    #expect(own.columns.map(\.role) == [.identifier, .feature, .feature, .metric, .feature])
    #expect(own.columns.map(\.type) == [.text, .text, .integer, .integer, .boolean])
  }

  @Test func missingTextsAreCountedAndSentinelsDeclared() throws {
    let text = "arch,acc,score,op\na,1,NaN,none\nb,2,,skip\nc,3,-inf,NA\nd,4,-999,conv\ne,5,0.5,conv\n"
    let own = try read(text)
    #expect(own.table["score"]?.numbers == [nil, nil, nil, -999, 0.5])
    #expect(own.table["score"]?[1] == .undefined("an empty cell in the file"))
    #expect(own.table["op"]?.text(0) == "none" && own.table["op"]?.text(2) == nil)
    #expect(own.report.missing.map(\.count) == [3, 1])
    #expect(own.report.missing[0].reason == "without a value of score (empty, -inf, NaN)")
    #expect(own.guessed.notes.first?.contains("-999 stands in 1 cell of score") == true)
    let declared = try read(text) { $0.missing = ["-999.0"] }
    #expect(declared.table["score"]?[3] == .undefined("-999 in the file") && declared.guessed.notes.isEmpty)
    let strict = findings(text) {
      $0.usualMissing = false
      $0.columns = Entries([
        OwnColumnSpec {
          $0.name = "score"
          $0.type = .real
        }
      ])
    }
    #expect(strict.count == 3 && strict.allSatisfy { $0.id == "malformed-row" })
  }

  @Test func wholeNumbersKeepTheirValueOrAreRefused() throws {
    let own = try read("h,n,acc\na,9007199254740993,1\nb,4379348.0,2\nc,1e3,3\n")
    #expect(own.table["n"]?[0] == .integer(9_007_199_254_740_993) && own.table["n"]?[1] == .integer(4_379_348))
    let mixed = findings("h,n,acc\na,9007199254740993,1\nb,0.5,2\nc,1.5,3\n")
    #expect(mixed.map(\.id) == ["malformed-row"])
    #expect(mixed.first?.location == SourceLocation(file: "f.csv", line: 2, column: 3))
    #expect(findings("h,n,acc\na,99999999999999999999,1\nb,1,2\n").count == 1)
    #expect(
      try read("h,n,acc\na,99999999999999999999,1\nb,1,2\n") {
        $0.columns = Entries([
          OwnColumnSpec {
            $0.name = "n"; $0.type = .text
          }
        ])
      }.table["n"]?.text(0) == "99999999999999999999")
  }

  @Test func everyBadCellHasItsPlace() throws {
    let text = "arch,acc,score\na,1,0.5\nb,two,0.5\nc,3,oom\nd,4\ne,5,1\n"
    let cells = findings(text.replacing("d,4\n", with: ""))
    #expect(
      cells.map(\.location) == [
        SourceLocation(file: "f.csv", line: 3, column: 3), SourceLocation(file: "f.csv", line: 4, column: 5),
      ])
    #expect(findings(text).map(\.location?.line) == [5])
    let own = try read(text, skips: true)
    #expect(own.table.rowCount == 2 && own.report.skippedCount == 3 && own.report.rowsRead == 5)
    #expect(own.report.skipped.flatMap(\.examples) == ["f.csv:5", "f.csv:3", "f.csv:4"])
  }

  @Test func filesWithoutAHeader() throws {
    let text = "a,1,0.5\nb,2,0.25\n"
    #expect(findings("1,2,0.5\n2,3,0.25\n").map(\.id) == ["no-header"])
    #expect(try read("0,1,2\n5,3,0.25\n").table.rowCount == 1)
    let none = try read(text) { $0.header = HeaderRule.none }
    #expect(none.table.columnNames == ["column-1", "column-2", "column-3"] && none.table.rowCount == 2)
    let named = try read(text) { $0.header = .names(["arch", "acc", "snip"]) }
    #expect(named.table.columnNames == ["arch", "acc", "snip"] && named.columns[2].role == .metric)
    #expect(findings(text) { $0.header = .names(["arch", "acc"]) }.map(\.id) == ["malformed-row", "malformed-row"])
    let names = try read("acc,score\nx,1,2\ny,2,3\n")
    #expect(names.table.columnNames == ["index", "acc", "score"] && names.table["index"]?.text(0) == "x")
  }

  @Test func recordsInJSON() throws {
    let record = #"{"arch": "a", "acc": 1.5, "jacov": {"score": 2, "time": 3}, "op": [1, 2], "bad": NaN}"#
    let other = #"{"arch": "7", "acc": 2.5, "jacov": {"score": null, "time": 4}, "extra": true}"#
    for (text, path) in [("[\(record),\n\(other)]", "f.json"), ("\(record)\n\n\(other)\n", "f.jsonl")] {
      let own = try read(text, path)
      #expect(own.table.columnNames == ["arch", "acc", "jacov", "jacov-time", "op", "bad", "extra"])
      #expect(own.table["jacov"]?.numbers == [2, nil] && own.table["arch"]?.text(1) == "7")
      #expect(own.table["op"]?.text(0) == "[1, 2]" || own.table["op"]?.text(0) == "[1,2]")
      #expect(own.table["extra"]?[0] == .undefined("no value in the file"))
    }
    let nested = #"{"v": 1, "data": {"t1": {"a": {"acc": 1}, "b": {"acc": 2}}, "t2": {"a": {"acc": 3}}}}"#
    let own = try read(nested, "f.json") { $0.keys = ["data"] }
    #expect(own.table.columnNames == ["task", "architecture", "acc"])
    #expect(own.table["task"]?.text(2) == "t2" && own.table["acc"]?.numbers == [1, 2, 3])
    let named = try read(nested, "f.json") {
      $0.keys = ["data"]
      $0.levels = ["data", "cell"]
    }
    #expect(named.table.columnNames == ["data", "cell", "acc"])
    #expect(findings(nested, "f.json") { $0.keys = ["dta"] }.first?.fix == "did you mean data?")
    #expect(
      findings("[{\"a\": 1}, 5]", "f.json").first?.location == SourceLocation(file: "f.json", line: 1, column: 12))
    #expect(findings("[{\"a\": 1,}]", "f.json").map(\.id) == ["not-json"])
    #expect(findings("{\"a\": 1}\n{\"a\": }\n", "f.jsonl").map(\.location?.line) == [2])
    let split = try read(#"{"columns": ["arch", "acc"], "index": [4, 5], "data": [["a", 1], ["b", 2]]}"#, "f.json")
    #expect(split.table.columnNames == ["index", "arch", "acc"] && split.table["acc"]?.numbers == [1, 2])
    let columns = try read(#"{"arch": {"0": "a", "1": "b"}, "acc": {"0": 1, "1": 2}}"#, "f.json")
    #expect(columns.table.columnNames == ["arch", "acc"] && columns.table["acc"]?.numbers == [1, 2])
  }

  @Test func theDeepestJSONIsRefused() {
    #expect(findings(String(repeating: "[", count: 100_000), "f.json").map(\.id) == ["nested-too-deep"])
    #expect(
      !findings(String(repeating: "{\"a\":", count: 60) + "1" + String(repeating: "}", count: 60), "f.json").contains {
        $0.id == "trap"
      })
  }

  @Test func longFormIsGathered() throws {
    let text = "arch,metric,value,acc,note\na,snip,1,5,x\na,synflow,2,5,y\nb,synflow,4,6,x\n"
    let own = try read(text) { $0.pivot = PivotSpec { ($0.rows, $0.names, $0.values) = (["arch"], "metric", "value") } }
    #expect(own.table.columnNames == ["arch", "acc", "snip", "synflow"] && own.guessed.leftOut == ["note"])
    #expect(own.table["snip"]?.numbers == [1, nil] && own.table["synflow"]?.numbers == [2, 4])
    let twice = findings(text + "a,snip,3,5,x\n") {
      $0.pivot = PivotSpec { ($0.rows, $0.names, $0.values) = (["arch"], "metric", "value") }
    }
    #expect(twice.map(\.id) == ["value-twice"] && twice.first?.location?.line == 5)
  }

  /// What other programs write instead of a table of text is named, with what to do.
  @Test(
    arguments: [
      ([0x50, 0x4B, 3, 4, 0, 0], "Excel", "CSV"), (Array("PAR1".utf8), "Parquet", "to_csv"),
      ([0x93] + Array("NUMPY".utf8), "NumPy", "to_csv"), ([0x80, 4, 0x95], "pickle", "to_csv"),
      (Array("<!DOCTYPE HTML>".utf8), "web page", "download"),
      (Array("version https://git-lfs.x".utf8), "Git LFS", "pull"),
      ([0xFD] + Array("7zXZ".utf8), "xz", "gzip"), (Array("a,b\n\0,1\n".utf8), "bytes that are 0", "utf-16"),
    ] as [([UInt8], String, String)])
  func otherFormatsAreNamed(_ bytes: [UInt8], _ name: String, _ fix: String) {
    let error = #expect(throws: DiagnosticsError.self) { try read(bytes, "f.csv") }
    #expect(error?.diagnostics.map(\.id) == ["other-format"])
    #expect(
      error?.diagnostics.first?.message.contains(name) == true && error?.diagnostics.first?.fix?.contains(fix) == true)
  }

  @Test func numbersWrittenForReadersAreRefused() throws {
    for (cell, words) in [
      ("1,234,567", "thousands"), ("1.234.567,5", "thousands"), ("1 234", "thousands"), ("71.5%", "percent"),
      ("71,5 %", "percent"), ("€12", "currency"), ("71.2 ± 0.3", "±"), ("71.2+-0.3", "±"),
    ] {
      let text = "a;score\nx;\(cell)\ny;\(cell)\nz;NA\n"
      let found = findings(text)
      #expect(found.map(\.id) == ["dressed-numbers"] && found.first?.message.contains(words) == true, "\(cell)")
      #expect(found.first?.location?.line == 2)
      let columns = try read("a;score;n\nx;\(cell);1\ny;q;2\nz;r;3\n").columns
      #expect(columns[1].type == .text)
    }
    #expect(findings("a,cell\nx,1.2.3\ny,net%\n").isEmpty)
  }

  @Test func separatorsThatExcelNamesAndBlanks() throws {
    let named = try read("sep=;\r\na;acc\r\nx;1,5\r\ny;2\r\n")
    #expect(named.table["acc"]?.numbers == [1.5, 2] && named.table.origins.map(\.line) == [3, 4])
    #expect(findings("arch  acc\nx   1\ny  2\n").map(\.id) == ["no-separator"])
    #expect(findings("0 val accuracy\n1\n2\n").isEmpty)
    #expect(try read("a,s,s\nx,1,2\n").guessed.notes.count == 1)
  }

  @Test func hostileTextIsRefusedOrRead() {
    for text in [
      "", "\n\n", "a", "a\n", "\"a", "a,b\n\"x\"y,1\n", "a,b\n\u{0}", String(repeating: "#\n", count: 200_000),
      String(repeating: ",", count: 20_000) + "\n1\n", "a,b\n1,2,3,4\n", "{", "[", "{}", "[]", "[1]", "null",
      "{\"a\":[]}",
      "a,b\n" + String(repeating: "x", count: 3 << 20),
    ] {
      _ = findings(text)
      _ = findings(text, "f.json")
      _ = findings(text, "f.jsonl")
      _ = findings(text) { $0.format = .sqlite }
      _ = findings(text) { $0.pivot = PivotSpec { ($0.rows, $0.names, $0.values) = (["a"], "b", "c") } }
    }
    #expect(!findings("").isEmpty && !findings("a,b\n").isEmpty)
  }

  @Test func theRealFileOfNASBenchSuiteZero() throws {
    let path = "\(PublicData.folder ?? "")/naslib/zc_nasbench201.json"
    guard let bytes = try? FileSystem.read(path) else { return }
    let own = try read(bytes, "zc_nasbench201.json")
    #expect(own.table.rowCount == 1473 && own.guessed.columns(.metric).count == 9)
    #expect(own.guessed.columns(.baseline).map(\.name) == ["flops", "params"])
    #expect(own.guessed.columns(.target).map(\.name) == ["val-accuracy"])
    #expect(own.guessed.columns.prefix(3).map(\.name) == ["space", "task", "architecture"])
  }
}
