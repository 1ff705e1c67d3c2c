import ArgumentParser
import Diagnostics
import Documents
import Files
import Pipeline
import Preview
import Runner
import Synchronization

/// Serves the report of an analysis, and runs the analysis again whenever a file that it reads is another one.
struct PreviewAction: Sendable {
  let spec: String
  let places: PlaceOptions
  let seed: Int?
  let storePath: String
  let output: String?
  let options: ExecutionOptions
  let replacesOthers: Bool
  let port: UInt16
  let console: Console

  /// The run that goes on.
  private final class Current: Sendable {
    let task = Mutex<Task<PreviewRun.End, Never>?>(nil)
  }

  /// Serves until a signal ends the process.
  ///
  /// - Throws: `DiagnosticsError` for a spec that is not there, a folder that cannot be a report's, a port that cannot be had.
  func run() async throws {
    _ = try InputFile.read(spec)
    let home = try Home.find(places.home)
    let live = LivePage(
      style: try home.asset("preview.css", without: "</style"),
      script: try home.asset("preview.js", without: "</script"))
    // What keeps a report from being put into its folder is said at once; what is wrong in the spec is shown in the page.
    let first = try? Session.open(spec, places: places, seed: seed)
    if let first { try ReportPublisher.check(action(first).folder, replacesOthers: replacesOthers) }
    let server = try bound()
    let host = LoopbackHost(port: server.port)
    let content = PreviewContent(
      host: host, live: live, title: "Preview of \(FileSystem.name(of: spec))",
      channel: StateChannel(PreviewState(.running)))
    server.start(content)
    Interruption.shared.serve()
    if console.isJSON {
      console.line(["event": "serving", "address": .string(host.address)])
    } else {
      console.data("preview: \(host.address)\n")
    }
    await followChanges(home, content)
  }

  /// Runs the analysis, waits until a file is another one, and begins again.
  private func followChanges(_ home: Home, _ content: PreviewContent) async {
    let current = Current()
    let (changes, teller) = AsyncStream.makeStream(of: [String].self, bufferingPolicy: .bufferingNewest(1))
    let watch = SourceWatch { paths in
      current.task.withLock { $0?.cancel() }
      teller.yield(paths)
    }
    watch.watch(home.sources(beside: spec))
    watch.start()
    var shown: ProblemPlaces?
    var next = changes.makeAsyncIterator()
    repeat {
      content.channel.tell { ($0.phase, $0.detail, $0.progress) = (.running, "", nil) }
      let run = PreviewRun(action: self, home: home, content: content, watch: watch, shown: shown)
      let task = Task { await run.end() }
      current.task.withLock { $0 = task }
      let end = await task.value
      current.task.withLock { $0 = nil }
      if let places = end.shown { shown = places }
      if end.isOverrun {
        console.log("stopped: a file has changed")
      } else {
        content.channel.tell {
          $0 = PreviewState(
            end.problems.contains { $0.finding.severity == .error } ? .failed : .ready, edition: content.edition,
            problems: end.problems)
        }
      }
      guard let paths = await next.next() else { return }
      console.log("changed: \(paths.prefix(3).joined(separator: ", "))\(paths.count > 3 ? " and others" : "")")
    } while true
  }

  /// The run of a session.
  func action(_ session: Session, observe: @escaping @Sendable (RunEvent) -> Void = { _ in }) -> RunAction {
    RunAction(
      session: session, console: console, storePath: storePath, output: output, options: options,
      isOffline: places.offline, isFrozen: false, selection: .all, replacesOthers: replacesOthers, observe: observe)
  }

  private func bound() throws(DiagnosticsError) -> PreviewServer {
    do throws(PreviewFailure) { return try PreviewServer(port: port) } catch {
      throw DiagnosticsError(
        [
          Diagnostic(
            id: error.isInUse ? "port-in-use" : "no-port",
            message: error.isInUse
              ? "port \(error.port) of 127.0.0.1 is in use"
              : "port \(error.port) of 127.0.0.1 cannot be had: \(error.reason)",
            fix: "choose another with --port, or leave it out: then a free one is taken")
        ], kind: .inputOutput)
    }
  }
}
