import Foundation
import Testing

@testable import Reports

@Suite struct PageTests {
  @Test func thePageLoadsNothing() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"))
    #expect(!page.contains(" src=") && !page.contains("url(h") && !page.contains("@import") && !page.contains("<link"))
    #expect(page.contains("<a href=\"https://h/p.png\">a picture</a>"))
  }

  @Test func thePolicyKnowsTheScript() throws {
    // echo -n 'abc' | openssl dgst -sha256 -binary | base64
    #expect(ScriptDigest.sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let script = try #require(page.firstMatch(of: #/<script>((?s:.*?))<\/script>/#)?.1)
    #expect(page.contains("'sha256-\(ScriptDigest.sha256(String(script)))'"))
  }

  @Test func dataNeverBecomeMarkup() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.matches(of: #/<script/#).count == 1 && page.matches(of: #/<\/style/#).count == 1)
    #expect(!page.contains("href=\"javascript") && !page.contains("<b>html") && !page.contains("<i>Group"))
    for tag in page.matches(of: #/<[a-z][^<>]*>/#) {
      let attributes = tag.output.replacing(#/"[^"]*"/#, with: "").replacing(#/'[^']*'/#, with: "")
      #expect(!attributes.contains("onload") && !attributes.contains("\""), "\(tag.output)")
    }
    #expect(!page.unicodeScalars.contains("\u{1}"))
  }

  @Test func idsAreUniqueAndLinksWithinThePageHold() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let ids = page.matches(of: #/<[a-z][^<>]* id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count && ids.contains("f1-c0") && ids.contains("f2-c0"))
    for link in page.matches(of: #/href="#([^"]*)"/#).map({ String($0.1) }) { #expect(ids.contains(link), "\(link)") }
    for label in page.matches(of: #/aria-labelledby="([^"]*)"/#).flatMap({ $0.1.split(separator: " ") }) {
      #expect(ids.contains(String(label)), "\(label)")
    }
  }

  @Test func headingsFollowInOrderAndTheContentsNameThem() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let levels = page.matches(of: #/<h([1-6])/#).compactMap { Int($0.1) }
    #expect(levels == [1, 2, 3, 2, 2, 2])
    let contents = try #require(page.firstMatch(of: #/<nav(?s:.*?)<\/nav>/#)?.output)
    #expect(contents.contains("<li class=\"level-2\"><a href=\"#section-first\">First</a></li>"))
    #expect(contents.contains("<a href=\"#section-first-2\">First</a>") && contents.contains("href=\"#provenance\""))
    #expect(contents.matches(of: #/<a /#).count == contents.matches(of: #/<\/a>/#).count)
    #expect(contents.firstMatch(of: #/<a [^>]*>[^<]*<a/#) == nil)
  }

  @Test func tablesSortByTheirValues() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document(rows: 250))["index.html"])
    #expect(page.contains("<td class=\"number\" data-value=\"-0.3715\">−.372</td>"))
    #expect(page.contains("<td class=\"number\" data-value=\"\">–</td>"))
    #expect(page.contains("50 further rows are in the data file."))
    #expect(page.contains("<th scope=\"col\" class=\"number\"><button type=\"button\">Kendall τ-b</button></th>"))
    #expect(page.contains("95 % intervals <a href=\"#ref-someone2020\">One &amp; Two (2020)</a>"))
  }

  @Test func sizesOfPartsAreTold() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    let told = try #require(page.firstMatch(of: #/<dd>([0-9]+) KiB: figures [0-9]+ KiB \(largest: figure [12], /#)?.1)
    #expect(Int(told) == (page.utf8.count + 512) / 1024)
  }

  @Test func referencesLinkToTheirPublication() throws {
    let page = try #require(SampleReport.rendered(SampleReport.document())["index.html"])
    #expect(page.contains("<a href=\"https://doi.org/10.1/a%3Cb%3E%28c%29\">doi:10.1/a&lt;b&gt;(c)</a>"))
  }
}
