import Diagnostics
import Documents
import Pipeline
import Preview
import Runner

/// One run of a preview: the spec read anew, its steps, and what became of them.
struct PreviewRun: Sendable {
  let action: PreviewAction
  let home: Home
  let content: PreviewContent
  let watch: SourceWatch
  /// The places of the page that is shown; nil when there is none yet.
  let shown: ProblemPlaces?

  /// The end of a run.
  struct End: Sendable {
    var problems: [PreviewState.Problem] = []
    /// True when the run was given up because a file has changed.
    var isOverrun = false
    /// The places of the page that is shown now; nil when it is the one before.
    var shown: ProblemPlaces?
  }

  /// Runs to the end, or until the task is cancelled.
  func end() async -> End {
    let text = (try? InputFile.read(action.spec)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    var end = End(shown: nil)
    do {
      let session = try Session.open(action.spec, places: action.places, seed: action.seed)
      watch.watch(session.sources(of: action.spec, home: home, fetches: !action.places.offline))
      let places = ProblemPlaces(session.resolved.analysis, text: text)
      let channel = content.channel
      let run = action.action(session) { Self.tell($0, channel) }
      try ReportPublisher.check(run.folder, replacesOthers: action.replacesOthers)
      content.serve(run.folder)
      if shown == nil { end.shown = places }
      channel.tell { $0.edition = content.edition }
      let outcome = try await run.carryOut()
      if outcome.result.records["report"]?.output != nil { end.shown = places }
      let current = end.shown ?? shown ?? places
      end.problems = outcome.result.failures.flatMap { failure in
        FailedSteps.findings(failure.name, reason: failure.reason, in: session.resolved.analysis.source).map {
          finding in
          let anchors = current.anchors(of: finding, in: text)
          return PreviewState.Problem(finding, at: anchors.isEmpty ? current.anchors(ofStep: failure.name) : anchors)
        }
      }
      end.problems += outcome.warnings.map { .init($0, at: current.anchors(of: $0, in: text)) }
      report(outcome, end, run)
    } catch is CancellationError {
      end.isOverrun = true
    } catch {
      let cause = Failure.cause(of: error)
      end.problems = cause.diagnostics.map { finding in
        .init(finding, at: shown?.anchors(of: finding, in: text) ?? [])
      }
      if action.console.isJSON { line(end, [:]) } else { cause.show(action.console) }
    }
    return end
  }

  private func report(_ outcome: RunAction.Outcome, _ end: End, _ run: RunAction) {
    guard action.console.isJSON else { return run.summarise(outcome) }
    line(
      end, ["report": .string(run.folder), "written": .integer(outcome.written), "seconds": .number(outcome.seconds)])
  }

  private func line(_ end: End, _ more: JSONValue) {
    let event: JSONValue = ["event": "run", "problems": .array(end.problems.map { $0.finding.json })]
    action.console.line(event.merging(more))
  }

  private static func tell(_ event: RunEvent, _ channel: StateChannel) {
    switch event {
    case .began(let name): channel.tell { $0.detail = name }
    case .progressed(let name, let done, let total): channel.tell { $0.detail = "\(name) \(done)/\(total)" }
    case .ended(_, _, let done, let total): channel.tell { $0.progress = (done, total) }
    }
  }
}
