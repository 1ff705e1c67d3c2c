import Diagnostics
import Documents
import Files
import Foundation
import Measurements
import Outcomes
import Pipeline
import Tables
import Testing

@testable import Runner
@testable import Sections

/// The measurements of another analysis' report as datasets.
@Suite struct ReportedMeasurementTests {
  private let analysis: MeasuredAnalysis

  init() throws { analysis = try MeasuredAnalysis() }

  private static let spec = """
    analysis: reader
    title: Reader
    datasets:
      again: {measured: measured/fresh}
      again-runs: {measured: measured/fresh-runs}
      drawn: {measured: measured/sampled}
      both: {use: set/published, join: [{dataset: again, on: [id], prefix: measured-}]}
      apart: {measured: measured/fresh, derive: {twice: 2 * alpha}, rows: [{column: id, at-least: 3}], join: [{dataset: both, on: [id], columns: [published-alpha]}]}
    report:
      - table: data
    """

  /// Runs the analysis that measures, with a proxy of its own, and puts its report in its place.
  private func measured(
    seeds: String = "seeds: [0, 1, 2]}"
  ) async throws -> (ExecutionResult, ReportFixture) {
    let spec = MeasuredAnalysis.spec.replacing("seeds: [0, 1, 2]}", with: seeds).replacing(
      "tokens: {use: text-free, batches: [0, 4]}",
      with: """
        tokens: {use: text-free, batches: [0, 4]}
            metrics: [alpha, layered, odd, parameters]
            proxies: {own: {formula: "mean(layers, l1(weight))", better: lower, title: Own, defects: [cuts-lists]}}
        """)
    let result = try await analysis.run(spec)
    #expect(result.failures.isEmpty, "\(result.failures)")
    let fixture = ReportFixture(folder: analysis.folder + "/reports/measured")
    _ = try ReportPublisher.publish(
      try #require(result.records["report"]), store: try analysis.store(), folder: fixture.folder, replacesOthers: false
    )
    return (result, fixture)
  }

  @Test func tablesAreThoseOfTheMeasurement() async throws {
    let (result, _) = try await measured()
    let plan = try analysis.plan(Self.spec)
    let read = try await analysis.run(Self.spec, store: "r")
    #expect(read.failures.isEmpty, "\(read.failures)")
    for (name, other) in [("fresh", "again"), ("fresh-runs", "again-runs"), ("sampled", "drawn")] {
      let (ours, theirs) = (
        try analysis.table("table/\(name)", result), try analysis.table("table/\(other)", read, store: "r")
      )
      #expect(ours.rowCount == theirs.rowCount)
      // Kept columns and features are not in the report; the sample counts its parameters as a feature.
      let absent = ["loss", "depth", "recipe"] + (name == "sampled" ? ["parameters"] : [])
      #expect(theirs.columnNames == ours.columnNames.filter { !absent.contains($0) })
      for column in theirs.columns {
        let same = try #require(ours[column.schema.name])
        #expect(
          column.schema == same.schema && (0..<column.count).allSatisfy { column[$0] == same[$0] }, "\(column.schema)")
      }
    }
    let resolved = try analysis.resolve(Self.spec)
    let (known, original) = (try #require(resolved.table("again")), try #require(try analysis.resolve().table("fresh")))
    for name in ["architecture", "id", "alpha", "layer-2-layered", "parameters"] {
      #expect(known.column(name) == original.column(name))
    }
    #expect(known.column("own")?.title == "Own" && known.column("own")?.better == .lower)
    #expect(resolved.table("again-runs")?.unit == UnitNoun("architecture") && known.unit == nil)
    let both = try analysis.table("table/both", read, store: "r")
    #expect(both.rowCount == 10 && both["measured-alpha"]?[0] != .undefined("no matching row"))
    #expect(try analysis.table("table/apart", read, store: "r")["twice"]?.numbers.count == 8)
    #expect(plan.steps.filter { $0.kind.name == "reported-measurement" }.count == 4)
  }

  /// Seeds that go with the batches one by one are read so: a row for each pair.
  @Test func pairedRunsAreRead() async throws {
    let (result, _) = try await measured(seeds: "seeds: [3, 1]}\n    paired: true")
    let read = try await analysis.run(Self.spec, store: "r")
    #expect(read.failures.isEmpty, "\(read.failures)")
    for (name, other) in [("fresh", "again"), ("fresh-runs", "again-runs")] {
      let (ours, theirs) = (
        try analysis.table("table/\(name)", result), try analysis.table("table/\(other)", read, store: "r")
      )
      #expect(ours.rowCount == theirs.rowCount && ours["alpha"]?.numbers == theirs["alpha"]?.numbers)
    }
    let runs = try analysis.table("table/again-runs", read, store: "r")
    #expect(runs["seed"]?[0] == .integer(3) && runs["batch"]?[0] == .integer(0))
    #expect(runs["seed"]?[1] == .integer(1) && runs["batch"]?[1] == .integer(4))
    let step = try #require(try analysis.plan(Self.spec)["import/again"])
    #expect(step.parameters["paired"] == .bool(true))
  }

  @Test func theReportSaysWhereValuesAreFrom() async throws {
    let (_, fixture) = try await measured()
    let result = try await analysis.run(Self.spec, store: "r")
    let record = try #require(result.records["report"])
    func text(_ name: String) throws -> String {
      String(decoding: try analysis.store("r").artifact(try #require(record.artifacts[name])), as: UTF8.self)
    }
    let digest = try FileSystem.digest(fixture.folder + "/measurements/fresh.csv").digest
    let file = "reports/measured/measurements/fresh.csv"
    #expect(try text("provenance.json").contains("\"measured \(file)\": \"SHA-256 \(digest), from spec SHA-256 "))
    #expect(try text("report.md").contains("[\(file)](<../measured/report.md>)"))
    #expect(try text("index.html").contains("<a href=\"../measured/index.html\">\(file)</a>"))
    #expect(try text("report.md").contains("measured by measured, spec SHA-256"))
    #expect(try text("results.json").contains("\"report\": \"measured\""))
  }

  /// Another content is another key; a file that was changed alone stops the run, whatever the store has.
  @Test func digestsArePartOfTheKey() async throws {
    let (_, fixture) = try await measured()
    let plan = try analysis.plan(Self.spec)
    let step = try #require(plan["import/again"])
    let digest = try FileSystem.digest(fixture.folder + "/measurements/fresh.csv").digest
    #expect(step.sources.map(\.value).contains(digest) && step.changedSources == nil)
    try fixture.change("measurements/fresh.csv") { $0.replacing("300.1", with: "300.2") }
    #expect(step.changedSources?.contains("changed-file") == true)
    try fixture.list()
    #expect(step.changedSources?.contains("changed while the analysis ran") == true)
    let now = try #require(try analysis.plan(Self.spec)["import/again"])
    #expect(now.sources != step.sources && now.parameters == step.parameters && now.changedSources == nil)
    try FileManager.default.removeItem(atPath: fixture.folder)
    #expect(now.changedSources == nil)
  }

  /// A spec that reads one measurement.
  private static func reading(_ name: String) -> String {
    "{analysis: reader, title: Reader, datasets: {one: {measured: \(name)}}, report: [{table: data}]}"
  }

  private func problems(_ spec: String = spec) throws -> [Diagnostic] {
    do {
      _ = try analysis.resolve(spec)
      return []
    } catch let error as DiagnosticsError {
      return error.diagnostics
    }
  }

  @Test func aMissingReportIsAFinding() throws {
    let found = try problems(
      Self.reading("measured/fresh").replacing("}}, report", with: "}, two: {measured: other/fresh}}, report"))
    #expect(found.map(\.id) == ["missing-report", "missing-report"] && found.allSatisfy { $0.location?.line == 1 })
    #expect(found[0].message == "there is no report of measured")
    let used = Self.reading("other/fresh").replacing("{table: data}", with: "{table: data}, {text: '{{ one.alpha }}'}")
    #expect(try problems(used).map(\.id) == ["missing-report"])
    #expect(found[1].fix?.contains("/other.yaml` makes it") == true)
  }

  /// Names in the place of `earlier/cells`, and what is found.
  @Test(arguments: [
    ("../earlier/cells", "bad-name"), ("earlier/../../x", "bad-name"), ("/etc/passwd", "bad-name"),
    ("earlier", "bad-measurement"), ("earlier/cells/more", "bad-measurement"), ("earlier/0x", "bad-measurement"),
    ("earlier/celsl", "unknown-measurement"), ("earlier/cells-runs-runs", "unknown-measurement"),
    ("earlier/.", "bad-name"), ("nothing/fresh", "missing-report"),
  ])
  func aNameLeadsToAMeasurementAlone(name: String, id: String) throws {
    _ = try ReportFixture.earlier(in: analysis.folder)
    let found = try problems(Self.reading(name))
    #expect(found.map(\.id) == [id])
    if name == "earlier/celsl" { #expect(found[0].fix == "did you mean cells?") }
  }

  @Test func oneOfTheTwoKeysIsThere() throws {
    _ = try ReportFixture.earlier(in: analysis.folder)
    let found = try problems(
      """
      analysis: reader
      title: Reader
      datasets:
        one: {measured: earlier/cells, use: set/logs}
        two: {malformed: skip}
        three: {measured: earlier/cells, malformed: skip}
      report: [{table: data}]
      """)
    #expect(found.map(\.id) == ["ambiguous-keys", "ambiguous-keys", "unfitting-key"])
    #expect(found.map(\.location?.line) == [4, 5, 6])
  }

  @Test func whatIsWrongWithFilesIsFoundAtOnce() async throws {
    let (_, fixture) = try await measured()
    let files = FileManager.default
    try fixture.change("measurements/fresh.csv") { $0.replacing("300.1", with: "300.2") }
    try fixture.change("measurements/fresh.json") { $0 + " " }
    try files.removeItem(atPath: fixture.folder + "/measurements/fresh-undefined.csv")
    try files.moveItem(
      atPath: fixture.folder + "/measurements/sampled.csv", toPath: analysis.folder + "/elsewhere.csv")
    try files.createSymbolicLink(
      atPath: fixture.folder + "/measurements/sampled.csv", withDestinationPath: analysis.folder + "/elsewhere.csv")
    let found = try problems(
      """
      analysis: reader
      title: Reader
      datasets: {one: {measured: measured/fresh}, two: {measured: measured/sampled}}
      report: [{table: data}]
      """)
    #expect(Set(found.map(\.id)) == ["changed-file", "missing-file", "unreadable-file"] && found.count == 4)
    let edited = try #require(found.first { $0.location?.file.hasSuffix("measured/measurements/fresh.csv") == true })
    #expect(
      edited.reason?.contains("in digests.txt stands") == true && edited.fix?.contains("make the report anew") == true)
    #expect(found.contains { $0.message.contains("symbolic link") })
  }

  @Test func aFolderThatALinkLeadsToIsNoReport() async throws {
    let (_, fixture) = try await measured()
    try FileManager.default.moveItem(atPath: fixture.folder, toPath: analysis.folder + "/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.folder, withDestinationPath: analysis.folder + "/elsewhere")
    #expect(try Set(problems().map(\.id)).contains("missing-report"))
  }

  /// Changes of the lists and settings, with digests that fit, and what is found.
  @Test(arguments: [
    ("measurements/cells.json", "\"seeds\": [0, 1]", "\"seeds\": []", ["too-few"]),
    ("measurements/cells.json", "\"alpha\"", "\"alhpa\"", ["unknown-metric"]),
    ("measurements/cells.json", "\"alpha\"", "\"alpha\", \"alpha\"", ["repeated-element"]),
    ("measurements/cells.json", "\"alpha\"", "\"alpha\", \"own\"", ["duplicate-column", "unknown-metric"]),
    ("measurements/cells.json", "\"own\"", "\"odd\"", ["duplicate-column"]),
    ("measurements/cells.json", "l1(weight)", "l1(wheight", ["syntax"]),
    ("measurements/cells.json", "\"name\": \"own\", ", "", ["missing-key"]),
    ("measurements/cells.json", "\"layers\": 2", "\"layers\": -2, \"depth\": 1", ["out-of-range", "unknown-key"]),
    ("measurements/cells.json", "{\"title\"", "{{\"title\"", ["syntax"]),
    ("provenance.json", "earlier", "later", ["bad-provenance"]),
    ("provenance.json", "0a0a", "0a0", ["bad-provenance"]),
    ("provenance.json", "\"trainfree\"", "\"other\"", ["bad-provenance"]),
  ])
  func settingsThatDoNotFitAreFound(file: String, old: String, new: String, ids: [String]) throws {
    let fixture = try ReportFixture.earlier(in: analysis.folder)
    try fixture.change(file) { $0.replacing(old, with: new, maxReplacements: 1) }
    try fixture.list()
    let found = try problems(Self.reading("earlier/cells"))
    if ids == ["syntax"] {
      #expect(!found.isEmpty)
    } else {
      #expect(found.map(\.id).sorted() == ids)
    }
    #expect(found.allSatisfy { $0.location != nil && $0.fix != nil })
  }

  /// Changes of the values, with digests that fit, and what the step says of them.
  @Test(arguments: [
    (
      "cells.csv", "1,1,0,1.5,6,2\r\n", "", ["another run of 1 is expected", "11 rows are not 2 for each architecture"]
    ),
    ("cells.csv", "2,1,0", "2,3,0", ["the run of seed 1 and batch 0 is expected"]),
    ("cells.csv", "3,0,0,3.0,4,2\r\n3,1", "2,0,0,3.0,4,2\r\n2,1", ["the architecture 2 stands above already"]),
    ("cells.csv", "alpha,odd", "odd,aplha", ["there is no column alpha", "the column aplha is not declared"]),
    ("cells.csv", "1.5,6", "x,y", ["alpha is x, not a number"]),
    ("cells.csv", "1.5,6", ",6", ["alpha has neither a value nor a reason"]),
    ("cells.csv", "5,0,0", "e,0,0", ["another run of e", "e is no value of id"]),
    (
      "cells-undefined.csv", "4,0,0,odd", "5,0,0,odd",
      ["there is no such cell", "odd has neither a value nor a reason"]
    ),
    ("cells-undefined.csv", "too odd", "", ["there is no reason"]),
    ("cells-undefined.csv", "\"odd", "\"\"odd", ["closing quote"]),
  ])
  func valuesThatDoNotFitFailTheStep(file: String, old: String, new: String, messages: [String]) async throws {
    let every = try EveryAnalysis()
    let fixture = ReportFixture(folder: every.folder + "/reports/earlier")
    try fixture.change("measurements/\(file)") { $0.replacing(old, with: new, maxReplacements: 1) }
    try fixture.list()
    let (result, _) = try await every.run(try every.plan().until(["table/earlier"]))
    let failure = try #require(result.failures.first)
    #expect(failure.name == "import/earlier")
    for message in messages { #expect(failure.reason.contains(message), "\(failure.reason)") }
    #expect(failure.reason.contains("reports/earlier/measurements/\(file):"))
  }

  /// Whatever the files hold, there are findings or a table.
  @Test func noContentTraps() throws {
    let fixture = try ReportFixture.earlier(in: analysis.folder)
    let spec = Self.reading("earlier/cells-runs")
    let marks = Array("\",\r\n0-e{}[]".utf8)
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for name in [
      "measurements/cells.csv", "measurements/cells-undefined.csv", "measurements/cells.json", "provenance.json",
    ] {
      let good = try FileSystem.read("\(fixture.folder)/\(name)")
      for _ in 0..<150 {
        var bytes = good
        for _ in 0...next(3) {
          let place = next(max(1, bytes.count))
          guard place < bytes.count else { continue }
          switch next(4) {
          case 0: bytes[place] = UInt8(next(256))
          case 1: bytes.remove(at: place)
          case 2: bytes.insert(marks[next(marks.count)], at: place)
          default: bytes.replaceSubrange(place..<min(bytes.count, place + 9), with: bytes.prefix(next(30)))
          }
          if bytes.isEmpty { bytes = [0] }
        }
        try fixture.replace(name, bytes)
        guard let plan = try? analysis.plan(spec), let step = plan["import/one"] as? ReportedMeasurementStep else {
          continue
        }
        _ = try? step.run(StepInputs { (_) throws(Reason) in throw Reason("no inputs") })
      }
      try fixture.replace(name, good)
    }
    try FileSystem.write(Array("nonsense\n\n0a 1 ../x\n".utf8), to: fixture.folder + "/digests.txt")
    #expect(try problems(spec).map(\.id) == ["bad-digests", "bad-digests"])
  }
}
