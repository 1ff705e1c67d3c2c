import Diagnostics
import Files
import Foundation
import Tables
import TestSupport
import Testing

@testable import Datasets

@Suite struct CatalogTests {
  @Test func theShippedCatalogueIsSound() throws {
    let catalog = try PublicData.catalog()
    #expect(catalog.files.count == 27 && catalog.datasets.count == 27)
    #expect(catalog.files.allSatisfy { $0.address.hasPrefix("https://") })
    #expect(catalog.corpora.map(\.id) == ["wikitext-2"] && catalog.corpora.first?.parts == [.valid, .test])
    for dataset in catalog.datasets { #expect(!dataset.columns.isEmpty, "\(dataset.id)") }
  }

  @Test func unitsOfTheShippedCatalogueAreKnown() throws {
    let catalog = try PublicData.catalog()
    func unit(_ id: String) -> CatalogUnit? { catalog.dataset(id)?.unit }
    #expect(unit("serianni2023/rnn-results") == CatalogUnit(rule: .metricVector, noun: UnitNoun("cell")))
    #expect(catalog.dataset("serianni2023/rnn-results")?.unitColumns?.count == 12)
    let network = UnitNoun("trained network", plural: "trained networks")
    #expect(unit("serianni2023/bert-benchmark") == CatalogUnit(rule: .columns(["network-as-trained"]), noun: network))
    for id in ["serianni2023/bert-results", "lpzero2024/bert"] {
      #expect(
        unit(id) == CatalogUnit(rule: .partner(dataset: "serianni2023/bert-benchmark", keys: ["id"]), noun: network))
    }
    #expect(unit("litetransformersearch/gpt2-wt103") == nil)
  }

  @Test(arguments: [
    ("{by: [x], noun: n, nouns: m}", nil), ("{by: [y], noun: n}", "unknown-column"), ("{by: [x]}", "missing-key"),
    ("{by: metric-vector, noun: n}", "no-metrics"), ("{noun: n}", "unclear-unit"),
    ("{by: [x], of: d/two, on: [x], noun: n}", "unclear-unit"), ("{of: d/two, noun: n}", "unclear-unit"),
    ("{of: d/two, on: [x]}", nil), ("{of: d/two, on: [z]}", "unknown-column"),
    ("{of: d/three, on: [x]}", "unknown-name"),
    ("{of: d/one, on: [x]}", "unclear-unit"),
  ]) func unitsAreChecked(_ unit: String, _ problem: String?) throws {
    let text = """
      files:
        a: {path: a.csv, address: "https://x", licence: MIT, citation: b, bytes: 1, sha256: \(String(repeating: "0", count: 64))}
      datasets:
        - {id: d/one, title: T, summary: S, file: a, format: csv, unit: \(unit), columns: {x: {}}}
        - {id: d/two, title: T, summary: S, file: a, format: csv, unit: {by: [y], noun: pair}, columns: {x: {}, y: {}}}
      """
    do throws(DiagnosticsError) {
      let catalog = try CatalogParser.parse(Array(text.utf8), file: "c")
      #expect(problem == nil && catalog.dataset("d/one")?.unit?.noun.plural == (unit.contains("of") ? "pairs" : "m"))
    } catch {
      #expect(Set(error.diagnostics.map(\.id)) == [problem ?? ""] && error.diagnostics[0].location?.line == 4)
    }
  }

  @Test func problemsOfACatalogueAreReportedTogether() {
    let text = """
      files:
        a: {path: a.csv, address: "https://x", licence: MIT, citation: b, bytes: 1, sha256: zz}
      datasets:
        - {id: d/one, title: T, summary: S, file: b, format: csv, columns: {x: {}}}
        - {id: d/one, title: T, summary: S, file: a, format: csv, columns: {x: {}}}
      corpora:
        - {id: t, title: T, summary: S, parts: {test: c}}
        - {id: t, title: T, summary: S, parts: {}}
      """
    let found = #expect(throws: DiagnosticsError.self) { try CatalogParser.parse(Array(text.utf8), file: "c") }
    #expect(
      Set(found?.diagnostics.map(\.id) ?? []) == [
        "unknown-name", "duplicate-dataset", "bad-digest", "no-parts", "duplicate-corpus",
      ])
  }

  @Test func filesOfAnotherContentAreRefused() throws {
    let folder = NSTemporaryDirectory() + "trainfree-data-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = CatalogFile(
      id: "a", path: "a/b.csv", address: "", licence: "", citation: "", byteCount: 3, digest: SHA256.hexDigest("abc"),
      byHand: nil)
    let location = DataLocation(folders: [folder])
    let missing = #expect(throws: DiagnosticsError.self) { try location.read(file) }
    #expect(missing?.kind == .missingInput)
    try FileSystem.write(Array("abc".utf8), to: "\(folder)/a/b.csv")
    #expect(try location.read(file) == Array("abc".utf8))
    for wrong in ["abd", "abcd"] {
      try FileSystem.write(Array(wrong.utf8), to: "\(folder)/a/b.csv")
      #expect(throws: DiagnosticsError.self) { try location.read(file) }
    }
  }
}
