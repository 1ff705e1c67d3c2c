import Files
import TestSupport
import Testing

@testable import Site

/// What may be taken over of a report's pages and drawings.
@Suite struct MarkupCheckTests {
  private static let page =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>A</title>\n</head>\n<body>\n"

  private func page(_ body: String) -> String? { MarkupCheck.problem(Array((Self.page + body).utf8), .page) }
  private func drawing(_ inside: String) -> String? {
    MarkupCheck.problem(Array("<svg xmlns=\"http://www.w3.org/2000/svg\">\(inside)</svg>\n".utf8), .drawing)
  }

  @Test func committedReportsAreTakenOver() throws {
    for id in FileSystem.names(in: "\(checkout)/reports") {
      let folder = "\(checkout)/reports/\(id)"
      #expect(MarkupCheck.problem(try FileSystem.read("\(folder)/index.html"), .page) == nil, "\(id)")
      #expect(PageHead.problem(try FileSystem.read("\(folder)/index.html")) == nil, "\(id)")
      for name in FileSystem.names(in: "\(folder)/figures") where name.hasSuffix(".svg") {
        #expect(MarkupCheck.problem(try FileSystem.read("\(folder)/figures/\(name)"), .drawing) == nil, "\(id)/\(name)")
      }
    }
  }

  @Test(arguments: [
    "<p>τ &lt; 1 &amp; more</p>",
    "<a href=\"#x\">x</a><a href=\"figures/a.svg\">y</a><a href=\"https://a.b/?c&amp;d\">z</a>",
    "<img src=\"data:image/png;base64,AA\" alt=\"\">", "<svg><path fill=\"url(#a)\" d=\"M0 0\"/></svg>",
    "<script>if (a < b) { c = \"</p>\"; }</script>", "<td data-labels=\"url(http://x)\">a</td>",
    "<details open><summary>a</summary></details>",
  ])
  func whatReportsHave(_ body: String) { #expect(page(body) == nil) }

  @Test(arguments: [
    "<iframe src=\"x\"></iframe>", "<p onclick=\"x()\">a</p>", "<a href=\"javascript:x()\">a</a>",
    "<a href=\" javascript:x()\">a</a>",
    "<a href=\"javascript&colon;x()\">a</a>", "<a href=\"java&#115;cript:x()\">a</a>",
    "<a href=\"//evil.example/\">a</a>",
    "<a href=\"\\\\evil.example\">a</a>", "<img src=\"http://evil.example/a.png\">", "<img src='data:image/png,'>",
    "<meta http-equiv=\"refresh\" content=\"0;url=http://evil.example\">", "<base href=\"http://evil.example/\">",
    "<form action=\"http://evil.example/\"></form>", "<link rel=\"stylesheet\" href=\"x.css\">", "<!-- a -->",
    "<!doctype html>",
    "<p title=\"</title><script>x</script>\">", "<p title=x>", "<p style=\"background:url(http://evil.example)\">a</p>",
    "<svg><style>*{}</style></svg>", "<style>p{}</style>", "<svg><script>x</script></svg>",
    "<object data=\"x\"></object>",
    "<p", "<script>x", "<a href=\"data:text/html,x\">a</a>", "<svg><image href=\"http://evil.example/a.png\"/></svg>",
    "<svg><animate attributeName=\"href\" to=\"javascript:x\"/></svg>",
    "<svg><use href=\"http://evil.example/#a\"/></svg>",
    "< script>x</script>", "<SCRIPT>x</SCRIPT>", "<p\u{0}>", "<math><p></math>", "<textarea>",
    "<noscript><p></noscript>",
  ])
  func whatOthersHave(_ body: String) { #expect(page(body) != nil) }

  @Test(arguments: [
    "<style>.a{fill:#fff}\n@media (prefers-color-scheme:dark){.a{fill:#000}}</style><path class=\"a\" d=\"M0 0\"/>",
    "<clipPath id=\"c\"><path d=\"M0 0h1v1h-1z\"/></clipPath><g clip-path=\"url(#c)\"/>",
    "<image href=\"data:image/png;base64,AA\" width=\"1\" height=\"1\"/>",
  ])
  func whatDrawingsHave(_ inside: String) { #expect(drawing(inside) == nil) }

  @Test(arguments: [
    "<script>x</script>", "<style>@import 'x'</style>", "<style>*{background:url(http://evil.example)}</style>",
    "<style>*{background:u\\72l(http://evil.example)}</style>", "<style><![CDATA[*{}]]></style>",
    "<foreignObject><p>a</p></foreignObject>",
    "<a href=\"http://evil.example\"><path d=\"M0 0\"/></a>", "<g onload=\"x()\"/>",
    "<image href=\"http://evil.example/a\"/>",
    "<set attributeName=\"onclick\" to=\"x()\"/>", "<g fill=\"url(http://evil.example/#a)\"/>",
    "<?xml-stylesheet href=\"x\"?>",
  ])
  func whatDrawingsOfOthersHave(_ inside: String) { #expect(drawing(inside) != nil) }
}
