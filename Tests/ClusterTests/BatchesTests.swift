import Diagnostics
import Measurements
import Testing

@testable import Cluster

/// How requests become tasks, and what settings may say.
@Suite struct BatchesTests {
  private func entries(_ count: Int) -> [RequestFile.Entry] {
    (0..<count).map {
      RequestFile.Entry(
        key: "\($0)",
        request: EvaluationRequest(MeasuredArchitecture(text: "\($0)", features: []), seed: 0, batch: 0))
    }
  }

  private func sizes(_ count: Int, array: Int, least: Int = 1, suspects: Int = 0) -> [Int] {
    let settings = ClusterSettings {
      $0.arraySize = array
      $0.leastPerTask = least
    }
    let tries = Dictionary(uniqueKeysWithValues: (0..<suspects).map { ("\($0)", 1) })
    let batches = Batches(settings).split(entries(count), tries: tries)
    #expect(Set(batches.flatMap { $0.map(\.key) }).count == count && batches.allSatisfy { !$0.isEmpty })
    return batches.map(\.count)
  }

  @Test func requestsAreDealtOut() {
    #expect(sizes(1, array: 100) == [1])
    #expect(sizes(7, array: 3) == [3, 2, 2])
    #expect(sizes(200_000, array: 1000) == Array(repeating: 200, count: 1000))
    #expect(sizes(100, array: 50, least: 30) == [34, 33, 33])
    #expect(sizes(10, array: 50, least: 30) == [10])
  }

  @Test func suspectsAreAlone() {
    #expect(sizes(10, array: 5, suspects: 2) == [1, 1, 3, 3, 2])
    #expect(sizes(10, array: 4, suspects: 10) == [3, 3, 2, 2])
    #expect(sizes(12, array: 4, suspects: 6) == [3, 3, 3, 3])
    #expect(sizes(5, array: 5, least: 100, suspects: 5) == [1, 1, 1, 1, 1])
    #expect(sizes(4, array: 1, suspects: 4) == [4])
  }

  @Test func commandsAnswerAndAreEnded() throws {
    let answer = try SchedulerCommand().run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(answer == .init(status: 3, output: "out\n", errors: "err\n"))
    #expect(try SchedulerCommand().run(["sh", "-c", "kill -TERM $$"]).status == -15)
    #expect(try SchedulerCommand().run(["sh", "-c", "sleep 30 & echo early"]).output == "early\n")
    let large = try SchedulerCommand().run(["sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x"])
    #expect(large.output.utf8.count == 1_000_000)
    #expect(throws: Error.self) { try SchedulerCommand(patience: .milliseconds(200)).run(["sleep", "30"]) }
    #expect(throws: Error.self) { try SchedulerCommand().run(["there-is-no-such-command"]) }
  }

  @Test(arguments: [
    ("partition: short\ntime: 1-00:00:00\nmemory: 4G\noptions: [--account=me]\npoll: 0.5\nkeep: true", 0),
    ("partition: -x\ntime: soon\nmemory: much\noptions: [account]", 4), ("retries: -1", 1), ("atonce: 3", 1), ("[]", 1),
  ]) func settingsAreChecked(_ text: String, _ problems: Int) {
    do throws(DiagnosticsError) {
      let settings = try ClusterSettings.read(Array(text.utf8), file: "s.yaml")
      #expect(problems == 0 && settings.partition == "short" && settings.keep && settings.poll == 0.5)
    } catch {
      #expect(error.diagnostics.count == problems, "\(error.diagnostics.text)")
    }
  }
}
