import Foundation
import Testing

import struct TestSupport.TextMutator

/// Damaged formulas, records, configurations and specs through the built binary: values, or messages with a documented exit
/// status; never a signal.
@Suite struct HostileInputTests {
  private static let record = """
    {"hidden_size": 8, "encoder_layers": [
      {"operation_type": "SA", "operation_parameter": "SDP", "num_operation_heads": 2,
       "feed_forward_dimension": 12, "num_feed_forward": 1},
      {"operation_type": "DSC", "operation_parameter": 5, "num_operation_heads": 2,
       "feed_forward_dimension": 8, "num_feed_forward": 2}]}
    """
  private static let configuration = """
    {"kind": "transformer-xl", "n_token": 60, "n_layer": 2, "d_model": 8, "d_embed": 8, "n_head": [2, 2],
     "d_inner": [12, 9], "cutoffs": [20, 40], "div_val": 2, "tie_weight": false, "tie_projs": [false, true, true],
     "mem_len": 3}
    """
  private static let formulas = [
    "mean(layers, mean(square(weight)) + logsoftmax(frobenius(activation)))",
    "sum(modules, sum(abs(weight * gradient)))",
    "max(layers, std(head)) / min(layers, mean(activation))", "mean(modules, mean(matmul(weight, gradient)))",
  ]
  private static let words = [
    "(", ")", ",", "layers", "modules", "exp(", "softmax", "matmul(", "-", "/", "1e308", "1e999", "0", "\"", "{", "}",
    "[", ":",
    "null", "-1", "65537", "9223372036854775807", "1.5", "true", "\u{0}", "é", "hidden_size", "n_layer", "\n",
  ]
  private static let spec = """
    analysis: a
    title: A
    measure:
      cells:
        architectures: {sample: {count: 4, seed: 1}}
        network: {kind: encoder, variant: declared}
        tokens: {steps: 4, columns: 2}
        metrics: [snip]
        proxies: {own: {formula: "mean(layers, mean(square(weight)))", better: higher}}
    report: [{table: data}]
    """

  private func check(
    _ result: (status: Int32, reason: Process.TerminationReason, output: String, errors: String), _ input: String
  ) {
    #expect(result.reason == .exit, "signal \(result.status): \(input)")
    #expect([0, 1, 64, 65, 66].contains(result.status), "\(result.status): \(input)\n\(result.errors)")
    #expect(
      (result.status == 0) == result.errors.isEmpty || result.errors.contains("warning"), "\(input)\n\(result.errors)")
    if result.status != 0 { #expect(result.output.isEmpty, "\(input)") }
    for word in ["nan", "inf"] { #expect(!result.output.lowercased().split(separator: " ").contains(Substring(word))) }
  }

  private func run(
    _ tool: Tool, _ arguments: [String]
  ) throws -> (status: Int32, reason: Process.TerminationReason, output: String, errors: String) {
    let process = tool.process(arguments)
    let (output, errors) = (Pipe(), "\(tool.folder)/errors")
    _ = FileManager.default.createFile(atPath: errors, contents: nil)
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, process.terminationReason, String(decoding: data, as: UTF8.self),
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self)
    )
  }

  private let small = ["--steps", "3", "--columns", "2"]

  @Test func damagedFormulas() throws {
    let tool = try Tool()
    try tool.write(Self.record, to: "record.json")
    var mutator = TextMutator(Self.formulas, fragments: Self.words, seed: 41)
    for number in 0..<30 {
      // No argument has a zero byte.
      let bytes = (number % 2 == 0 ? mutator.bytes() : mutator.words()).filter { $0 != 0 }
      let formula = String(decoding: bytes, as: UTF8.self)
      check(try run(tool, ["measure", "record.json", "--formula", "own=\(formula)"] + small), formula)
    }
  }

  @Test(arguments: [("record.json", record), ("configuration.json", configuration)])
  func damagedRecords(_ name: String, _ text: String) throws {
    let tool = try Tool()
    var mutator = TextMutator([text], fragments: Self.words, seed: 43)
    for number in 0..<20 {
      let bytes = number % 2 == 0 ? mutator.bytes() : mutator.words()
      try Data(bytes).write(to: URL(fileURLWithPath: "\(tool.folder)/\(name)"))
      check(
        try run(tool, ["measure", name, "--metric", "parameters", "--metric", "flops"] + small),
        String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func damagedSpecs() throws {
    let tool = try Tool()
    var mutator = TextMutator([Self.spec], fragments: Self.words, seed: 47)
    for number in 0..<20 {
      let bytes = number % 2 == 0 ? mutator.bytes() : mutator.words()
      try Data(bytes).write(to: URL(fileURLWithPath: "\(tool.folder)/a.yaml"))
      let result = try run(tool, ["check", "a.yaml"])
      let isFine = result.status == 0 && result.errors.contains("no problems")
      check(
        (result.status, result.reason, "", isFine ? "" : result.errors), String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Depth, length, sizes and overflow have their words.
  @Test(arguments: ExtremeFormula.all)
  func extremeFormulas(_ example: ExtremeFormula) throws {
    let tool = try Tool()
    try tool.write(Self.record, to: "record.json")
    let result = try run(tool, ["measure", "record.json", "--formula", "own=\(example.formula)"] + small)
    #expect(result.reason == .exit && result.status == example.status, "\(result.status) \(result.errors.prefix(400))")
    let said = result.output + result.errors
    #expect(said.contains(example.part), "\(said.prefix(400))")
  }
}

/// A formula at or beyond a limit, with the exit status and words that it ends with.
struct ExtremeFormula: Sendable, CustomTestStringConvertible {
  var formula: String
  var status: Int32
  var part: String

  /// Long ones are cut.
  var testDescription: String { String(formula.prefix(60)) }

  init(_ formula: String, _ status: Int32, _ part: String) {
    (self.formula, self.status, self.part) = (formula, status, part)
  }

  static let all: [ExtremeFormula] = [
    ExtremeFormula(String(repeating: "(", count: 3000), 65, "nested deeper"),
    ExtremeFormula(sum("mean(weight)", 900), 65, "4000"),
    ExtremeFormula(sum("l1(head)", 300), 65, "parts"),
    ExtremeFormula("mean(modules, mean(exp(exp(exp(weight + 9)))))", 0, "undefined: "),
    ExtremeFormula("mean(modules, mean(weight * 1e999))", 65, "own:1:"),
    ExtremeFormula("mean(modules, mean(weight * 1e308 * 1e308))", 0, "undefined: "),
    ExtremeFormula(
      "mean(modules, mean(matmul(weight, activation)))", 0, "undefined: there are 15 weight and 3 activation matrices"),
    ExtremeFormula("sum(modules, 0 / mean(weight - weight))", 0, "undefined: "),
  ]

  private static func sum(_ term: String, _ count: Int) -> String {
    let terms = Array(repeating: term, count: count).joined(separator: " + ")
    return "mean(modules, \(terms))"
  }
}
