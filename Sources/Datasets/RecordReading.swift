import Diagnostics
import Documents
import Tables

/// Typed reading of data documents; everything that does not fit is collected.
struct RecordReading {
  private(set) var problems: [Diagnostic] = []

  mutating func list(_ node: DocumentNode, _ name: String) -> [DocumentNode] {
    if let elements = node.elements { return elements }
    report(node, name, "a list")
    return []
  }

  mutating func entries(_ node: DocumentNode?, _ name: String, in parent: DocumentNode) -> [DocumentEntry] {
    if let entries = node?.entries { return entries }
    report(node ?? parent, name, "a mapping")
    return []
  }

  mutating func text(_ node: DocumentNode, _ key: String) -> Cell {
    if let text = node[key]?.text { return .text(text) }
    report(node[key] ?? node, key, "text")
    return .undefined("not given")
  }

  mutating func integer(_ node: DocumentNode, _ key: String) -> Cell {
    if let value = node[key]?.integer { return .integer(value) }
    report(node[key] ?? node, key, "a whole number")
    return .undefined("not given")
  }

  mutating func number(_ node: DocumentNode, _ key: String) -> Cell { number(node[key] ?? node, named: key) }

  mutating func number(_ node: DocumentNode, named key: String) -> Cell {
    if let value = node.double { return .real(value) }
    if let text = node.text?.lowercased(),
      ["nan", ".nan", "inf", "-inf", ".inf", "-.inf", "infinity", "-infinity"].contains(text)
    {
      return .undefined("not a finite number")
    }
    report(node, key, "a number")
    return .undefined("not given")
  }

  mutating func report(_ node: DocumentNode, _ name: String, _ expected: String) {
    guard problems.count < 100 else { return }
    problems.append(
      Diagnostic(
        id: "malformed-record", location: node.location, message: "\(name) is \(node.kindName), not \(expected)",
        fix: "mend the file, or fetch it anew"))
  }

  mutating func report(_ node: DocumentNode, _ message: String) {
    problems.append(
      Diagnostic(
        id: "malformed-record", location: node.location, message: message, fix: "mend the file, or fetch it anew"))
  }
}
