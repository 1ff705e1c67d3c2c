import Testing

@testable import Site

struct PageDetailsTests {
  private static let block =
    "<details class=\"how\"><summary>How it was checked</summary>\n<dl></dl><details><summary>SQL</summary>x</details>\n</details>"
  private static func page(of size: Int) -> String {
    "<p id=\"claim-a\">A</p>\(block)<p>\(String(repeating: "a", count: size))</p><td class=\"number\" data-value=\"-1.5e-7\">0</td><td class=\"number\" data-value=\"\">–</td>"
  }

  @Test func aLightPageStaysAsItIs() {
    let page = Self.page(of: 1000)
    let details = PageDetails(page)
    #expect(details.page == page && details.blocks.isEmpty)
  }

  @Test func aHeavyPageLeadsToItsDetails() {
    let details = PageDetails(Self.page(of: PageDetails.limit))
    #expect(details.blocks.map(\.anchor) == ["claim-a"] && details.blocks.map(\.title) == ["How it was checked"])
    #expect(details.blocks.first?.html == "\n<dl></dl><details><summary>SQL</summary>x</details>\n")
    #expect(details.page.contains("<p class=\"details\"><a href=\"details.html#d-1\">How it was checked</a></p>"))
    #expect(!details.page.contains("<details"))
    #expect(details.page.hasSuffix("<td class=number data-value=-1.5e-7>0</td><td class=number data-value=\"\">–</td>"))
  }

  @Test func figuresWeighNothing() {
    let text = String(repeating: "x", count: 500)
    #expect(PageDetails.weight("<p>é</p><figure><svg>\(text)</svg>\(text)</figure><svg>\(text)</svg>") == 9)
  }

  /// Markup that does not end stays.
  @Test(arguments: [
    "<details class=\"made\">", "<details class=\"how\"></details>", "<details class=\"how\"><summary>",
  ])
  func brokenMarkupStays(_ text: String) {
    let page = text + String(repeating: "a", count: PageDetails.limit)
    #expect(PageDetails(page).page == page)
  }
}
