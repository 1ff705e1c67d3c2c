import Diagnostics
import Files
import Foundation
import Testing

@testable import Preview

/// What is served of a folder that holds more than a report, in a folder that holds more than it.
@Suite struct PreviewContentTests {
  private final class Place {
    let folder = NSTemporaryDirectory() + "preview-\(UUID().uuidString)"
    let content: PreviewContent

    init() throws {
      let files = FileManager.default
      try files.createDirectory(atPath: "\(folder)/report/figures", withIntermediateDirectories: true)
      for (name, text) in [
        ("report/index.html", "<body>page</body>"), ("report/figures/a.svg", "<svg/>"), ("report/.hidden", "secret"),
        ("secret.txt", "secret"), ("other/b.txt", "secret"),
      ] { try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)") }
      for (name, target) in [
        ("out.txt", "../secret.txt"), ("inside.svg", "figures/a.svg"), ("other", "../other"), ("loop", "loop"),
        ("slash", "/"),
      ] { try files.createSymbolicLink(atPath: "\(folder)/report/\(name)", withDestinationPath: target) }
      mkfifo("\(folder)/report/pipe", 0o600)
      content = PreviewContent(
        host: LoopbackHost(port: 1), live: LivePage(style: "", script: ""), title: "t",
        channel: StateChannel(.init(.running)))
      content.serve("\(folder)/report")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func get(_ target: String, method: String = "GET", host: String = "127.0.0.1:1") throws -> ServedResponse {
      content.response(to: try RequestHead(Array("\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8)))
    }
  }

  private func text(_ response: ServedResponse) -> String {
    switch response.body {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .file(let file): String(decoding: (try? file.all(limit: 1000)) ?? [], as: UTF8.self)
    case .events: ""
    }
  }

  @Test func filesOfTheReportAreServedWithTheirTypes() throws {
    let place = try Place()
    let page = try place.get("/")
    #expect(page.code == 200 && text(page).contains("page"))
    let figure = try place.get("/figures/a.svg")
    #expect(figure.code == 200 && text(figure) == "<svg/>")
    let fields = Dictionary(figure.fields.map { ($0.name, $0.value) }) { $1 }
    #expect(fields["Content-Type"] == "image/svg+xml" && fields["Content-Length"] == "6")
    #expect(fields["Cache-Control"] == "no-store" && fields["X-Content-Type-Options"] == "nosniff")
    #expect(fields["Content-Security-Policy"]?.contains("sandbox") == true)
    #expect(try String(contentsOfFile: "\(place.folder)/report/index.html", encoding: .utf8) == "<body>page</body>")
  }

  @Test(arguments: [
    "/.hidden", "/out.txt", "/inside.svg", "/other/b.txt", "/other", "/loop", "/pipe", "/slash/etc/passwd", "/figures",
    "/figures/",
    "/../secret.txt", "/%2e%2e/secret.txt", "/none", "/index.html/", "/index.html/a",
  ])
  func nothingElseIs(_ target: String) throws { #expect(try Place().get(target).code == 404) }

  @Test func theSecretIsNeverServed() throws {
    let place = try Place()
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "/", "/..", "/%2e%2e", "/other", "/out.txt", "/secret.txt", "/.hidden", "/b.txt", "/figures", "/slash", "/a.svg",
      "/.",
    ]
    for _ in 0..<3000 {
      let target = (0..<Int.random(in: 1...5, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }.joined()
      #expect(!text(try place.get(target)).contains("secret"), "\(target)")
    }
  }

  @Test func otherHostsAndMethodsAreRefused() throws {
    let place = try Place()
    #expect(try place.get("/", host: "evil.example:1").code == 421)
    #expect(try place.get("/.preview/state", host: "evil.example:1").code == 421)
    #expect(try place.get("/.preview/events", host: "evil.example:1").code == 421)
    #expect(try place.get("/", method: "POST").code == 405)
    #expect(try place.get("/", method: "HEAD").code == 200)
  }

  @Test func withoutAReportThereIsAPage() throws {
    let content = PreviewContent(
      host: LoopbackHost(port: 1), live: LivePage(style: "", script: ""), title: "Nothing yet",
      channel: StateChannel(.init(.running)))
    let request = try RequestHead(Array("GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n".utf8))
    #expect(text(content.response(to: request)).contains("Nothing yet") && content.edition.isEmpty)
  }

  /// The newest state reaches everyone, whatever came too fast in between; no more listen than may.
  @Test func statesAreTold() async throws {
    let channel = StateChannel(PreviewState(.running), limit: 2)
    let first = try #require(channel.listen())
    let second = try #require(channel.listen())
    #expect(channel.listen() == nil)
    for count in 1...100 { channel.tell { $0.progress = (count, 100) } }
    channel.tell { $0 = PreviewState(.ready, edition: "2") }
    for stream in [first, second] {
      for await state in stream where state.phase == .ready {
        #expect(state.edition == "2")
        break
      }
    }
    #expect(channel.listeners <= 2)
  }

  @Test func statesAreBoundedAndVisible() {
    let long = String(repeating: "x", count: 1 << 20) + "\u{202E}"
    let problem = PreviewState.Problem(Diagnostic(id: "a", message: "\u{1B}[31m" + long))
    let text = PreviewState(.failed, problems: Array(repeating: problem, count: 1000)).json.text()
    #expect(
      text.utf8.count < 1 << 19 && text.contains("\"more\":900") && !text.contains("\u{1B}") && !text.contains("\n"))
  }
}
