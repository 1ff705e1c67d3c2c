import Files
import Testing

@testable import Preview

@Suite struct LivePageTests {
  private let live = LivePage(style: "p { color: red }", script: "start();")

  private func served(_ page: String) -> String {
    String(decoding: live.page(Array(page.utf8), edition: "e\"1"), as: UTF8.self)
  }

  @Test func aPageKeepsAllButItsPolicyAndHasTheScriptAtItsEnd() {
    let page =
      "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-abc'; style-src 'unsafe-inline'\">"
      + "</head><body><p>Text &amp; </body> τ</p></body></html>\n"
    let text = served(page)
    #expect(text.contains("<p>Text &amp; </body> τ</p><style>p { color: red }</style>"))
    #expect(text.contains("data-edition=\"e&quot;1\"></div>\n<script>start();</script>\n</body></html>\n"))
    #expect(text.contains("script-src 'sha256-abc' 'sha256-"))
    #expect(text.contains("style-src 'unsafe-inline'; connect-src 'self'\">"))
    #expect(text.hasPrefix("<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "))
  }

  /// A policy gets what the preview needs, and nothing else.
  @Test(arguments: [
    ("default-src 'none'", "default-src 'none'; script-src 'sha256-S'; style-src 'sha256-T'; connect-src 'self'"),
    ("script-src 'none'; connect-src 'none'", "script-src 'sha256-S'; connect-src 'self'"),
    (
      "default-src 'self'",
      "default-src 'self'; script-src 'self' 'sha256-S'; style-src 'self' 'sha256-T'; connect-src 'self' 'self'"
    ),
    ("style-src 'unsafe-inline' 'sha256-U'", "style-src 'unsafe-inline' 'sha256-U' 'sha256-T'"),
    ("img-src data:", "img-src data:"), ("", ""),
  ])
  func policiesAllowOneScriptMore(_ before: String, _ after: String) {
    #expect(ContentPolicy(before).allowing(script: "S", style: "T").text == after)
  }

  @Test(arguments: ["", "<", "</body", "no end", "<meta http-equiv=\"content-security-policy\" content=\""])
  func anyBytesAreServed(_ page: String) {
    #expect(served(page).hasPrefix(page) && served(page).contains("<script>start();</script>"))
  }

  @Test func theEmptyPageAllowsItsOwnScriptAlone() {
    let text = String(decoding: live.emptyPage(title: "<b>\""), as: UTF8.self)
    #expect(text.contains("<title>&lt;b>&quot;</title>"))
    #expect(text.contains("default-src 'none'; style-src 'sha256-") && !text.contains("unsafe-inline"))
  }
}
