import Testing

@testable import Preview

/// What a stranger may send: heads, hosts and targets.
@Suite struct RequestTests {
  private func head(_ text: String) throws(RequestRefusal) -> RequestHead { try RequestHead(Array(text.utf8)) }

  @Test func aHeadIsReadInItsParts() throws {
    let request = try head(
      "GET /figures/a.svg?x=1 HTTP/1.1\r\nHost:  127.0.0.1:80 \r\nAccept: */*\r\nContent-Length: 0\r\n\r\n")
    #expect(request.method == "GET" && request.target == "/figures/a.svg?x=1")
    #expect(request.hosts == ["127.0.0.1:80"] && !request.hasBody)
    #expect(try head("HEAD / HTTP/1.0\r\nhOsT: a\r\nHost: b\r\n\r\n").hosts == ["a", "b"])
    #expect(try head("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").hasBody)
    #expect(try head("GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n").hasBody)
  }

  @Test(arguments: [
    "", "\r\n\r\n", "GET /\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "GET / HTTP/2\r\n\r\n",
    "GET http://127.0.0.1/ HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n", "GET /\u{e9} HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\nb: c\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\u{0}\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n",
  ])
  func whatIsNoHeadIsRefused(_ text: String) {
    #expect(throws: RequestRefusal.badRequest) { try head(text) }
  }

  @Test func headsAreBounded() {
    #expect(throws: RequestRefusal.headTooLarge) {
      try head("GET /\(String(repeating: "a", count: RequestHead.byteLimit)) HTTP/1.1\r\n\r\n")
    }
    #expect(throws: RequestRefusal.headTooLarge) {
      try head("GET / HTTP/1.1\r\n\(String(repeating: "a: b\r\n", count: 200))\r\n")
    }
  }

  /// Bytes at random, and heads with bytes changed at random, are read or refused and nothing else.
  @Test func nothingTraps() {
    var generator = SystemRandomNumberGenerator()
    let good = Array("GET /a%20b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: x\r\n\r\n".utf8)
    for round in 0..<5000 {
      var bytes =
        round % 2 == 0 ? good : (0..<Int.random(in: 0...60, using: &generator)).map { _ in .random(in: 0...255) }
      for _ in 0..<(round % 5) where !bytes.isEmpty {
        bytes[.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      if let request = try? RequestHead(bytes) { _ = ReportPath.relative(of: request.target) }
      _ = RequestHead.length(in: bytes)
    }
  }

  @Test func onlyTheLoopbackNamesWithThePortAreAnswered() {
    let host = LoopbackHost(port: 4711)
    #expect(host.address == "http://127.0.0.1:4711/")
    for name in ["127.0.0.1:4711", "localhost:4711", "LOCALHOST:4711"] { #expect(host.accepts([name])) }
    for name in [
      "", "127.0.0.1", "localhost", "127.0.0.1:4712", "evil.example:4711", "127.0.0.1.evil.example:4711",
      "localhost:04711",
      "127.0.0.1:4711 ", "evil@127.0.0.1:4711", "[::1]:4711", "0.0.0.0:4711", "127.1:4711", "2130706433:4711",
      "localhost.:4711",
    ] { #expect(!host.accepts([name]), "\(name)") }
    #expect(!host.accepts([]) && !host.accepts(["127.0.0.1:4711", "evil.example"]))
    #expect(LoopbackHost(port: 80).accepts(["localhost"]))
  }

  @Test func targetsNameFilesOfTheFolder() {
    #expect(ReportPath.relative(of: "/") == "index.html")
    #expect(ReportPath.relative(of: "/?theme=dark") == "index.html")
    #expect(ReportPath.relative(of: "/tables/main.csv") == "tables/main.csv")
    #expect(ReportPath.relative(of: "/a%20%CF%84.csv#x") == "a τ.csv")
    #expect(ReportPath.relative(of: "/a%252e%252e") == "a%2e%2e")
  }

  @Test(arguments: [
    "", "a", "//", "/a/", "//etc/passwd", "/..", "/../a", "/a/../b", "/%2e%2e/a", "/%2E./a", "/.%2e", "/.", "/./a",
    "/.git",
    "/a/.hidden", "/%2ehidden", "/a%2fb", "/a%5cb", "/a\\b", "/a%00", "/a%0a", "/%", "/%4", "/%zz", "/%ff",
    "/%c0%ae%c0%ae/a",
    "/.preview/events", "/a%7f",
  ])
  func noTargetLeadsElsewhere(_ target: String) { #expect(ReportPath.relative(of: target) == nil) }

  /// Whatever is put together of parts that mean something: what is served has parts without dots in front, and no empty one.
  @Test func whatIsServedStaysInTheFolder() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "/", "..", ".", "%2e", "%2f", "%5c", "\\", "%00", "a", "b.html", "%", "%25", "?", "#", "//", "%e2%88%95",
      "\u{7f}", "~", ";", ":",
    ]
    var served = 0
    for _ in 0..<20_000 {
      let target =
        "/"
        + (0..<Int.random(in: 0...7, using: &generator)).compactMap { _ in pieces.randomElement(using: &generator) }
        .joined()
      guard let path = ReportPath.relative(of: target) else { continue }
      served += 1
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      #expect(
        !parts.contains { $0.isEmpty || $0.hasPrefix(".") || $0.utf8.contains(0) || $0.contains("\\") }, "\(target)")
    }
    #expect(served > 500)
  }
}
