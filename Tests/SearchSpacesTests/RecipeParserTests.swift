import Diagnostics
import Documents
import Testing

@testable import SearchSpaces

@Suite struct RecipeParserTests {
  @Test func cellsOfTheLiterature() throws {
    let lstm = try RecipeParser.parse(KnownCell.lstm, file: "lstm")
    #expect(lstm.hiddenCount == 2 && lstm.newStates == [12, 10] && lstm.linearNodes == [0, 2, 4, 6])
    #expect(lstm.nodes[8].inputs == [.node(5), .hidden(1)] && lstm.nodes[0].inputs == [.x, .hidden(0)])
    #expect(lstm.evaluationOrder == Array(0..<13) && lstm.unusedNodes.isEmpty)
    #expect(lstm.json == KnownCell.lstm)
    let gru = try RecipeParser.read(Array(KnownCell.gru.utf8), file: "gru")
    #expect(Set(gru.warnings.map(\.id)) == ["linear-input", "direct-state"])
    #expect(gru.warnings.allSatisfy { $0.severity == .warning && $0.location != nil })
    #expect(try RecipeParser.read(Array(KnownCell.plain.utf8), file: "f", rules: .strict).warnings.isEmpty)
  }

  @Test func orderOfEvaluationKeepsTheListedOrder() throws {
    let cell = try recipe(
      """
      h_new_0 = tanh c
      b = linear a x
      a = tanh d
      c = linear b2 a
      d = linear x h_prev_0
      b2 = sigmoid b
      """)
    #expect(cell.evaluationOrder.map { cell.nodes[$0].name } == ["d", "a", "b", "b2", "c", "h_new_0"])
    #expect(cell.linearNodes.map { cell.nodes[$0].name } == ["b", "c", "d"])
  }

  @Test func recipesStandInYAMLAndInDocumentsToo() throws {
    let text = "f: {op: linear, input: [x, h_prev_0]}\nh_new_0: {op: activation_tanh, input: [f]}\n"
    let fromYAML = try RecipeParser.parse(text, file: "r.yaml")
    #expect(fromYAML.json == KnownCell.plain)
    let node = try DocumentReader.read(Array("[\(KnownCell.plain)]".utf8), file: "list.json")
    #expect(try RecipeParser.parse(#require(node.elements?.first)) == fromYAML)
    #expect(try RecipeParser.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8), file: "r.yaml") == fromYAML)
  }

  /// Each error of broken recipes with its place.
  @Test(arguments: [
    ("[1]", ["1:1 recipe-not-mapping"]), ("{}", ["1:1 missing-output"]),
    (#"{"a": 3, "h_new_0": {"op": "activation_tanh", "input": ["a"]}}"#, ["1:7 node-not-mapping"]),
    (#"{"h_new_0": {"input": ["h_prev_0"]}}"#, ["1:13 missing-operation"]),
    (#"{"h_new_0": {"op": "activation_tanh"}}"#, ["1:13 missing-inputs"]),
    (#"{"h_new_0": {"op": "tahn", "input": ["h_prev_0"]}}"#, ["1:20 unknown-operation"]),
    (#"{"h_new_0": {"op": 1, "input": ["h_prev_0"]}}"#, ["1:20 unknown-operation"]),
    (#"{"h_new_0": {"op": "linear", "input": "x"}}"#, ["1:39 inputs-not-list"]),
    (
      #"{"h_new_0": {"op": "linear", "input": ["x", null, 3, []]}}"#,
      ["1:45 input-not-text", "1:54 input-not-text", "1:51 unknown-input"]
    ),
    (#"{"h_new_0": {"op": "linear", "input": []}}"#, ["1:39 wrong-fan-in"]),
    (#"{"h_new_0": {"op": "blend", "input": ["h_prev_0", "h_prev_0"]}}"#, ["1:38 wrong-fan-in"]),
    (#"{"h_new_0": {"op": "activation_sigm", "input": ["h_prev_0", "h_prev_0"]}}"#, ["1:48 wrong-fan-in"]),
    (#"{"h_new_0": {"op": "elementwise_sum", "input": ["h_prev_0"]}}"#, ["1:48 wrong-fan-in"]),
    (#"{"h_new_0": {"op": "linear", "input": ["x", "nodde"]}}"#, ["1:45 unknown-input"]),
    (#"{"h_new_0": {"op": "linear", "input": ["x", "h_prev_00"]}}"#, ["1:45 unknown-input"]),
    (#"{"h_new_0": {"op": "linear", "input": ["x", "h_prev_1"]}}"#, ["1:45 missing-state"]),
    (#"{"h_new_1": {"op": "linear", "input": ["x"]}}"#, ["1:2 state-gap"]),
    (#"{"a": {"op": "linear", "input": ["x"]}}"#, ["1:1 missing-output"]),
    (#"{"h_new_0": {"op": "linear", "input": ["x", "h_new_0"]}}"#, ["1:2 cycle"]),
    (#"{"x": {"op": "linear", "input": ["x"]}, "h_new_0": {"op": "linear", "input": ["x"]}}"#, ["1:2 reserved-name"]),
    (
      #"{"h_new_01": {"op": "linear", "input": ["x"]}, "h_new_0": {"op": "linear", "input": ["x"]}}"#,
      ["1:2 reserved-name"]
    ),
    (
      #"{"h_prev_3": {"op": "linear", "input": ["x"]}, "h_new_0": {"op": "linear", "input": ["x"]}}"#,
      ["1:2 reserved-name"]
    ),
    (#"{"": {"op": "linear", "input": ["x"]}, "h_new_0": {"op": "linear", "input": ["x"]}}"#, ["1:2 bad-name"]),
    (#"{"h_new_0": {"op": "activation_tanh", "input": ["x"]}}"#, ["1:49 input-outside-linear"]),
    (
      #"{"h_new_0": {"op": "linear", "input": ["x"]}, "h_new_0": {"op": "linear", "input": ["x"]}}"#,
      ["1:47 duplicate-key"]
    ),
    (#"{"h_new_0": {"op": "linear", "input": ["x"]}"#, ["2:1 syntax"]),
  ])
  func whatPreventsEvaluation(_ text: String, _ expected: [String]) throws {
    let error = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse(text, file: "r") }
    let found = error.diagnostics.filter { $0.severity == .error }
    #expect(Set(found.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" }) == Set(expected))
    #expect(error.diagnostics.allSatisfy { $0.fix != nil && $0.location?.file == "r" } || expected == ["2:1 syntax"])
  }

  @Test func allProblemsTogether() throws {
    let text = """
      {
        "a": {"op": "lineer", "input": ["x", "h_prev_0"]},
        "b": {"op": "blend", "input": ["a", "q"]},
        "c": {"op": "activation_tanh", "input": ["e"]},
        "d": {"op": "linear", "input": ["c", "x"]},
        "e": {"op": "activation_tanh", "input": ["d"]},
        "h_new_0": {"op": "elementwise_prod", "input": ["b", "x"]}
      }
      """
    let error = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse(text, file: "r") }
    let found = error.diagnostics.filter { $0.severity == .error }
    #expect(
      found.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.id)" } == [
        "2:15 unknown-operation", "3:33 wrong-fan-in", "3:39 unknown-input", "4:3 cycle", "7:56 input-outside-linear",
      ])
    #expect(found.first { $0.id == "cycle" }?.message == "nodes depend on one another: c → d → e → c")
    #expect(found.first?.fix == "did you mean linear?")
    let misspelt = #"{"h_new_0": {"op": "linear", "input": ["x", "h_prev0"]}}"#
    let hint = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse(misspelt, file: "r") }
    #expect(hint.diagnostics.first?.fix == "did you mean h_prev_0?")
    #expect(found.first?.excerpt == #"  "a": {"op": "lineer", "input": ["x", "h_prev_0"]},"#)
  }

  /// A recipe that breaks one rule, and where.
  @Test(arguments: [
    (
      RecipeRule.unusedNode,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "g": {"op": "activation_sigm", "input": ["f"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#,
      53
    ),
    (
      .unusedInput,
      #"{"f": {"op": "linear", "input": ["h_prev_0", "h_prev_1"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}, "h_new_1": {"op": "activation_sigm", "input": ["f"]}}"#,
      1
    ),
    (
      .unreadState,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}, "h_new_1": {"op": "activation_tanh", "input": ["f"]}}"#,
      107
    ),
    (
      .directState,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "g": {"op": "activation_sigm", "input": ["f"]}, "h_new_0": {"op": "elementwise_sum", "input": ["h_prev_0", "g"]}}"#,
      148
    ),
    (
      .linearWithoutActivation,
      #"{"h_new_0": {"op": "elementwise_sum", "input": ["f", "g"]}, "f": {"op": "linear", "input": ["x", "h_prev_0"]}, "g": {"op": "activation_tanh", "input": ["k"]}, "k": {"op": "linear", "input": ["x", "h_prev_0"]}}"#,
      61
    ),
    (
      .linearFanIn,
      #"{"f": {"op": "linear", "input": ["x"]}, "a": {"op": "activation_tanh", "input": ["f"]}, "h_new_0": {"op": "elementwise_sum", "input": ["a", "b"]}, "b": {"op": "elementwise_prod", "input": ["a", "h_prev_0"]}}"#,
      33
    ),
    (
      .linearInput,
      #"{"f": {"op": "linear", "input": ["x", "p"]}, "p": {"op": "elementwise_prod", "input": ["h_prev_0", "h_prev_1"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}, "h_new_1": {"op": "activation_tanh", "input": ["f"]}}"#,
      39
    ),
    (
      .elementwiseFanIn,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "a": {"op": "activation_tanh", "input": ["f"]}, "b": {"op": "activation_sigm", "input": ["f"]}, "h_new_0": {"op": "elementwise_sum", "input": ["a", "b", "f"]}}"#,
      195
    ),
    (
      .activationInput,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "a": {"op": "activation_tanh", "input": ["f"]}, "h_new_0": {"op": "activation_tanh", "input": ["a"]}}"#,
      148
    ),
    (
      .repeatedInput,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0", "x"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#,
      51
    ),
    (
      .unknownKey,
      #"{"f": {"op": "linear", "input": ["x", "h_prev_0"], "note": 1}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#,
      52
    ),
  ])
  func brokenRules(_ rule: RecipeRule, _ text: String, _ column: Int) throws {
    let reading = try RecipeParser.read(Array(text.utf8), file: "r")
    #expect(reading.warnings.map { "\($0.id):\($0.location?.column ?? 0)" } == ["\(rule.rawValue):\(column)"])
    let error = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse(text, file: "r", rules: .strict) }
    #expect(error.diagnostics.map(\.id) == [rule.rawValue] && error.diagnostics.hasErrors)
    var rules = RecipeRules.strict
    rules[rule] = .allowed
    #expect(try RecipeParser.read(Array(text.utf8), file: "r", rules: rules).warnings.isEmpty)
  }

  @Test func sizesAreBounded() throws {
    var many = listing("f = linear x h_prev_0\nh_new_0 = tanh f")
    for index in 0..<30 { many.append(.init(name: "h_new_\(index + 1)", operation: .sigmoid, inputs: ["f"])) }
    let error = try #require(throws: DiagnosticsError.self) { try Recipe(listing: many, rules: .strict) }
    #expect(error.diagnostics.contains { $0.id == "recipe-size" })
    func node(_ index: Int, _ inputs: Int = 1) -> String {
      #""n\#(index)": {"op": "linear", "input": [\#(Array(repeating: "\"x\"", count: inputs).joined(separator: ","))]}"#
    }
    let tooLarge = "{" + (0...Recipe.nodeLimit).map { node($0) }.joined(separator: ",") + "}"
    let large = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse(tooLarge, file: "r") }
    #expect(large.diagnostics.map(\.id) == ["recipe-too-large"] && large.diagnostics[0].location?.column == 1)
    let wide = try #require(throws: DiagnosticsError.self) { try RecipeParser.parse("{\(node(0, 65))}", file: "r") }
    #expect(wide.diagnostics.map(\.id) == ["missing-output", "too-many-inputs"])
    #expect(wide.diagnostics[1].location?.column == 34)
    let twice = try #require(throws: DiagnosticsError.self) { try recipe("h_new_0 = linear x\nh_new_0 = linear x") }
    #expect(twice.diagnostics.contains { $0.id == "duplicate-name" && $0.severity == .error })
  }
}
