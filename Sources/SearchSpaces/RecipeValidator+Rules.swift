import Diagnostics

extension RecipeValidator {
  /// Reports the rules that are broken. What concerns the recipe as a whole is left out while names are not understood.
  mutating func checkRules() {
    for index in nodes.indices { checkNode(index) }
    if nodes.count > RecipeRules.publishedNodes || states.count > RecipeRules.publishedStates {
      broken(
        .size, location, "the recipe has \(nodes.count) nodes and \(states.count) hidden states",
        fix: "keep to \(RecipeRules.publishedNodes) nodes and \(RecipeRules.publishedStates) states")
    }
    guard isResolved, !states.isEmpty else { return }
    let isUsed = RecipeGraph(inputs.map { $0.map(\.input) }).reachable(from: Array(states.values))
    for (node, isUsed) in zip(nodes, isUsed) where !isUsed {
      broken(
        .unusedNode, node.nameLocation, "no hidden state depends on \(Self.shown(node.name))", fix: "leave it out")
    }
    let read = Set(zip(inputs, isUsed).flatMap { $1 ? $0.map(\.input) : [] })
    if !read.contains(.x) { broken(.unusedInput, location, "no hidden state depends on x", fix: "read x in a linear") }
    for (state, node) in states.sorted(by: { $0.key < $1.key }) where !read.contains(.hidden(state)) {
      broken(
        .unreadState, nodes[node].nameLocation, "h_prev_\(state) is not read", fix: "read it, or drop h_new_\(state)")
    }
    checkLinears()
  }

  private mutating func checkNode(_ index: Int) {
    let node = nodes[index]
    guard let operation = node.operation, node.isComplete else { return }
    let listed = node.inputs
    let name = Self.shown(node.name)
    if operation == .linear, listed.count == 1 || listed.count > 3 {
      broken(.linearFanIn, node.inputsLocation, "\(name) is a linear of \(inputCount(listed))", fix: "give 2 or 3")
    }
    if operation.isElementwise, listed.count > 2 {
      broken(
        .elementwiseFanIn, node.inputsLocation, "\(name) is a \(operation.rawValue) of \(inputCount(listed))",
        fix: "give 2")
    }
    var seen: Set<RecipeInput> = []
    for (input, place) in inputs[index] {
      if !seen.insert(input).inserted {
        broken(.repeatedInput, place.location, "\(name) reads \(Self.shown(place.name)) again", fix: "read it once")
      }
      if case .hidden = input, RecipeName.newState(node.name) != nil {
        broken(
          .directState, place.location, "\(place.name) goes straight into \(name)", fix: "put a node between them")
      }
      let source: RecipeOperation? = if case .node(let source) = input { nodes[source].operation } else { nil }
      if operation.isActivation, input != .x, source != .linear, isKnown(input) {
        broken(
          .activationInput, place.location, "\(name) is an activation of \(Self.shown(place.name)), not of a linear",
          fix: "put a linear between them")
      }
      if operation == .linear, let source, !source.isActivation {
        broken(
          .linearInput, place.location,
          "\(name), a linear, reads \(Self.shown(place.name)), which is of \(source.rawValue)",
          fix: "read x, a hidden state or an activation")
      }
    }
  }

  /// False for a node whose operation could not be read.
  private func isKnown(_ input: RecipeInput) -> Bool {
    if case .node(let source) = input { nodes[source].operation != nil } else { true }
  }

  private mutating func checkLinears() {
    var hasActivation = [Bool](repeating: false, count: nodes.count)
    for (node, list) in zip(nodes, inputs) where node.operation?.isActivation == true {
      for entry in list { if case .node(let source) = entry.input { hasActivation[source] = true } }
    }
    for (index, node) in nodes.enumerated() where node.operation == .linear && !hasActivation[index] {
      broken(
        .linearWithoutActivation, node.nameLocation, "no activation reads the linear \(Self.shown(node.name))",
        fix: "put an activation behind it")
    }
  }

  private func inputCount(_ inputs: [LocatedName]) -> String { "\(inputs.count) input\(inputs.count == 1 ? "" : "s")" }

  private mutating func broken(_ rule: RecipeRule, _ place: SourceLocation?, _ message: String, fix: String) {
    guard let severity = rules.severity(of: rule) else { return }
    report(
      rule.rawValue, place, message, reason: "the published space has the rule: \(rule.summary)", fix: fix,
      severity: severity)
  }
}
