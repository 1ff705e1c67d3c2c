import Testing

@testable import TestSupport

@Suite struct QuotedTextTests {
  @Test func textsAreShownShortAndPrintable() {
    #expect("\(QuotedText("a \"b\" \\"))" == #""a \"b\" \\""#)
    #expect(QuotedText("a\n\r\u{0}\u{1B}\u{202E}\u{301}").description == #""a\n\u{d}\u{0}\u{1b}\u{202e}\u{301}""#)
    let long = QuotedText(repeating: "a", 4000, then: "z")
    #expect(long.text.count == 4001)
    #expect(
      long.testDescription
        == "\"\(String(repeating: "a", count: 30))\" … \"\(String(repeating: "a", count: 9))z\" (4001 characters)")
    #expect(QuotedText(repeating: "\u{202E}", 9999).testDescription.count < 400)
  }
}
