import Diagnostics
import Documents
import Files
import Foundation
import Measurements
import Outcomes
import Proxies
import Sizes
import Specs
import Testing

@testable import Cluster

/// A folder that goes with the test.
final class Scratch {
  let path = NSTemporaryDirectory() + "trainfree-cluster-\(UUID().uuidString)"
  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}

/// Measures nothing: stands where a session has to be.
struct NoSession: MeasuringSession {
  final class Worker: ArchitectureWorker {
    func measure(_: EvaluationRequest) throws(EvaluationFailure) -> Evaluation {
      throw EvaluationFailure(Reason("no"), isOfMachine: true)
    }
  }

  var textDigest: String? { nil }
  func checkBatch(_: Int) {}
  func architecture(_ text: String, source: String) -> MeasuredArchitecture { .init(text: text, features: []) }
  func sample(count: Int, seed: Int) -> [String] { [] }
  func makeWorker() -> any ArchitectureWorker { Worker() }
}

/// The files between the process that asks and those that measure.
@Suite struct FileTests {
  private func work(_ spec: MeasureSpec, metrics: [String], base: String = "") -> EvaluationWork {
    let settings = MeasureSettings(spec, metrics: metrics, base: base)
    return EvaluationWork(
      measure: ResolvedMeasure(spec: spec, settings: settings, features: [], metrics: []), session: NoSession(),
      keys: EvaluationKeys(settings, engineVersion: 1, tokens: TokenFiles()), columns: 2, workers: 1, isForced: false
    ) { _ in }
  }

  private static func proxy(_ name: String, _ formula: String, _ set: (inout ProxySpec) -> Void) -> ProxySpec {
    var proxy = ProxySpec()
    proxy.name = Located(stringLiteral: name)
    proxy.formula = LocatedFormula(
      formula, at: SourceLocation(file: "a", line: 1), in: SourceText(formula, file: "a"))
    set(&proxy)
    return proxy
  }

  /// Specs of every kind of network, with every choice away from its default.
  private static let specs: [MeasureSpec] = [
    MeasureSpec(),
    MeasureSpec {
      $0.network.vocabulary = 40
      $0.network.tied = false
      $0.network.metricProtocol = .notebook
      $0.network.precision = .float64
      $0.network.seeds = [3, 0, 5]
      $0.tokens.steps = 5
      $0.tokens.batches = [4, 2]
    },
    MeasureSpec {
      $0.network.kind = .encoder
      $0.network.variant = .asTrained
      $0.network.weights = .documented
      $0.network.cotangentSeed = 7
      $0.network.dropout = 0.1
      $0.network.dropoutSeed = 9
      $0.tokens.use = "documented"
      $0.tokens.seed = 99
      $0.tokens.order = .reversed
      $0.tokens.vocabulary = Located(77, at: SourceLocation(file: "a", line: 1))
    },
    MeasureSpec {
      $0.network.kind = .gpt2
      $0.proxies = Entries([
        proxy("mine", "mean(layers, mean(square(weight)) / std(activation))") {
          $0.better = .lower
          $0.cotangent = .ones
        },
        proxy("theirs", "mean(layers, mean(square(head)))") { $0.defects = Array(ProxyDefect.allCases.prefix(2)) },
      ])
    },
  ]

  /// A worker reads the settings that the file was made of, and so makes the same keys.
  @Test(arguments: specs.indices) func measurementsComeBack(_ index: Int) throws {
    let folder = try Scratch()
    let metrics = index == 3 ? [] : ["snip", "jacobian-cosine"]
    let work = work(Self.specs[index], metrics: metrics, base: index == 1 ? "/some/where" : "")
    let file = MeasurementFile(work)
    let path = try folder.write(file.text, to: "measurement.json")
    let read = try MeasurementFile.read(path)
    var settings = work.measure.settings
    for place in settings.proxies.indices { settings.proxies[place].title = nil }
    #expect(read.settings == settings)
    #expect(read.configuration.value == work.keys.configuration && read.columns == 2)
    #expect(
      EvaluationKeys(read.settings, engineVersion: 1, tokens: TokenFiles()).configuration == work.keys.configuration)
  }

  @Test(arguments: [
    ("\"columns\": 2", "\"columns\": 0"), ("\"columns\": 2", "\"columns\": 2, \"more\": 1"), ("{", "[{"), ("{", "}{"),
    ("\"network\": {", "\"network\": {\"hidden\": 8192, \"layers\": 32, "),
    ("\"network\": {", "\"network\": {\"kind\": \"none\", "),
  ]) func badMeasurementsAreRefusedWithAPlace(_ from: String, _ to: String) throws {
    let folder = try Scratch()
    let text = MeasurementFile(work(MeasureSpec(), metrics: ["snip"])).text
    let changed = text.replacingOccurrences(of: from, with: to)
    #expect(changed != text)
    let path = try folder.write(changed, to: "measurement.json")
    #expect {
      try MeasurementFile.read(path)
    } throws: { error in
      (error as? DiagnosticsError)?.diagnostics.first?.location?.file == path
    }
  }

  private static func entries(_ keys: EvaluationKeys, _ count: Int) -> [RequestFile.Entry] {
    (0..<count).map { index in
      let architecture = MeasuredArchitecture(text: "{\"a\":\(index)}\n\t\\é", features: [])
      let request = EvaluationRequest(architecture, seed: index % 3, batch: index)
      return RequestFile.Entry(key: keys.key(request), request: request)
    }
  }

  @Test func requestsComeBack() throws {
    let folder = try Scratch()
    let keys = work(MeasureSpec(), metrics: ["snip"]).keys
    let entries = Self.entries(keys, 20)
    let path = try folder.write(RequestFile.text(entries, configuration: keys.configuration), to: "0.requests")
    #expect(try RequestFile.read(path, keys: keys) == entries)
  }

  @Test func requestsThatWereChangedAreRefused() throws {
    let folder = try Scratch()
    let keys = work(MeasureSpec(), metrics: ["snip"]).keys
    let text = RequestFile.text(Self.entries(keys, 3), configuration: keys.configuration)
    let forged = Self.entries(keys, 3).map { entry in
      var entry = entry
      entry.request.seed += 1
      return entry
    }
    let other = work(MeasureSpec(), metrics: ["snip", "grasp"]).keys
    for (bad, line) in [
      ("", 1), ("\n", 1), ("trainfree requests 2\n", 1), (String(text.dropLast(5)), 1), (text + "x\n", 1),
      (RequestFile.text(forged, configuration: keys.configuration), 2),
      (RequestFile.text(Self.entries(other, 3), configuration: other.configuration), 1),
    ] {
      let path = try folder.write(bad, to: "0.requests")
      #expect {
        try RequestFile.read(path, keys: keys)
      } throws: { error in
        (error as? DiagnosticsError)?.diagnostics.first?.location == SourceLocation(file: path, line: line)
      }
    }
  }

  private static let evaluation = Evaluation(
    outcomes: [.success(0.1), .failure(Reason("why\tso\n"))], seconds: 0.25, peakBytes: 7, floatingPointOperations: 1e9)

  /// Results are read as they are added, whole lines alone.
  @Test func resultsAreReadAsTheyCome() throws {
    let folder = try Scratch()
    let journal = try ResultJournal(folder: folder.path, task: 3, configuration: "c")
    let array = ArrayFolder(path: folder.path)
    let path = "\(folder.path)/\(FileSystem.names(in: folder.path)[0])"
    #expect(array.tasks.isEmpty && path.contains("/3.") && path.hasSuffix(".journal"))
    var reader = ResultReader(path, configuration: "c", columns: 2)
    #expect(reader.next().isEmpty)
    try journal.begin("k")
    #expect(reader.next() == [.began("k")])
    try journal.end("k", Self.evaluation)
    try journal.begin("l")
    #expect(reader.next() == [.ended("k", Self.evaluation), .began("l")])
    #expect(reader.next().isEmpty)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    let line = CheckedLine.text(["begin", "m"])
    try handle.write(contentsOf: Data(line.utf8.prefix(9)))
    #expect(reader.next().isEmpty)
    try handle.write(contentsOf: Data(line.utf8.dropFirst(9)))
    #expect(reader.next() == [.began("m")])
  }

  /// However a file of results is cut off or changed, what is read are lines that were written, and the rest is named.
  @Test func damageToResultsShows() throws {
    let folder = try Scratch()
    let keys = (0..<5).map { "k\($0)" }
    var lines = ["\(ResultJournal.head) c\n"]
    for key in keys {
      lines.append(CheckedLine.text(["begin", key]))
      lines.append(CheckedLine.text(["end", key, "0.25", "7", "1e+9", Self.evaluation.text]))
    }
    let whole = Array(lines.joined().utf8)
    let all = Set(keys.flatMap { [ResultReader.Event.began($0), .ended($0, Self.evaluation)] })
    var generator = SystemRandomNumberGenerator()
    for round in 0..<400 {
      var bytes = whole
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      if round.isMultiple(of: 2) {
        bytes.removeLast(bytes.count - place)
      } else {
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/0.journal"))
      var reader = ResultReader("\(folder.path)/0.journal", configuration: "c", columns: 2)
      for event in reader.next() {
        if case .damaged(let finding) = event {
          #expect(bytes != whole && finding.location != nil)
        } else {
          #expect(all.contains(event))
        }
      }
    }
    var other = ResultReader("\(folder.path)/0.journal", configuration: "d", columns: 2)
    try Data(whole).write(to: URL(fileURLWithPath: "\(folder.path)/0.journal"))
    #expect(other.next().count == 1 && other.next().isEmpty)
    var narrow = ResultReader("\(folder.path)/0.journal", configuration: "c", columns: 3)
    #expect(narrow.next().count { if case .ended = $0 { true } else { false } } == 0)
  }
  /// A file with nothing but bad lines is given up after a thousand of them, however long it is.
  @Test func hopelessFilesAreGivenUp() throws {
    let folder = try Scratch()
    let path = "\(folder.path)/0.journal"
    let text =
      "\(ResultJournal.head) c\n" + String(repeating: "\n", count: 9_000_000) + CheckedLine.text(["begin", "k"])
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var reader = ResultReader(path, configuration: "c", columns: 2)
    let events = reader.next()
    #expect(events.count == 1001)
    #expect(events.allSatisfy { if case .damaged = $0 { true } else { false } })
    #expect(reader.next().isEmpty)
  }

  /// Nothing is waited for that is no file: a pipe would be for ever.
  @Test func pipesAreRefused() throws {
    let folder = try Scratch()
    let array = ArrayFolder(path: folder.path)
    for name in ["tasks", "results"] { try FileSystem.makeFolder("\(folder.path)/\(name)") }
    for path in [array.requests(0), "\(folder.path)/job", "\(folder.path)/results/0.h.1.0.journal"] {
      #expect(mkfifo(path, 0o600) == 0)
    }
    #expect(throws: DiagnosticsError.self) { try ArrayFolder.bytes(array.requests(0), limit: 10) }
    #expect(throws: DiagnosticsError.self) { try ArrayFolder.bytes("/dev/zero", limit: 10) }
    #expect(array.job == nil)
    var reader = ResultReader(array.journals[0].path, configuration: "c", columns: 2)
    #expect(reader.next().isEmpty)
  }

  /// An array has a number after all that are there; names that nobody here made count for nothing.
  @Test func arraysAreNumbered() throws {
    let folder = try Scratch()
    let measurement = MeasurementFolder(path: folder.path)
    for name in ["0041-a", "9223372036854775807-b", "x", "-"] {
      try FileSystem.makeFolder("\(folder.path)/arrays/\(name)")
    }
    let array = try measurement.makeArray([], configuration: "c") { _ in "" }
    #expect(array.name.hasPrefix("0042-"))
  }
}

extension ResultReader {
  /// What is new, together.
  fileprivate mutating func next() -> [Event] {
    var events: [Event] = []
    read { events.append($0) }
    return events
  }
}
