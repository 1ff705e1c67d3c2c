import Files
import Foundation

/// A page as it is served: with a style sheet and a script that keep it up to date. The file itself stays as it is.
package struct LivePage: Sendable {
  private let style: String
  private let script: String
  private let styleDigest: String
  private let scriptDigest: String

  /// Takes the texts that are put into pages; they hold no end of their element.
  package init(style: String, script: String) {
    (self.style, self.script) = (style, script)
    styleDigest = Self.digest(style)
    scriptDigest = Self.digest(script)
  }

  /// A page of a report, with what keeps it up to date before the end of its body.
  ///
  /// - Parameters:
  ///   - page: The page. Its `meta` element with a security policy, if it has one, allows the script beside its own.
  ///   - edition: The edition of the page, which the script compares with that of the report.
  package func page(_ page: [UInt8], edition: String) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(page.count + style.utf8.count + script.utf8.count + 500)
    var rest = page[...]
    if let policy = Self.policy(in: page) {
      output += page[..<policy.place.lowerBound]
      output += Self.attribute(policy.policy.allowing(script: scriptDigest, style: styleDigest).text).utf8
      rest = page[policy.place.upperBound...]
    }
    let end = Self.lastEnd(of: rest)
    output += rest[..<end]
    output += elements(edition).utf8
    output += rest[end...]
    return output
  }

  /// A page that stands where there is no report yet.
  package func emptyPage(title: String) -> [UInt8] {
    let title = Self.attribute(title)
    return Array(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(styleDigest)'; \
      script-src 'sha256-\(scriptDigest)'; connect-src 'self'; base-uri 'none'; form-action 'none'">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      </head>
      <body class="preview-empty">
      <main id="main"><h1>\(title)</h1><p id="preview-waiting">There is no report yet. It appears here when the analysis has run.</p></main>
      \(elements(""))</body>
      </html>

      """.utf8)
  }

  private func elements(_ edition: String) -> String {
    "<style>\(style)</style>\n<div id=\"preview\" data-edition=\"\(Self.attribute(edition))\"></div>\n<script>\(script)</script>\n"
  }

  /// The first policy in the head of a page, with the place of its text.
  private static func policy(in page: [UInt8]) -> (place: Range<Int>, policy: ContentPolicy)? {
    let head = page.prefix(1 << 16)
    let start = Array("<meta http-equiv=\"content-security-policy\" content=\"".utf8)
    guard let place = firstPlace(of: start, in: head), let end = head[(place + start.count)...].firstIndex(of: 34),
      let text = String(validating: head[(place + start.count)..<end], as: UTF8.self)
    else { return nil }
    let plain = text.replacingOccurrences(of: "&#39;", with: "'").replacingOccurrences(of: "&amp;", with: "&")
    return ((place + start.count)..<end, ContentPolicy(plain))
  }

  /// The place of `</body>` after which there is no other; the end when there is none.
  private static func lastEnd(of page: ArraySlice<UInt8>) -> Int {
    let end = Array("</body>".utf8)
    var place = page.endIndex - end.count
    while place >= page.startIndex {
      if matches(end, page, at: place) { return place }
      place -= 1
    }
    return page.endIndex
  }

  private static func firstPlace(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= text.count else { return nil }
    return (bytes.startIndex...bytes.endIndex - text.count).first { matches(text, bytes, at: $0) }
  }

  /// True when a text of lower-case letters stands at a place, in whatever case.
  private static func matches(_ text: [UInt8], _ bytes: ArraySlice<UInt8>, at place: Int) -> Bool {
    for (index, byte) in text.enumerated() {
      let found = bytes[place + index]
      guard found == byte || (65...90).contains(found) && found + 32 == byte else { return false }
    }
    return true
  }

  private static func attribute(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: "\"", with: "&quot;")
  }

  /// SHA-256 in base 64.
  private static func digest(_ text: String) -> String {
    let digits = SHA256.hexDigest(text).utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return Data(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
      .base64EncodedString()
  }
}
