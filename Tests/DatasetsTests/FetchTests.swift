import Diagnostics
import Files
import Foundation
import Testing

@testable import Datasets

/// A loopback server with ranges: serves `content` at /file, half of it and then a broken connection at /half.
private let server = """
  import http.server, os, threading
  content = bytes(range(256)) * 64
  class Handler(http.server.BaseHTTPRequestHandler):
      def log_message(self, *args): pass
      def do_GET(self):
          if self.path == '/missing': return self.send_error(404)
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
    try await DataFetcher(folder: folder) { _, _, _ in }.fetch(file)
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

  @Test(arguments: ["http://example.org/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "no address"])
  func addressesAreHTTPS(_ address: String) async {
    await #expect(throws: DiagnosticsError.self) { try await self.fetch(self.file("", address: address)) }
  }
}
