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
    #expect(catalog.files.count == 20 && catalog.datasets.count == 20)
    #expect(catalog.files.allSatisfy { $0.address.hasPrefix("https://") })
    #expect(catalog.corpora.map(\.id) == ["wikitext-2"] && catalog.corpora.first?.parts == [.valid, .test])
    for dataset in catalog.datasets { #expect(!dataset.columns.isEmpty, "\(dataset.id)") }
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
