import Documents
import Files

/// The answer to a request.
package struct ServedResponse: Sendable {
  /// What follows the head.
  enum Body: Sendable {
    case bytes([UInt8])
    /// A file, sent a part at a time.
    case file(ContainedFile)
    /// The states of the preview as they come, until the reader goes.
    case events
  }

  package var code: Int
  var phrase: String
  /// Names and values.
  package var fields: [(name: String, value: String)]
  var body: Body

  /// An answer that no cache keeps and no other page may use.
  init(_ code: Int, _ phrase: String, type: String, policy: String? = Self.closed, _ body: Body) {
    self.code = code
    self.phrase = phrase
    self.body = body
    fields = [
      ("Content-Type", type), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("Referrer-Policy", "no-referrer"), ("Connection", "close"),
    ]
    if let policy { fields.append(("Content-Security-Policy", policy)) }
    switch body {
    case .bytes(let bytes): fields.append(("Content-Length", String(bytes.count)))
    case .file(let file): fields.append(("Content-Length", String(file.size)))
    case .events: break
    }
  }

  /// The security policy of all but the page: nothing is loaded and no script runs.
  static let closed =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
  /// That of the page, beside the one that the page itself states.
  static let page = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

  /// The answer to a request that is refused.
  init(_ refusal: RequestRefusal) {
    let (code, phrase) = refusal.status
    self.init(code, phrase, type: "text/plain; charset=utf-8", .bytes(Array("\(code) \(phrase)\n".utf8)))
    if refusal == .methodNotAllowed { fields.append(("Allow", "GET, HEAD")) }
    if refusal == .tooManyListeners { fields.append(("Retry-After", "5")) }
  }

  /// The bytes before the body.
  var head: [UInt8] {
    let lines = ["HTTP/1.1 \(code) \(phrase)"] + fields.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}
