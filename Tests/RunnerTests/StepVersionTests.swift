import Documents
import Files
import Foundation
import Measurements
import Pipeline
import Store
import Tables
import TestSupport
import Testing

@testable import Runner
@testable import Sections

/// Outputs of every kind of step on a fixture, against the recorded ones: what changes an output raises the version of its
/// kind.
///
/// `TRAINFREE_RECORD=1` records what has another version or other inputs, and fails; an output that changed while version,
/// parameters and inputs stand is not recorded.
@Suite struct StepVersionTests {
  /// What is known of a kind: its version, a digest of what its steps are made from, and one of what they made.
  private struct Record: Equatable, CustomStringConvertible {
    var kind: String
    var version: Int
    var source: String
    var output: String

    var description: String { "\(kind) \(version) \(source) \(output)" }

    init(kind: String, version: Int, source: String, output: String) {
      (self.kind, self.version, self.source, self.output) = (kind, version, source, output)
    }

    init?(_ line: Substring) {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 4, let version = Int(parts[1]) else { return nil }
      self.init(kind: parts[0], version: version, source: parts[2], output: parts[3])
    }

    /// Whether a store that has the recorded output would answer with it although the code makes another.
    func hides(_ now: Record) -> Bool { version == now.version && source == now.source && output != now.output }
  }

  private static let path = EveryAnalysis.folderOfFixtures + "/step-outputs.txt"

  private static func recorded() -> [String: Record] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return Dictionary(text.split(separator: "\n").compactMap { Record($0) }.map { ($0.kind, $0) }) { first, _ in first }
  }

  /// The digest of an artifact, its long numbers rounded, so that it is the same on every machine.
  private static func digest(_ bytes: [UInt8]) -> String {
    guard let table = try? Table(decoding: bytes) else {
      return String(validating: bytes, as: UTF8.self).map { SHA256.hexDigest(RoundedText.of($0)) }
        ?? SHA256.hexDigest(bytes)
    }
    let columns = table.columns.map { column in
      "\(column.schema) " + (0..<column.count).map { "\(column[$0])" }.joined(separator: " ")
    }
    return SHA256.hexDigest(RoundedText.of("\(table.origins) \(columns.joined(separator: "\n"))"))
  }

  /// What the code makes now, by kind in the order of the plan.
  private func made() async throws -> [Record] {
    let every = try EveryAnalysis()
    let plan = try every.plan()
    let (result, store) = try await every.run(plan)
    #expect(result.failures.map { "\($0)" } == [])
    func digest(_ step: String, _ artifact: String?) throws -> String {
      let record = try #require(result.records[step], "\(step)")
      return Self.digest(try store.artifact(try #require(artifact.map { record.artifacts[$0] } ?? record.output)))
    }
    var sources: [String: String] = [:]
    var outputs: [String: String] = [:]
    for step in plan.steps {
      let inputs = try step.inputs.map { "\($0.name) \(try digest($0.step, $0.artifact))" }
      sources[step.kind.name, default: ""] +=
        "\(step.name) \(step.parameters.text()) \(step.sources.map { "\($0.name) \($0.value)" }) \(inputs)\n"
      let artifacts = try (result.records[step.name]?.artifacts.keys.sorted() ?? []).map {
        "\($0) \(try digest(step.name, $0))"
      }
      outputs[step.kind.name, default: ""] += "\(step.name) \(try digest(step.name, nil)) \(artifacts)\n"
    }
    var seen: Set<String> = []
    return plan.steps.filter { seen.insert($0.kind.name).inserted }.map { step in
      Record(
        kind: step.kind.name, version: step.kind.version, source: SHA256.hexDigest(sources[step.kind.name] ?? ""),
        output: SHA256.hexDigest(outputs[step.kind.name] ?? ""))
    }
  }

  @Test func outputsAreAsRecorded() async throws {
    let (recorded, now) = (Self.recorded(), try await made())
    let isRecording = ProcessInfo.processInfo.environment["TRAINFREE_RECORD"] == "1"
    var lines: [Record] = []
    for record in now {
      let known = recorded[record.kind]
      let hides = known?.hides(record) ?? false
      lines.append(hides ? known ?? record : record)
      if hides {
        Issue.record("\(record.kind) makes something else from the same: raise its version, now \(record.version)")
      } else if !isRecording {
        #expect(known == record, "\(record.kind) has another version, parameters or inputs: TRAINFREE_RECORD=1")
      }
    }
    if isRecording {
      try lines.map { "\($0)\n" }.joined().write(toFile: Self.path, atomically: true, encoding: .utf8)
      Issue.record("recorded")
    } else {
      #expect(Set(recorded.keys) == Set(now.map(\.kind)))
    }
  }

  /// Every kind that the sources state is in the plan of the fixture, so that none is recorded by half; shares of a measurement
  /// stand in no plan of an analysis.
  @Test func everyKindIsInTheFixture() throws {
    let folder = checkout + "/Sources"
    var stated: [String: Int] = [:]
    for name in try #require(FileManager.default.enumerator(atPath: folder)).compactMap({ $0 as? String })
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      for match in text.matches(of: /StepKind\("([a-z-]+)", version: ([0-9]+)/) {
        #expect(stated.updateValue(Int(match.output.2) ?? 0, forKey: String(match.output.1)) == nil)
      }
    }
    let steps = try EveryAnalysis().plan().steps
    let shares: [any Step] = steps.compactMap { $0 as? MeasureStep }.compactMap { measure in
      Share("1/2").map { ShareStep(measure, share: $0) }
    }
    let planned = (steps + shares).map { ($0.kind.name, $0.kind.version) }
    #expect(stated == Dictionary(planned) { first, _ in first })
  }

  /// The rule itself: the same version and source with another output is a version that was not raised.
  @Test func anOutputThatChangesAloneIsHidden() {
    let old = Record(kind: "k", version: 1, source: "s", output: "a")
    #expect(old.hides(Record(kind: "k", version: 1, source: "s", output: "b")))
    #expect(!old.hides(old) && !old.hides(Record(kind: "k", version: 2, source: "s", output: "b")))
    #expect(!old.hides(Record(kind: "k", version: 1, source: "t", output: "b")))
  }
}
