import Foundation
import Testing

/// `trainfree metrics search` to its end, on small encoders that never were, through the binary.
@Suite struct MetricsSearchTests {
  /// Records of hidden size 8 with one to three layers, and scores that are their number of layers with a little noise.
  private static let csv: String = {
    var rows = "id,score,depth,none,network,record\n"
    for number in 0..<30 {
      let depth = 1 + number % 3
      let layers = (0..<depth).map { layer in
        let width = [4, 8, 12, 16, 20][(number / 3 + layer) % 5]
        return #"{""operation_type"": ""SA"", ""operation_parameter"": ""SDP"", ""num_operation_heads"": 2, "#
          + #"""feed_forward_dimension"": \#(width), ""num_feed_forward"": 1}"#
      }
      let noise = Double(number * 37 % 30) / 100
      rows +=
        "\(number + 1),\(Double(depth) + noise),\(depth),none,n\(number / 2),"
        + #""{""hidden_size"": 8, ""encoder_layers"": ["# + layers.joined(separator: ", ") + "]}\"\n"
    }
    return rows
  }()

  private static let columns = """
    id: {type: integer, role: identifier}
    score: {title: Score, role: target, better: higher}
    depth: {title: Depth, type: integer, role: baseline, better: higher}
    none: {title: None, type: text}
    network: {title: Network, type: text}
    record: {title: Record, type: text}
    """

  private let home: OwnHome
  private var tool: Tool { home.tool }

  init() throws { home = try OwnHome(csv: Array(Self.csv.utf8), columns: Self.columns, spec: "") }

  private let whole = [
    "metrics", "search", "me/scores", "--target", "score", "--size", "depth", "--input", "activation", "--input",
    "head",
    "--steps", "4", "--columns", "2", "--budget", "24", "--population", "8", "--folds", "3", "--resamples", "99",
    "--data-dir", "data", "--offline", "--store", "s.sqlite",
  ]

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(arguments, environment: ["TRAINFREE_HOME": "\(tool.folder)/home"])
  }

  private func kept() throws -> Int {
    let info = try run(["store", "info", "--json", "--store", "s.sqlite"])
    guard info.status == 0 else { return 0 }
    return (try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any])?["evaluations"] as? Int
      ?? 0
  }

  /// Its formulas are ranked, held against sizes, and measured once; workers and a second run change nothing.
  @Test func aSearchIsCarriedOut() throws {
    let first = try run(whole + ["-j", "2"])
    try #require(first.status == 0, "\(first.errors)")
    for part in [
      "30 architectures, 30 units, 3 folds, seed 1", "evolution", "random programs", "best column", "fold 3: ",
      "all folds: ", "beyond size",
    ] {
      #expect(first.output.contains(part), "\(part) in \(first.output)")
    }
    let evaluations = try kept()
    #expect(evaluations > 10 && evaluations <= 30)
    #expect(try run(whole + ["-j", "1"]).output == first.output)
    #expect(try kept() == evaluations)
    let json = try run(whole + ["--json", "--seed", "2", "--unit", "network"])
    try #require(json.status == 0, "\(json.errors)")
    let results = try #require(
      (try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])?["results"] as? [String: Any])
    #expect(results["rows"] as? Int == 30 && results["units"] as? Int == 15)
    #expect(["beyond-size", "nothing-beyond-size", "undecided"].contains(results["verdict"] as? String))
    #expect((results["folds"] as? [Any])?.count == 3)
    #expect(try kept() == evaluations, "another seed of the search measures nothing")
  }

  /// Stopped while it measures, it says what becomes of that, and goes on.
  @Test func anInterruptedSearchGoesOn() throws {
    let process = tool.process(whole + ["-j", "1"], environment: ["TRAINFREE_HOME": "\(tool.folder)/home"])
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, try kept() < 3 { Thread.sleep(forTimeInterval: 0.005) }
    kill(process.processIdentifier, SIGINT)
    let errors = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let before = try kept()
    if process.terminationStatus != 0 {
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      #expect(String(decoding: errors, as: UTF8.self).contains("interrupted; what has ended is kept"))
    }
    #expect(before >= 3)
    let resumed = try run(whole)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let other = try MetricsSearchTests()
    #expect(try other.run(whole).output == resumed.output)
  }

  @Test(arguments: [
    (["me/scors"], 65, "did you mean me/scores?"), (["me/scores", "--target", "scor"], 65, "did you mean score?"),
    (["me/scores", "--target", "none"], 65, "holds no numbers"),
    (["me/scores", "--size", "dept"], 65, "--size: me/scores has no column dept"),
    (["me/scores", "--baseline", "none"], 65, "--baseline: column none holds no numbers"),
    (["me/scores", "--unit", "netwrk"], 65, "did you mean network?"),
    (["me/scores", "--record", "rcord"], 65, "did you mean record?"),
    (["me/scores", "--record", "depth"], 65, "holds no text"),
    (["me/scores", "--record", "none"], 65, "scores.csv:2 (none)"),
    (["me/scores", "--budget", "0"], 64, "the budget is 0"),
    (["me/scores", "--population", "1"], 64, "the population is 1"),
    (["me/scores", "--folds", "40"], 65, "folds"), (["me/scores", "--steps", "0"], 64, "--steps must be from 1"),
    (["me/scores", "--better", "more"], 64, "--better must be higher or lower"),
    (["me/scores", "--fitness", "kendall"], 64, "spearman, somers-d"),
    (["me/scores", "--crossover", "2"], 64, "crossover"),
    (["me/scores", "--tokens", "nowhere/test"], 65, "nowhere/test"),
    (["me/scores", "--size", "depth"], 64, "A column stands twice"), (["gone.yaml"], 66, "gone.yaml"),
  ])
  func wrongInputIsExplained(_ options: [String], _ status: Int32, _ part: String) throws {
    var arguments = whole
    arguments[2] = options[0]
    for place in stride(from: 1, to: options.count, by: 2) {
      if let known = arguments.firstIndex(of: options[place]),
        options[place] != "--size" || options[place + 1] != "depth"
      {
        arguments[known + 1] = options[place + 1]
      } else {
        arguments += [options[place], options[place + 1]]
      }
    }
    let result = try run(arguments)
    #expect(result.status == status && result.errors.contains(part), "\(result.status) \(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func aTargetHasToBeNamed() throws {
    var arguments = whole
    arguments.removeSubrange(3...4)
    let result = try run(arguments)
    #expect(result.status == 65 && result.errors.contains("add --target"), "\(result.errors)")
  }
}
