import Diagnostics
import Files
import Measurements

/// The requests of one task: a head with the number of requests and the digest of what follows, then a line for each.
///
/// ```
/// trainfree requests 1 CONFIGURATION COUNT SHA-256
/// KEY⇥SEED⇥BATCH⇥ARCHITECTURE
/// ```
enum RequestFile {
  /// The most bytes of a file, and the most requests: as many as a measurement has evaluations.
  static let limit = 512 << 20
  private static let mostRequests = 1_000_000
  private static let head = "trainfree requests 1"

  /// A request with its key.
  struct Entry: Sendable, Hashable {
    var key: String
    var request: EvaluationRequest
  }

  /// The content of a file.
  static func text(_ entries: [Entry], configuration: String) -> String {
    let body = entries.map { entry -> String in
      let request = entry.request
      return
        "\(entry.key)\t\(request.seed)\t\(request.batch)\t\(CheckedLine.escaped(request.architecture.text))\n"
    }.joined()
    return "\(head) \(configuration) \(entries.count) \(SHA256.hexDigest(body))\n\(body)"
  }

  /// Reads a file; the features of its architectures are empty, since none are asked for.
  ///
  /// - Parameter keys: Makes the keys; one that is not that of its request is refused.
  /// - Throws: `DiagnosticsError`, with the place of what is wrong.
  static func read(_ path: String, keys: EvaluationKeys) throws(DiagnosticsError) -> [Entry] {
    let bytes = try ArrayFolder.bytes(path, limit: limit)
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
      throw refusal(path, 1, "it has no head")
    }
    let fields = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ").map(String.init)
    let body = Array(bytes[(end + 1)...])
    guard fields.count == 6, fields[..<3].joined(separator: " ") == head, let count = Int(fields[4]) else {
      throw refusal(path, 1, "its head is not that of requests of version 1")
    }
    guard fields[3] == keys.configuration else {
      throw refusal(path, 1, "it belongs to another measurement, \(fields[3].prefix(12))")
    }
    guard SHA256.hexDigest(body) == fields[5] else {
      throw refusal(path, 1, "its content does not have the digest that its head names: it was changed or cut off")
    }
    let ends = body.count { $0 == UInt8(ascii: "\n") }
    guard ends == count, count <= mostRequests else {
      throw refusal(path, 1, "it has \(ends) requests in place of \(count), or over \(mostRequests)")
    }
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(count)
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for (index, line) in lines.enumerated() {
      let parts = String(decoding: line, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count == 4, let seed = Int(parts[1]), let batch = Int(parts[2]) else {
        throw refusal(path, index + 2, "this is no request")
      }
      let architecture = MeasuredArchitecture(text: CheckedLine.unescaped(parts[3]), features: [])
      let request = EvaluationRequest(architecture, seed: seed, batch: batch)
      guard keys.key(request) == parts[0] else {
        throw refusal(path, index + 2, "the key is not that of the request")
      }
      entries.append(Entry(key: String(parts[0]), request: request))
    }
    return entries
  }

  private static func refusal(_ path: String, _ line: Int, _ reason: String) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(
        id: "bad-requests", location: SourceLocation(file: path, line: line),
        message: "the requests cannot be used", reason: reason,
        fix: "remove the folder of the array, and let `trainfree run` send them again")
    ])
  }
}
