/// The file of a report that the target of a request names.
package enum ReportPath {
  /// The longest path, in bytes.
  static let byteLimit = 1024

  /// The path in the report's folder; nil when the target names none that is served.
  ///
  /// The part before a `?` is taken, and percent signs are decoded once, each part of the path by itself, so that no encoded `/` divides
  /// it. A part that is empty, begins with a dot (`.`, `..`, hidden files), or holds a control character, a backslash or what is not
  /// UTF-8 is refused. `/` is the page itself; there are no other pages of folders.
  package static func relative(of target: String) -> String? {
    let path = target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard path.first == UInt8(ascii: "/"), path.count <= byteLimit else { return nil }
    if path.count == 1 { return page }
    var parts: [String] = []
    for part in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let bytes = decoded(Array(part)), let text = String(validating: bytes, as: UTF8.self), isServed(bytes)
      else { return nil }
      parts.append(text)
    }
    return parts.joined(separator: "/")
  }

  /// The page of a report.
  package static let page = "index.html"

  private static func isServed(_ part: [UInt8]) -> Bool {
    guard let first = part.first, first != UInt8(ascii: "."), part.count <= 255 else { return false }
    return !part.contains { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
  }

  /// The bytes with each `%` and two hexadecimal digits replaced; nil when a `%` is followed by something else.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%") else {
        decoded.append(bytes[index])
        index += 1
        continue
      }
      guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
        return nil
      }
      decoded.append(high << 4 | low)
      index += 3
    }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}
