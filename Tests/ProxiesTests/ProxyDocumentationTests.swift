import Foundation
import TestSupport
import Testing

@testable import Proxies

/// The page of the language says what the code does. TRAINFREE_RECORD=1 writes its tables anew and fails.
@Suite struct ProxyDocumentationTests {
  private static let page = URL(fileURLWithPath: "\(checkout)/docs/proxies.md")

  @Test func tablesAreThoseOfTheCode() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    var written = text
    for table in ProxyLanguage.tables {
      let start = try #require(written.range(of: "<!-- \(table.name) -->"))
      let end = try #require(written.range(of: "<!-- end -->", range: start.upperBound..<written.endIndex))
      written.replaceSubrange(start.lowerBound..<end.upperBound, with: ProxyLanguage.markdown(table))
    }
    let isCurrent = written == text
    if !isCurrent, ProcessInfo.processInfo.environment["TRAINFREE_RECORD"] == "1" {
      try written.write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(isCurrent)
  }

  /// Every formula in a block of the page is one.
  @Test func formulasAreFormulas() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let blocks = text.components(separatedBy: "```proxy\n").dropFirst()
    #expect(blocks.count >= 2)
    for block in blocks {
      let formulas = try #require(block.components(separatedBy: "```").first).split(separator: "\n")
      for formula in formulas {
        #expect(ProxyProgram.parse(String(formula)).problems.isEmpty, "\(formula)")
      }
    }
  }
}
