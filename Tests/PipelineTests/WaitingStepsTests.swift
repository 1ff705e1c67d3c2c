import Testing

@testable import Pipeline

/// The order in which the steps of a plan begin.
@Suite struct WaitingStepsTests {
  private func all(_ steps: inout WaitingSteps, failing: Set<String> = []) -> [String] {
    var order: [String] = []
    while let taken = steps.takeBlocked() ?? steps.take(where: { _ in true }) {
      let name = taken.step.name
      order.append(taken.isBlocked ? "-\(name)" : name)
      steps.end(name, hasOutput: !taken.isBlocked && !failing.contains(name))
    }
    return order
  }

  /// A step that reads another twice waits for it once.
  private let plan = Plan([
    EchoStep(name: "a", text: ""), EchoStep(name: "d", text: "", reads: ["b", "c", "b"]),
    EchoStep(name: "b", text: "", reads: ["a"]), EchoStep(name: "c", text: "", reads: ["a"]),
    EchoStep(name: "e", text: "", reads: ["d"]), EchoStep(name: "f", text: ""),
  ])

  @Test func theOrderIsThePlans() {
    var steps = WaitingSteps(plan)
    #expect(all(&steps) == ["a", "b", "c", "d", "e", "f"])
  }

  @Test func whatReadsFromAFailureIsBlocked() {
    var steps = WaitingSteps(plan)
    #expect(all(&steps, failing: ["b"]) == ["a", "b", "-d", "-e", "c", "f"])
  }

  @Test func onlyWhatFitsBegins() {
    var steps = WaitingSteps(plan)
    #expect(steps.take { $0.name == "f" }?.step.name == "f")
    #expect(steps.take { $0.name == "d" } == nil)
    #expect(steps.takeAny()?.step.name == "a")
    #expect(steps.takeAny()?.step.name == "b")
  }

  /// Thousands of steps that one reads from: a step's end looks at its readers alone.
  @Test func manySteps() {
    let names = (0..<20_000).map { "x/\($0)" }
    var steps = WaitingSteps(
      Plan(
        names.map { EchoStep(name: $0, text: "") } + [
          EchoStep(name: "results", text: "", reads: names), EchoStep(name: "report", text: "", reads: ["results"]),
        ]))
    #expect(all(&steps) == names + ["results", "report"])
  }
}
