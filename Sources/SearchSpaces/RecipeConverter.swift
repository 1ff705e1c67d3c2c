import Diagnostics
import Documents

/// A name with its place.
struct LocatedName {
  let name: String
  let location: SourceLocation?
}

/// A node with its places, before names are resolved. An operation that could not be read is nil.
struct LocatedNode {
  let name: String
  let nameLocation: SourceLocation?
  let operation: RecipeOperation?
  let inputs: [LocatedName]
  let inputsLocation: SourceLocation?
  /// True when `inputs` has all that are written; false when one is no name, or `input` is missing, no list or too long.
  let isComplete: Bool
}

/// Turns a document into listed nodes and collects what has not the form of a recipe.
struct RecipeConverter {
  private(set) var problems = DiagnosticList()
  private let rules: RecipeRules

  init(rules: RecipeRules) { self.rules = rules }

  /// - Throws: `DiagnosticsError` when there is nothing to go on with.
  mutating func nodes(_ document: DocumentNode) throws(DiagnosticsError) -> [LocatedNode] {
    guard let entries = document.entries else {
      report(
        "recipe-not-mapping", document.location, "a recipe is a mapping of names to nodes, not \(document.kindName)",
        fix: #"write {"h_new_0": {"op": …, "input": […]}, …}"#)
      throw DiagnosticsError(problems.findings)
    }
    guard entries.count <= Recipe.nodeLimit else {
      report(
        "recipe-too-large", document.location,
        "the recipe has \(entries.count) nodes, over the limit of \(Recipe.nodeLimit)", fix: "leave out what is unused")
      throw DiagnosticsError(problems.findings)
    }
    return entries.map { node($0) }
  }

  private mutating func node(_ entry: DocumentEntry) -> LocatedNode {
    let body = entry.value
    guard let fields = body.entries else {
      report(
        "node-not-mapping", body.location, "node \(shown(entry.key)) is \(body.kindName), not a mapping",
        fix: #"write {"op": …, "input": […]}"#)
      return LocatedNode(
        name: entry.key, nameLocation: entry.keyLocation, operation: nil, inputs: [],
        inputsLocation: nil, isComplete: false)
    }
    if let severity = rules.severity(of: .unknownKey) {
      for field in fields where field.key != "op" && field.key != "input" {
        report(
          RecipeRule.unknownKey.rawValue, field.keyLocation,
          "node \(shown(entry.key)) has the key \(shown(field.key)), which means nothing",
          fix: Suggestion.closest(to: field.key, in: ["op", "input"]).map { "did you mean \($0)?" } ?? "leave it out",
          severity: severity)
      }
    }
    let operation = operation(body["op"], of: entry)
    let (inputs, isComplete) = inputs(body["input"], of: entry)
    return LocatedNode(
      name: entry.key, nameLocation: entry.keyLocation, operation: operation, inputs: inputs,
      inputsLocation: body["input"]?.location,
      isComplete: isComplete)
  }

  private mutating func operation(_ node: DocumentNode?, of entry: DocumentEntry) -> RecipeOperation? {
    let known = RecipeOperation.allCases.map(\.rawValue)
    guard let node else {
      report(
        "missing-operation", entry.value.location, "node \(shown(entry.key)) has no op",
        fix: "give one of \(known.joined(separator: ", "))")
      return nil
    }
    if let text = node.text, let operation = RecipeOperation(rawValue: text) { return operation }
    let text = node.text
    report(
      "unknown-operation", node.location,
      text.map { "\(shown($0)) is not an operation" } ?? "an operation is a word, not \(node.kindName)",
      fix: text.flatMap { Suggestion.closest(to: $0, in: known) }.map { "did you mean \($0)?" }
        ?? "give one of \(known.joined(separator: ", "))")
    return nil
  }

  private mutating func inputs(_ node: DocumentNode?, of entry: DocumentEntry) -> ([LocatedName], isComplete: Bool) {
    guard let node else {
      report(
        "missing-inputs", entry.value.location, "node \(shown(entry.key)) has no input",
        fix: "list what it reads: x, h_prev_i or names of nodes")
      return ([], false)
    }
    guard let elements = node.elements else {
      report(
        "inputs-not-list", node.location, "the input of \(shown(entry.key)) is \(node.kindName), not a list",
        fix: "put brackets around it")
      return ([], false)
    }
    guard elements.count <= Recipe.inputLimit else {
      report(
        "too-many-inputs", node.location,
        "\(shown(entry.key)) has \(elements.count) inputs, over the limit of \(Recipe.inputLimit)",
        fix: "split it into several nodes")
      return ([], false)
    }
    var names: [LocatedName] = []
    for element in elements {
      if let text = element.text {
        names.append(LocatedName(name: text, location: element.location))
      } else {
        report(
          "input-not-text", element.location, "an input of \(shown(entry.key)) is \(element.kindName), not a name",
          fix: "give x, h_prev_i or the name of a node")
      }
    }
    return (names, names.count == elements.count)
  }

  private mutating func report(
    _ id: String, _ location: SourceLocation, _ message: String, fix: String, severity: Severity = .error
  ) {
    problems.append(Diagnostic(id: id, severity: severity, location: location, message: message, fix: fix))
  }

  private func shown(_ name: String) -> String { RecipeValidator.shown(name) }
}
