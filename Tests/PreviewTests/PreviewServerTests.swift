import Files
import Foundation
import Testing

@testable import Preview

/// A server on a port of its own, asked with bytes as they are.
@Suite struct PreviewServerTests {
  private func server(_ size: Int = 0) throws -> (port: UInt16, folder: String, content: PreviewContent) {
    let folder = NSTemporaryDirectory() + "preview-\(UUID().uuidString)"
    try FileSystem.write(Array("<body>page</body>".utf8), to: "\(folder)/index.html")
    try FileSystem.write([UInt8](repeating: 65, count: size), to: "\(folder)/large.txt")
    let server = try PreviewServer(port: 0)
    let content = PreviewContent(
      host: LoopbackHost(port: server.port), live: LivePage(style: "", script: ""), title: "t",
      channel: StateChannel(.init(.ready)))
    content.serve(folder)
    server.start(content)
    return (server.port, folder, content)
  }

  /// A connection; -1 when it is refused.
  private func connection(_ port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var time = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    let done = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard done == 0 else {
      close(descriptor)
      return -1
    }
    return descriptor
  }

  private func send(_ text: String, _ descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What comes until the end, or until a text has come.
  private func answer(_ descriptor: Int32, until end: String? = nil) -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      all += buffer[..<count]
      if let end, String(decoding: all, as: UTF8.self).contains(end) { break }
    }
    return String(decoding: all, as: UTF8.self)
  }

  private func ask(_ text: String, _ port: UInt16) -> String {
    let descriptor = connection(port)
    defer { close(descriptor) }
    send(text, descriptor)
    return answer(descriptor)
  }

  @Test func requestsAreAnswered() throws {
    let (port, folder, _) = try server(3 << 20)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let host = "Host: localhost:\(port)\r\n\r\n"
    #expect(ask("GET / HTTP/1.1\r\n\(host)", port).hasPrefix("HTTP/1.1 200 OK\r\n"))
    let large = ask("GET /large.txt HTTP/1.1\r\n\(host)", port)
    #expect(large.utf8.count > 3 << 20 && large.hasSuffix("AAA"))
    let head = ask("HEAD /large.txt HTTP/1.1\r\n\(host)", port)
    #expect(head.contains("Content-Length: \(3 << 20)\r\n") && head.hasSuffix("\r\n\r\n"))
    #expect(ask("GET / HTTP/1.1\r\nHost: evil.example:\(port)\r\n\r\n", port).hasPrefix("HTTP/1.1 421 "))
    #expect(ask("POST / HTTP/1.1\r\n\(host)", port).contains("Allow: GET, HEAD\r\n"))
    #expect(ask("nonsense\r\n\r\n", port).hasPrefix("HTTP/1.1 400 "))
    #expect(ask("GET /\(String(repeating: "a", count: 40_000))", port).hasPrefix("HTTP/1.1 431 "))
  }

  @Test func onlyThisMachineIsBoundAndAPortIsTakenOnce() throws {
    let (port, folder, _) = try server()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let table = try String(contentsOfFile: "/proc/self/net/tcp", encoding: .utf8)
    let hexadecimal = String(port, radix: 16, uppercase: true)
    let name = String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    let listening = table.split(separator: "\n").filter { $0.contains(":\(name) 00000000:0000 0A") }
    #expect(listening.count == 1 && listening.allSatisfy { $0.contains("0100007F:\(name)") })
    let failure = #expect(throws: PreviewFailure.self) { try PreviewServer(port: port) }
    #expect(failure?.isInUse == true)
  }

  /// As many pages as may listen, and more; those that say nothing; and the next one is answered all the same.
  @Test func manyConnectionsAreBorne() async throws {
    let (port, folder, content) = try server()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let host = "Host: 127.0.0.1:\(port)\r\n\r\n"
    var open: [Int32] = []
    defer { for descriptor in open { close(descriptor) } }
    for _ in 0..<16 {
      let descriptor = connection(port)
      open.append(descriptor)
      send("GET /.preview/events HTTP/1.1\r\n\(host)", descriptor)
      #expect(answer(descriptor, until: "\"phase\":\"ready\"").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }
    #expect(ask("GET /.preview/events HTTP/1.1\r\n\(host)", port).hasPrefix("HTTP/1.1 503 "))
    content.channel.tell { $0 = PreviewState(.failed, edition: "new") }
    for descriptor in open {
      #expect(answer(descriptor, until: "\"edition\":\"new\"").contains("\"phase\":\"failed\""))
    }
    // Silent ones fill the rest, and some wait; closing the first makes room.
    let silent = (0..<40).map { _ in connection(port) }
    for descriptor in silent { close(descriptor) }
    #expect(ask("GET / HTTP/1.1\r\n\(host)", port).hasPrefix("HTTP/1.1 200 OK\r\n"))
    for descriptor in open { close(descriptor) }
    open = []
    content.channel.repeat()
    content.channel.repeat()
    var looks = 0
    while content.channel.listeners > 0, looks < 100 {
      content.channel.repeat()
      try await Task.sleep(for: .milliseconds(50))
      looks += 1
    }
    #expect(content.channel.listeners == 0)
  }

  @Test(.timeLimit(.minutes(1))) func whoSaysNothingIsCutOff() throws {
    let (port, folder, _) = try server()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let descriptor = connection(port)
    defer { close(descriptor) }
    send("GET / HT", descriptor)
    let start = ContinuousClock.now
    #expect(answer(descriptor).isEmpty)
    #expect((9...16).contains((ContinuousClock.now - start) / .seconds(1)))
  }
}
