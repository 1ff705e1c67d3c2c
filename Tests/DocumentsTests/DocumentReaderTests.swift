import Diagnostics
import Testing

@testable import Documents

@Suite struct DocumentReaderTests {
  private func read(_ text: String, limits: DocumentLimits = .spec) throws -> DocumentNode {
    try DocumentReader.read(Array(text.utf8), file: "f", limits: limits)
  }

  private func failure(_ text: String, limits: DocumentLimits = .spec) -> Diagnostic? {
    do {
      _ = try read(text, limits: limits)
      return nil
    } catch { return (error as? DiagnosticsError)?.diagnostics.first }
  }

  @Test func nodesKnowTheirPlaces() throws {
    let node = try read("a: 1\nb:\n  - x\n  - {c: yes, d: \"2\"}\n")
    #expect(node["a"]?.integer == 1)
    #expect(node["b"]?.elements?[1]["d"]?.location == SourceLocation(file: "f", line: 4, column: 17))
    #expect(node["b"]?.elements?[1]["d"]?.integer == nil)
    #expect(node["b"]?.elements?[1]["d"]?.text == "2")
  }

  @Test func jsonIsReadByTheSameCall() throws {
    let node = try read(#"[{"a": 1.5e3, "b": null, "c": true, "d": "x\ny"}]"#)
    #expect(JSONValue(node).text() == #"[{"a":1500,"b":null,"c":true,"d":"x\ny"}]"#)
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", "duplicate-key"), ("a: [1\n", "syntax"), ("", "empty-document"), ("a: *x\n", "syntax"),
    ("? [1]\n: 2\n", "key-not-text"), ("a: {<<: {b: 1}}\n", "merge-key"), ("a: !foo 1\n", "unsupported-tag"),
    ("a: 1\n--- \nb: 2\n", "syntax"), ("a:\n\t- 1\n", "syntax"),
  ])
  func brokenDocumentsAreNamed(_ pair: (String, String)) { #expect(failure(pair.0)?.id == pair.1) }

  @Test func hostileDocumentsAreBounded() {
    #expect(failure(String(repeating: "[", count: 100_000)) != nil)
    #expect(failure(String(repeating: "[", count: 200) + String(repeating: "]", count: 200))?.id == "nested-too-deep")
    #expect(failure(String(repeating: "- ", count: 5000) + "x") != nil)
    #expect(failure(String(repeating: "{a: ", count: 3000)) != nil)
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1..<30 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(failure(bomb)?.id == "too-many-aliases")
    var wide = "a0: &a0 [\(String(repeating: "x,", count: 2000))x]\n"
    for level in 1..<5 {
      wide += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 5).joined(separator: ","))]\n"
    }
    #expect(failure(wide)?.id == "too-many-nodes")
    #expect(failure("a: 1", limits: DocumentLimits(bytes: 3, depth: 4, nodes: 4))?.id == "document-too-large")
    #expect((try? DocumentReader.read([0xFF, 0xFE, 0x00], file: "f")) == nil)
    #expect((try? DocumentReader.read([0x61, 0x3A, 0x00], file: "f")) == nil)
  }

  @Test func aliasesAreExpanded() throws {
    let node = try read("a: &x [1, 2]\nb: *x\n")
    #expect(node["b"]?.elements?.count == 2)
  }

  @Test func aliasesOfListsOfWordsCountAsTheLists() throws {
    let many = (0..<200).map { "k\($0): *x\n" }.joined()
    #expect(try read("a: &x [one, two-2]\n" + many)["k199"]?.elements?.count == 2)
    // A name whose anchors are not all such lists counts as before, and so does a list with an alias in it.
    #expect(failure("a: &x [one, two]\nb: &x {c: 1}\n" + many)?.id == "too-many-aliases")
    #expect(failure("z: &z 1\na: &x [one, *z]\n" + many)?.id == "too-many-aliases")
    let long = "a: &x [" + String(repeating: "x,", count: 20_000) + "x]\n"
    #expect(failure(long + many)?.id == "too-many-nodes")
  }

  @Test func mutatedDocumentsNeverCrash() {
    let seed = Array("a: &x {b: [1, \"two\", null], c: |\n  text\n  more}\nd: *x\n# end\n".utf8)
    let marks = Array("[]{}:&*-|>?!%@`\n\t\"'#".utf8)
    var state: UInt64 = 12345
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var read = 0
    for _ in 0..<3000 {
      var bytes = seed
      for _ in 0...next(4) {
        switch next(3) {
        case 0: bytes[next(bytes.count)] = UInt8(next(256))
        case 1: bytes.remove(at: next(bytes.count))
        default: bytes.insert(marks[next(marks.count)], at: next(bytes.count))
        }
      }
      if (try? DocumentReader.read(bytes, file: "f")) != nil { read += 1 }
    }
    #expect(read > 0 && read < 3000)
  }
}
