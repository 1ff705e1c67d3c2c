import Documents
import Reports

/// Puts what belongs to the site into the page of a report: the policy of the site before anything else, what others read of it
/// in its head, and a line with links at its top. The rest of the page stays as it is.
struct PageHead {
  /// How every page of a report begins. What follows cannot come before the policy.
  private static let start = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
  private static let middle = "</head>\n<body>\n"

  /// The reason for which a page cannot be put into a site; nil when it can.
  static func problem(_ page: [UInt8]) -> String? {
    guard page.starts(with: start.utf8) else { return "its head is not that of a report" }
    guard page.firstRange(of: Array(middle.utf8)) != nil else { return "its body is not that of a report" }
    return nil
  }

  /// The page with the policy first, `head` at the end of its head and `top` at the start of its body.
  ///
  /// - Parameters:
  ///   - script: The one script that may run.
  static func page(_ page: [UInt8], script: String, head: String, top: String) -> [UInt8] {
    guard let found = page.firstRange(of: Array(middle.utf8)), page.starts(with: start.utf8) else { return [] }
    var output = Array(start.utf8)
    output.reserveCapacity(page.count + 8192)
    output += Array("\(policy(script: script))\n".utf8)
    output += page[start.utf8.count..<found.lowerBound]
    output += Array(head.utf8) + Array(middle.utf8)
    // The link that skips to the text stays the first.
    let body = page[found.upperBound...]
    let line = body.prefix { $0 != UInt8(ascii: "\n") }
    let isSkip = line.starts(with: "<a class=\"skip\"".utf8)
    if isSkip { output += line + [UInt8(ascii: "\n")] }
    output += Array(top.utf8)
    output += isSkip ? body.dropFirst(line.count + 1) : body
    return output
  }

  /// The policy of a page: nothing is loaded, nothing is sent, and one script runs at most.
  static func policy(script: String) -> String {
    let scripts = script.isEmpty ? "'none'" : "'sha256-\(PageParts.digest(ofScript: script))'"
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      + "script-src \(scripts); img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">"
  }
}
