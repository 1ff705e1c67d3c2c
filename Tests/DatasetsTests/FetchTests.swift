import Diagnostics
import Files
import Foundation
import Testing

@testable import Datasets

/// A loopback server with ranges: serves `content` at /file, half of it and then a broken connection at /half.
private let server = """
  import http.server, os, threading, time
  content = bytes(range(256)) * 64
  class Handler(http.server.BaseHTTPRequestHandler):
      def log_message(self, *args): pass
      def do_GET(self):
          if self.path == '/missing': return self.send_error(404)
          if self.path.startswith('/asked'):
              asked = str(self.server.asked).encode()
              self.send_response(200); self.send_header('Content-Length', str(len(asked))); self.end_headers()
              return self.wfile.write(asked)
          self.server.asked += 1
          if self.path.startswith('/to?') or self.path == '/loop':
              self.send_response(302); self.send_header('Location', '/loop' if self.path == '/loop' else self.path[4:]); self.send_header('Content-Length', '0')
              return self.end_headers()
          if self.path == '/silent': return time.sleep(60)
          if self.path in ('/drip', '/flood', '/announced'):
              self.send_response(200)
              if self.path != '/flood': self.send_header('Content-Length', str(16384 if self.path == '/drip' else 1 << 30))
              self.end_headers()
              try:
                  for _ in range(1024):
                      self.wfile.write(b'x' if self.path == '/drip' else bytes(1 << 20))
                      if self.path == '/drip': time.sleep(0.1)
              except OSError: pass
              return
          start = 0
          wanted = self.headers.get('Range')
          if wanted: start = int(wanted.split('=')[1].split('-')[0])
          body = content[start:] + (b'more' if self.path == '/long' else b'')
          self.send_response(206 if wanted else 200)
          self.send_header('Content-Length', str(len(body)))
          self.end_headers()
          self.wfile.write(body[:5000] if self.path == '/half' and not wanted else body)
          if self.path == '/half' and not wanted: self.connection.close()
  s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
  s.daemon_threads = True
  s.asked = 0
  threading.Timer(300, lambda: os._exit(0)).start()
  print(s.server_port, flush=True)
  s.serve_forever()
  """

@Suite(.serialized) final class FetchTests {
  private let folder = NSTemporaryDirectory() + "trainfree-fetch-\(UUID().uuidString)"
  private let process = Process()
  private let port: String

  init() throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", server]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    port = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).filter(\.isNumber)
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func file(_ path: String, digest: String? = nil, address: String? = nil) -> CatalogFile {
    let content = (0..<64).flatMap { _ in (0...255).map { UInt8($0) } }
    return CatalogFile(
      id: "f", path: "sub/file.bin", address: address ?? "http://127.0.0.1:\(port)\(path)", licence: "", citation: "",
      byteCount: content.count, digest: digest ?? SHA256.hexDigest(content), byHand: nil)
  }

  private func fetch(_ file: CatalogFile) async throws(DiagnosticsError) -> String {
    let pace = DownloadPace(answerSeconds: 5, leastBytes: 1000, windowSeconds: 1)
    return try await DataFetcher(folder: folder, pace: pace) { _, _, _ in }.fetch(file)
  }

  private func reason(_ path: String) async throws -> String {
    let error = await #expect(throws: DiagnosticsError.self) { try await self.fetch(self.file(path)) }
    return try #require(error?.diagnostics.first?.reason)
  }

  /// Requests that the server has had.
  private func requestCount() throws -> Int {
    let address = try #require(URL(string: "http://127.0.0.1:\(port)/asked"))
    return try #require(Int(String(decoding: try Data(contentsOf: address), as: UTF8.self)))
  }

  @Test func filesArriveWhole() async throws {
    let path = try await fetch(file("/file"))
    #expect(FileSystem.size(path) == 16_384)
    #expect(FileSystem.names(in: "\(folder)/sub") == ["file.bin"])
  }

  @Test func brokenDownloadsGoOn() async throws {
    await #expect(throws: DiagnosticsError.self) { try await self.fetch(self.file("/half")) }
    #expect((FileSystem.size("\(folder)/sub/file.bin.partial") ?? 0) > 0)
    #expect(try await FileSystem.size(fetch(file("/half"))) == 16_384)
  }

  @Test func wrongAnswersAreRefused() async throws {
    for wrong in [file("/missing"), file("/long"), file("/file", digest: String(repeating: "0", count: 64))] {
      let error = await #expect(throws: DiagnosticsError.self) { try await self.fetch(wrong) }
      #expect(error?.kind == .missingInput)
      #expect(!FileSystem.exists("\(folder)/sub/file.bin"))
    }
  }

  @Test(arguments: [("/flood", "larger than the catalogue says"), ("/announced", "announces 1073741824 bytes")])
  func aFloodIsNotKept(path: String, expected: String) async throws {
    let start = ContinuousClock.now
    #expect(try await reason(path).contains(expected))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect((FileSystem.size("\(folder)/sub/file.bin.partial") ?? 0) <= 16_384)
  }

  @Test(arguments: [("/drip", "bytes arrived in 1.0 s"), ("/silent", "no answer within 5.0 s")])
  func aSlowServerIsLeft(path: String, expected: String) async throws {
    let start = ContinuousClock.now
    let reason = try await self.reason(path)
    #expect(reason.contains("the server is too slow") && reason.contains(expected))
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test(arguments: ["file:///x", "ftp://127.0.0.1/x", "http://example.org/x", "data:,x", "FILE:/x"])
  func noServerSendsToAnotherScheme(_ target: String) async throws {
    #expect(try await reason("/to?\(target)").contains("sends on to"))
    #expect(try requestCount() == 1)
  }

  @Test func serversMaySendOn() async throws {
    #expect(try await FileSystem.size(fetch(file("/to?/file"))) == 16_384)
    #expect(try requestCount() == 2)
  }

  @Test func noServerSendsOnForEver() async throws {
    #expect(try await reason("/loop").contains("sends on over 10 times"))
    #expect(try requestCount() == 11)
  }

  @Test(arguments: ["http://example.org/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "no address"])
  func addressesAreHTTPS(_ address: String) async {
    await #expect(throws: DiagnosticsError.self) { try await self.fetch(self.file("", address: address)) }
  }
}
