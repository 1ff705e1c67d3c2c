import Diagnostics

/// Checks listed nodes: what would prevent evaluation first, the rules after it, all findings together.
struct RecipeValidator {
  let nodes: [LocatedNode]
  let location: SourceLocation?
  let rules: RecipeRules
  private(set) var problems: DiagnosticList
  /// The nodes by name; the first of each.
  private var indices: [String: Int] = [:]
  /// The inputs of each node that have a meaning.
  private(set) var inputs: [[(input: RecipeInput, name: LocatedName)]] = []
  /// For each state that has one the node that computes it.
  private(set) var states: [Int: Int] = [:]
  /// False once a name or an operation was not understood.
  private(set) var isResolved = true

  /// The recipe of listed nodes, with warnings.
  ///
  /// - Parameters:
  ///   - location: The place where the recipe begins.
  ///   - problems: The findings of earlier steps, which are reported with those made here.
  static func reading(
    _ nodes: [LocatedNode], location: SourceLocation?, problems: DiagnosticList, rules: RecipeRules
  ) throws(DiagnosticsError) -> RecipeReading {
    guard nodes.count <= Recipe.nodeLimit else {
      throw DiagnosticsError([
        Diagnostic(
          id: "recipe-too-large", location: location,
          message: "the recipe has \(nodes.count) nodes, over the limit of \(Recipe.nodeLimit)",
          fix: "leave out what is unused")
      ])
    }
    var validator = RecipeValidator(nodes: nodes, location: location, rules: rules, problems: problems)
    validator.checkNames()
    validator.resolve()
    validator.checkStates()
    let order = validator.checkCycles()
    validator.checkRules()
    let findings = validator.problems.findings
    guard !findings.hasErrors else { throw DiagnosticsError(findings) }
    let checked = zip(nodes, validator.inputs).compactMap { node, inputs in
      node.operation.map { RecipeNode(name: node.name, operation: $0, inputs: inputs.map(\.input)) }
    }
    return RecipeReading(
      recipe: Recipe(checked: checked, evaluationOrder: order), warnings: findings.sortedByLocation())
  }

  private init(nodes: [LocatedNode], location: SourceLocation?, rules: RecipeRules, problems: DiagnosticList) {
    self.nodes = nodes
    self.location = location
    self.rules = rules
    self.problems = problems
  }

  private mutating func checkNames() {
    for (index, node) in nodes.enumerated() {
      if node.name.isEmpty || node.name.utf8.count > 100 {
        report(
          "bad-name", node.nameLocation, "a name of \(node.name.utf8.count) bytes is not usable",
          fix: "use 1 to 100 bytes")
      }
      if RecipeName.isReserved(node.name) {
        report(
          "reserved-name", node.nameLocation, "\(Self.shown(node.name)) cannot be the name of a node",
          reason: "x and h_prev_i are inputs, and states are numbered without leading zeros", fix: "give another name")
      }
      if indices[node.name] != nil {
        report(
          "duplicate-name", node.nameLocation, "two nodes are called \(Self.shown(node.name))", fix: "rename one")
      } else {
        indices[node.name] = index
        if let state = RecipeName.newState(node.name) { states[state] = index }
      }
      if node.operation == nil || !node.isComplete { isResolved = false }
    }
  }

  private mutating func resolve() {
    for node in nodes {
      var resolved: [(input: RecipeInput, name: LocatedName)] = []
      for name in node.inputs {
        if let input = input(name.name) {
          resolved.append((input, name))
          checkWidth(input, node, name)
        } else {
          isResolved = false
          report(
            "unknown-input", name.location,
            "\(Self.shown(node.name)) reads \(Self.shown(name.name)), which there is not",
            fix: Suggestion.closest(
              to: name.name, in: ["x"] + states.keys.sorted().map { "h_prev_\($0)" } + nodes.map(\.name)
            )
            .map { "did you mean \(Self.shown($0))?" } ?? "give x, h_prev_i or the name of a node")
        }
      }
      inputs.append(resolved)
      guard let operation = node.operation, node.isComplete else { continue }
      let count = node.inputs.count
      if count > Recipe.inputLimit {
        report(
          "too-many-inputs", node.inputsLocation,
          "\(Self.shown(node.name)) has \(count) inputs, over the limit of \(Recipe.inputLimit)",
          fix: "split it into several nodes")
      } else if !operation.fanIn.contains(count) {
        let wanted = operation.fanIn
        report(
          "wrong-fan-in", node.inputsLocation,
          "\(Self.shown(node.name)) is a \(operation.rawValue) of \(count) input\(count == 1 ? "" : "s")",
          fix: wanted.count == 1 ? "give \(wanted.lowerBound)" : "give at least \(wanted.lowerBound)")
      }
    }
  }

  private func input(_ name: String) -> RecipeInput? {
    if name == "x" { return .x }
    if let state = RecipeName.previousState(name) { return .hidden(state) }
    return RecipeName.isReserved(name) ? nil : indices[name].map { .node($0) }
  }

  private mutating func checkWidth(_ input: RecipeInput, _ node: LocatedNode, _ name: LocatedName) {
    guard input == .x, let operation = node.operation, operation != .linear else { return }
    report(
      "input-outside-linear", name.location, "\(Self.shown(node.name)) is a \(operation.rawValue) and reads x",
      reason: "x has a width of its own; only a linear maps it to the hidden size",
      fix: "put a linear between them")
  }

  private mutating func checkStates() {
    guard !states.isEmpty else {
      return report(
        "missing-output", location, "no node is called h_new_0", reason: "state 0 is the output of the cell",
        fix: "call the last node h_new_0")
    }
    if let gap = (0..<states.count).first(where: { states[$0] == nil }),
      let beyond = states.keys.filter({ $0 > gap }).min(), let node = states[beyond]
    {
      report(
        "state-gap", nodes[node].nameLocation, "there is h_new_\(beyond), but no h_new_\(gap)",
        reason: "hidden states are numbered from 0 without gaps", fix: "renumber the states")
    }
    var known = Set(states.keys)
    for (node, list) in zip(nodes, inputs) {
      for entry in list {
        guard case .hidden(let state) = entry.input, known.insert(state).inserted else { continue }
        report(
          "missing-state", entry.name.location,
          "\(Self.shown(node.name)) reads h_prev_\(state), but there is no h_new_\(state)",
          fix: "call a node h_new_\(state), or read another state")
      }
    }
  }

  /// The order of evaluation; without the nodes of cycles, which are reported.
  private mutating func checkCycles() -> [Int] {
    let graph = RecipeGraph(inputs.map { $0.map(\.input) })
    let order = graph.order()
    guard order.count < nodes.count else { return order }
    for cycle in graph.cycles() {
      isResolved = false
      let names = (cycle + cycle.prefix(1)).prefix(12).map { Self.shown(nodes[$0].name) }
      let path = names.joined(separator: " → ") + (cycle.count > 11 ? " → …" : "")
      report(
        "cycle", nodes[cycle[0]].nameLocation,
        cycle.count == 1 ? "\(names[0]) reads itself" : "nodes depend on one another: \(path)",
        fix: "read h_prev_i for a value of the step before")
    }
    return order
  }

  /// Reports an error; nothing more than `DiagnosticList.limit` of them.
  mutating func report(
    _ id: String, _ place: SourceLocation?, _ message: String, reason: String? = nil, fix: String,
    severity: Severity = .error
  ) {
    problems.append(
      Diagnostic(id: id, severity: severity, location: place, message: message, reason: reason, fix: fix))
  }

  /// A name as messages show it: cut when it is long.
  static func shown(_ name: String) -> String {
    name.unicodeScalars.count <= 60 ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(60))) + "…"
  }
}
