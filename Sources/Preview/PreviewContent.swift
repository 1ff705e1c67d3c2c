import Documents
import Files
import Synchronization

/// What a preview answers: the report's page with what keeps it up to date, the report's files, and the states as they come.
package final class PreviewContent: Sendable {
  private let host: LoopbackHost
  private let live: LivePage
  private let title: String
  private let folder = Mutex<String?>(nil)
  /// The states.
  package let channel: StateChannel

  /// Where the page listens for changes; no file of a report has such a name.
  package static let events = "/.preview/events"
  /// The state now, for programs.
  package static let state = "/.preview/state"
  /// The most bytes of the page itself, which is put together in memory; other files are sent a part at a time.
  private static let pageLimit = 64 << 20

  /// - Parameters:
  ///   - host: The host that requests must be meant for.
  ///   - live: What is put into the page.
  ///   - title: The title of the page while there is no report.
  ///   - channel: Tells the states.
  package init(host: LoopbackHost, live: LivePage, title: String, channel: StateChannel) {
    self.host = host
    self.live = live
    self.title = title
    self.channel = channel
  }

  /// Serves another report.
  package func serve(_ path: String) { folder.withLock { $0 = path } }

  /// The edition of the report's page; empty when there is none.
  package var edition: String {
    guard let path = folder.withLock({ $0 }), let file = try? ContainedFile(ReportPath.page, in: path) else {
      return ""
    }
    return file.stamp.edition
  }

  /// The answer to a request.
  package func response(to request: RequestHead) -> ServedResponse {
    do throws(RequestRefusal) { return try answer(request) } catch { return ServedResponse(error) }
  }

  private func answer(_ request: RequestHead) throws(RequestRefusal) -> ServedResponse {
    guard host.accepts(request.hosts) else { throw .otherHost }
    guard request.method == "GET" || request.method == "HEAD" else { throw .methodNotAllowed }
    guard !request.hasBody else { throw .hasBody }
    switch request.target {
    case Self.events: return ServedResponse(200, "OK", type: "text/event-stream", .events)
    case Self.state:
      return ServedResponse(
        200, "OK", type: "application/json", .bytes(Array((channel.state.json.text() + "\n").utf8)))
    default: break
    }
    guard let relative = ReportPath.relative(of: request.target) else { throw .notFound }
    let isPage = relative == ReportPath.page
    guard let path = folder.withLock({ $0 }), let file = try? ContainedFile(relative, in: path) else {
      guard isPage else { throw .notFound }
      return page(live.emptyPage(title: title))
    }
    guard isPage else { return ServedResponse(200, "OK", type: MediaType.of(relative), .file(file)) }
    guard let bytes = try? file.all(limit: Self.pageLimit) else { throw .notFound }
    return page(live.page(bytes, edition: file.stamp.edition))
  }

  private func page(_ bytes: [UInt8]) -> ServedResponse {
    ServedResponse(200, "OK", type: MediaType.of(ReportPath.page), policy: ServedResponse.page, .bytes(bytes))
  }
}
