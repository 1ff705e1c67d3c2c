/// The head of a request of HTTP/1.1 or 1.0, as far as a preview needs it: without its body, which no request to it has.
package struct RequestHead: Sendable, Hashable {
  /// The method, such as `GET`.
  package let method: String
  /// The target as it was sent, with percent signs.
  package let target: String
  /// The values of all `Host` fields.
  package let hosts: [String]
  /// True when the request has a body, or says so.
  package let hasBody: Bool

  /// The most bytes of a head.
  package static let byteLimit = 16 << 10
  /// The most fields.
  private static let fieldLimit = 100

  /// Reads a head.
  ///
  /// - Parameter bytes: All of it, the empty line at its end included.
  /// - Throws: `RequestRefusal` when it is none.
  package init(_ bytes: [UInt8]) throws(RequestRefusal) {
    guard bytes.count <= Self.byteLimit else { throw .headTooLarge }
    guard bytes.suffix(4).elementsEqual([13, 10, 13, 10]) else { throw .badRequest }
    let lines = Self.lines(bytes.dropLast(4))
    guard let first = lines.first, !lines.contains(where: { $0.contains { $0 == 13 || $0 == 10 || $0 == 0 } }) else {
      throw .badRequest
    }
    guard lines.count <= Self.fieldLimit + 1 else { throw .headTooLarge }
    let parts = first.split(separator: 32, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy({ (65...90).contains($0) }),
      parts[1].first == UInt8(ascii: "/"), parts[1].allSatisfy({ (33...126).contains($0) }),
      parts[2].elementsEqual("HTTP/1.1".utf8) || parts[2].elementsEqual("HTTP/1.0".utf8)
    else { throw .badRequest }
    var hosts: [String] = []
    var hasBody = false
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ Self.isToken($0) })
      else { throw .badRequest }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = Self.trimmed(line[(colon + 1)...])
      switch name {
      case "host": hosts.append(value)
      case "content-length": hasBody = hasBody || value != "0"
      case "transfer-encoding": hasBody = true
      default: break
      }
    }
    method = String(decoding: parts[0], as: UTF8.self)
    target = String(decoding: parts[1], as: UTF8.self)
    self.hosts = hosts
    self.hasBody = hasBody
  }

  /// The number of bytes of the head at the beginning of what was received; nil when its end has not come yet.
  static func length(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for end in 4...bytes.count
    where bytes[end - 1] == 10 && bytes[end - 2] == 13 && bytes[end - 3] == 10 && bytes[end - 4] == 13 {
      return end
    }
    return nil
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 13, index + 1 < bytes.endIndex, bytes[index + 1] == 10 {
        lines.append(bytes[start..<index])
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    return lines + [bytes[start...]]
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// The refusal of a request.
package enum RequestRefusal: Error, Sendable, Hashable, CaseIterable {
  /// It is none of HTTP/1.1.
  case badRequest
  /// Its head has more bytes or fields than a browser sends.
  case headTooLarge
  /// It is meant for another host: a page of another name leads here.
  case otherHost
  /// Nothing but GET and HEAD is answered.
  case methodNotAllowed
  /// It has a body.
  case hasBody
  /// There is no such file, or none that is served.
  case notFound
  /// So many pages listen for changes already.
  case tooManyListeners

  /// The status and its phrase.
  var status: (code: Int, phrase: String) {
    switch self {
    case .badRequest: (400, "Bad Request")
    case .headTooLarge: (431, "Request Header Fields Too Large")
    case .otherHost: (421, "Misdirected Request")
    case .methodNotAllowed: (405, "Method Not Allowed")
    case .hasBody: (413, "Content Too Large")
    case .notFound: (404, "Not Found")
    case .tooManyListeners: (503, "Service Unavailable")
    }
  }
}
