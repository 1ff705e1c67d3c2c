import Diagnostics

/// Holds a document against a schema and collects everything that does not fit.
package struct SchemaValidator {
  private var list = DiagnosticList()

  /// The findings so far, up to `DiagnosticList.limit`.
  package var problems: [Diagnostic] { list.findings }

  /// Starts with no findings.
  package init() {}

  /// Checks a node.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - schema: The shape it must have.
  ///   - name: The name of the node in messages, such as the key it stands under.
  package mutating func check(_ node: DocumentNode, against schema: Schema, name: String) {
    guard !list.isFull else { return }
    switch schema {
    case .text, .scalar:
      if node.text?.isEmpty != false { mismatch(node, schema, name) }
    case .identifier:
      guard let text = node.text else { return mismatch(node, schema, name) }
      if !KebabCase.isName(text) { badName(text, node, schema, name) }
    case .path:
      guard let text = node.text else { return mismatch(node, schema, name) }
      if !KebabCase.isPath(text) { badName(text, node, schema, name) }
    case .integer(let range):
      guard let value = node.integer else { return mismatch(node, schema, name) }
      if !range.contains(value) { outOfRange(node, schema, name) }
    case .number(let range, let exclusive):
      guard let value = node.double else { return mismatch(node, schema, name) }
      if !range.contains(value) || exclusive && (value == range.lowerBound || value == range.upperBound) {
        outOfRange(node, schema, name)
      }
    case .boolean:
      if node.boolean == nil { mismatch(node, schema, name) }
    case .word(let words):
      guard let text = node.text else { return mismatch(node, schema, name) }
      if !words.contains(text) { unknownWord(text, words, node, name) }
    case .list(let element, let minimum):
      guard let nodes = node.elements else { return mismatch(node, schema, name) }
      if nodes.count < minimum {
        report(
          "too-few", node.location, "\(name) needs at least \(minimum) element\(minimum == 1 ? "" : "s")",
          fix: "add one, or leave the key out")
      }
      for (index, child) in nodes.enumerated() { check(child, against: element, name: "\(name)[\(index)]") }
      if element.isDistinct { checkDistinct(nodes, name) }
    case .texts(let value):
      guard let entries = node.entries else { return mismatch(node, schema, name) }
      for entry in entries { check(entry.value, against: value, name: String(entry.key.prefix(80))) }
    case .map(let value):
      guard let entries = node.entries else { return mismatch(node, schema, name) }
      for entry in entries {
        if !KebabCase.isName(entry.key) {
          report(
            "bad-name", entry.keyLocation, "\(entry.key) is not a kebab-case name",
            fix: "use lower-case letters, digits and single hyphens")
        }
        check(entry.value, against: value, name: String(entry.key.prefix(80)))
      }
    case .object(let object): checkObject(node, object, name)
    case .either(let schemas): checkEither(node, schemas, schema, name)
    }
  }

  private mutating func checkObject(_ node: DocumentNode, _ object: ObjectSchema, _ name: String) {
    guard let entries = node.entries else { return mismatch(node, .object(object), name) }
    let known = object.fields.map(\.key)
    for entry in entries {
      guard let field = object.fields.first(where: { $0.key == entry.key }) else {
        let close = Suggestion.closest(to: entry.key, in: known)
        report(
          "unknown-key", entry.keyLocation, "\(name) has no key \(entry.key)",
          fix: close.map { "did you mean \($0)?" } ?? "the keys are: \(known.joined(separator: ", "))")
        continue
      }
      check(entry.value, against: field.schema, name: entry.key)
    }
    for field in object.fields where field.isRequired && node[field.key] == nil {
      report(
        "missing-key", node.location, "\(name) lacks the key \(field.key)", reason: field.summary,
        fix: "add `\(field.key):` with \(field.schema.expectation)")
    }
    let given = entries.count { object.exactlyOne.contains($0.key) }
    if !object.exactlyOne.isEmpty, given != 1 {
      let keys = object.exactlyOne.joined(separator: ", ")
      report(
        "ambiguous-keys", node.location, "\(name) has \(given == 0 ? "none" : "\(given)") of the keys \(keys)",
        reason: object.summary, fix: "give exactly one of \(keys)")
    }
  }

  private mutating func checkDistinct(_ nodes: [DocumentNode], _ name: String) {
    var seen: Set<String> = []
    for node in nodes {
      guard let text = node.text else { continue }
      let value = node.double.map { JSONValue.numberText($0) } ?? text
      if !seen.insert(value).inserted {
        report("repeated-element", node.location, "\(name) has \(text) twice", fix: "keep one")
      }
    }
  }

  private mutating func checkEither(_ node: DocumentNode, _ schemas: [Schema], _ schema: Schema, _ name: String) {
    let fitting = schemas.filter { $0.fitsKind(of: node) }
    guard let best = fitting.first else { return noAlternative(node, schemas, schema, name) }
    if fitting.count == 1 { return check(node, against: best, name: name) }
    var fewest: [Diagnostic]?
    for candidate in fitting {
      var trial = SchemaValidator()
      trial.check(node, against: candidate, name: name)
      if trial.problems.isEmpty { return }
      if trial.problems.count < fewest?.count ?? .max { fewest = trial.problems }
    }
    if case .scalar = node { return mismatch(node, schema, name) }
    for problem in fewest ?? [] { list.append(problem) }
  }

  /// A node that is of no alternative's kind. Of a mapping that could be one of several objects, the key that tells them
  /// apart is missing or misspelt.
  private mutating func noAlternative(_ node: DocumentNode, _ schemas: [Schema], _ schema: Schema, _ name: String) {
    let objects = schemas.compactMap { alternative -> ObjectSchema? in
      if case .object(let object) = alternative { object } else { nil }
    }
    guard let entries = node.entries, !objects.isEmpty else { return mismatch(node, schema, name) }
    let leading = objects.flatMap { $0.fields.filter(\.isRequired).map(\.key) }
    let known = Set(objects.flatMap { $0.fields.map(\.key) })
    for entry in entries where !known.contains(entry.key) {
      guard let close = Suggestion.closest(to: entry.key, in: leading) else { continue }
      return report("unknown-key", entry.keyLocation, "\(name) has no key \(entry.key)", fix: "did you mean \(close)?")
    }
    let keys = leading.joined(separator: ", ")
    if objects.count == 1 {
      report("missing-key", node.location, "\(name) lacks the key \(keys)", reason: objects[0].summary, fix: "add it")
    } else {
      report(
        "missing-key", node.location, "\(name) has none of the keys \(keys)", reason: "one of them says what it is",
        fix: "add one of them")
    }
  }

  private mutating func mismatch(_ node: DocumentNode, _ schema: Schema, _ name: String) {
    report(
      "wrong-type", node.location, "\(name) is \(node.kindName)", reason: "it must be \(schema.expectation)",
      fix: "write \(schema.expectation)")
  }

  private mutating func outOfRange(_ node: DocumentNode, _ schema: Schema, _ name: String) {
    report(
      "out-of-range", node.location, "\(name) is \(node.text ?? ""), which is out of range",
      fix: "write \(schema.expectation)")
  }

  private mutating func badName(_ text: String, _ node: DocumentNode, _ schema: Schema, _ name: String) {
    report(
      "bad-name", node.location, "\(name) is \(text), which is not \(schema.expectation)",
      fix: "use lower-case letters, digits and single hyphens")
  }

  private mutating func unknownWord(_ text: String, _ words: [String], _ node: DocumentNode, _ name: String) {
    let close = Suggestion.closest(to: text, in: words)
    report(
      "unknown-word", node.location, "\(name) cannot be \(text)",
      reason: "it must be \(Schema.word(words).expectation)",
      fix: close.map { "did you mean \($0)?" } ?? "write \(Schema.word(words).expectation)")
  }

  private mutating func report(
    _ id: String, _ location: SourceLocation, _ message: String, reason: String? = nil, fix: String
  ) {
    list.append(Diagnostic(id: id, location: location, message: message, reason: reason, fix: fix))
  }
}

extension Schema {
  fileprivate func fitsKind(of node: DocumentNode) -> Bool {
    switch (self, node) {
    case (.list, .sequence), (.map, .mapping): true
    case (.object(let object), .mapping(let entries, _)):
      object.fields.filter(\.isRequired).allSatisfy { field in entries.contains { $0.key == field.key } }
        || object.fields.allSatisfy { !$0.isRequired }
    case (.list, _), (.map, _), (.object, _): false
    case (_, .scalar): !node.isNull
    default: false
    }
  }
}
