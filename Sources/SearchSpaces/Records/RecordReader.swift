import Diagnostics
import Documents

/// Reads the values of a record's keys, and collects everything that is wrong with them at its place.
struct RecordReader {
  private(set) var problems = DiagnosticList()

  /// Reports a problem.
  mutating func report(
    _ id: String, _ location: SourceLocation, _ message: String, reason: String? = nil, fix: String,
    severity: Severity = .error
  ) {
    problems.append(
      Diagnostic(id: id, severity: severity, location: location, message: message, reason: reason, fix: fix))
  }

  /// Reports the keys of a mapping that are not known. One that is close to a key with a meaning is an error, since it is
  /// likely that key, misspelt; any other is a warning, since records are kept among other things.
  ///
  /// - Parameters:
  ///   - keys: The keys with a meaning.
  ///   - ignored: Further keys that are known and mean nothing for the architecture.
  mutating func checkKeys(of node: DocumentNode, named name: String, keys: [String], ignored: Set<String> = []) {
    for entry in node.entries ?? [] where !keys.contains(entry.key) && !ignored.contains(entry.key) {
      let suggestion = Suggestion.closest(to: entry.key, in: keys)
      report(
        "unknown-key", entry.keyLocation, "\(name) has the key \(Self.shown(entry.key)), which means nothing",
        fix: suggestion.map { "did you mean \($0)?" } ?? "leave it out, or keep it: it is passed over",
        severity: suggestion == nil ? .warning : .error)
    }
  }

  /// The value of a key that must be there.
  mutating func required(_ key: String, in node: DocumentNode, named name: String, fix: String) -> DocumentNode? {
    if let value = node[key] { return value }
    report("missing-key", node.location, "\(name) has no \(key)", fix: fix)
    return nil
  }

  /// A whole number of a range; nil, with a problem, for anything else.
  mutating func integer(_ node: DocumentNode, named name: String, in range: ClosedRange<Int>) -> Int? {
    if let value = node.integer, range.contains(value) { return value }
    report(
      "bad-size", node.location, "\(name) is \(Self.shown(node)), not a whole number \(Self.text(range))",
      fix: "give a whole number \(Self.text(range))")
    return nil
  }

  /// A truth value: `true`, `false`, or 1 and 0, which some released files have.
  mutating func flag(_ node: DocumentNode, named name: String) -> Bool? {
    if let value = node.boolean { return value }
    if let value = node.integer, (0...1).contains(value) { return value == 1 }
    report("bad-flag", node.location, "\(name) is \(Self.shown(node)), not true or false", fix: "give true or false")
    return nil
  }

  /// The elements of a list with so many of them; nil, with a problem, for anything else.
  mutating func list(_ node: DocumentNode, named name: String, count: ClosedRange<Int>, of what: String)
    -> [DocumentNode]?
  {
    guard let elements = node.elements else {
      report(
        "not-a-list", node.location, "\(name) is \(Self.shown(node)), not a list of \(what)",
        fix: "put brackets around it")
      return nil
    }
    guard count.contains(elements.count) else {
      report(
        "bad-length", node.location, "\(name) has \(elements.count) \(what), not \(Self.text(count))",
        fix: "list \(Self.text(count)) of them")
      return nil
    }
    return elements
  }

  /// A range in words: `from 1 to 65,536`.
  static func text(_ range: ClosedRange<Int>) -> String {
    range.count == 1
      ? grouped(range.lowerBound) : "from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
  }

  /// A whole number with commas at the thousands.
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let groups = digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }
    return (value < 0 ? "-" : "") + groups.joined()
  }

  /// A scalar as it is written, cut when it is long; otherwise the kind of node.
  static func shown(_ node: DocumentNode) -> String { node.text.map { shown($0) } ?? node.kindName }

  /// A text as messages show it.
  static func shown(_ text: String) -> String { RecipeValidator.shown(text) }
}

/// A record with what there is to say of it.
package struct ParsedRecord<Record: Sendable & Hashable>: Sendable, Hashable {
  /// The record.
  package let record: Record
  /// Warnings, in order of location; no errors.
  package internal(set) var warnings: [Diagnostic]
}

extension RecordReader {
  /// The record with the warnings, when nothing is wrong.
  ///
  /// - Throws: `DiagnosticsError` with all problems.
  func reading<Record>(_ record: Record?) throws(DiagnosticsError) -> ParsedRecord<Record> {
    let findings = problems.findings
    guard let record, !findings.hasErrors else { throw DiagnosticsError(findings) }
    return ParsedRecord(record: record, warnings: findings.sortedByLocation())
  }

  /// Reads a document, and gives the findings of `read` the lines that they point to.
  static func excerpted<Reading>(
    _ bytes: [UInt8], file: String, _ read: (DocumentNode) throws(DiagnosticsError) -> Reading,
    warnings: WritableKeyPath<Reading, [Diagnostic]>
  ) throws(DiagnosticsError) -> Reading {
    let node = try DocumentReader.read(bytes, file: file)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    let source = SourceText(String(decoding: body, as: UTF8.self), file: file)
    func excerpted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
      diagnostics.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.excerpt = diagnostic.excerpt ?? diagnostic.location.flatMap { source.excerpt(at: $0) }
        return diagnostic
      }
    }
    do {
      var reading = try read(node)
      reading[keyPath: warnings] = excerpted(reading[keyPath: warnings])
      return reading
    } catch {
      throw DiagnosticsError(excerpted(error.diagnostics), kind: error.kind)
    }
  }
}
