import Diagnostics
import Yams

/// Turns Yams nodes into located nodes, counting them and refusing what the tool's documents do not use.
struct NodeConverter {
  let source: SourceText
  let limits: DocumentLimits
  private(set) var problems = DiagnosticList()
  private var count = 0
  private var isOverLimit = false

  init(source: SourceText, limits: DocumentLimits) {
    self.source = source
    self.limits = limits
  }

  mutating func convert(_ node: Node, depth: Int) -> DocumentNode {
    let location = source.location(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    let nothing = DocumentNode.scalar(text: "", quoted: true, location: location)
    count += 1
    guard !isOverLimit, !problems.isFull else { return nothing }
    guard count <= limits.nodes else {
      isOverLimit = true
      report(
        "too-many-nodes", location, "the document has over \(limits.nodes) nodes", fix: "split it, or use fewer aliases"
      )
      return nothing
    }
    guard depth <= limits.depth else {
      isOverLimit = true
      report("nested-too-deep", location, "nested deeper than \(limits.depth) levels", fix: "flatten it")
      return nothing
    }
    switch node {
    case .scalar(let scalar):
      checkTag(scalar.tag.description, location)
      let isBlock = scalar.style == .literal || scalar.style == .folded
      return .scalar(
        text: scalar.string, quoted: scalar.style != .plain && scalar.style != .any,
        location: isBlock ? source.contentOfBlock(headedAt: location) : location)
    case .sequence(let sequence):
      checkTag(sequence.tag.description, location)
      return .sequence(sequence.map { convert($0, depth: depth + 1) }, location: location)
    case .mapping(let mapping):
      checkTag(mapping.tag.description, location)
      return .mapping(mapping.compactMap { entry(key: $0.key, value: $0.value, depth: depth) }, location: location)
    case .alias:
      report("unsupported-alias", location, "this alias cannot be resolved", fix: "write the value out")
      return nothing
    }
  }

  private mutating func entry(key: Node, value: Node, depth: Int) -> DocumentEntry? {
    let location = source.location(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
    guard case .scalar(let scalar) = key else {
      report("key-not-text", location, "a key must be text", fix: "use a word as the key")
      return nil
    }
    guard scalar.string != "<<" || scalar.style != .plain else {
      report("merge-key", location, "merge keys (<<) are not supported", fix: "write the keys out")
      return nil
    }
    return DocumentEntry(key: scalar.string, keyLocation: location, value: convert(value, depth: depth + 1))
  }

  private mutating func checkTag(_ tag: String, _ location: SourceLocation) {
    let name = tag.hasPrefix("tag:yaml.org,2002:") ? String(tag.dropFirst(18)) : tag
    guard !["", "?", "!", "str", "int", "float", "bool", "null", "seq", "map"].contains(name) else { return }
    report("unsupported-tag", location, "the tag \(tag) is not supported", fix: "remove it")
  }

  private mutating func report(_ id: String, _ location: SourceLocation, _ message: String, fix: String) {
    problems.append(
      Diagnostic(id: id, location: location, message: message, fix: fix, excerpt: source.excerpt(at: location)))
  }
}
