import Diagnostics
import Yams

/// Reads YAML, and JSON as its subset, into nodes that know their place.
package enum DocumentReader {
  /// Reads one document.
  ///
  /// Strict JSON is read by a reader of its own, about ten times as fast; everything else as YAML. Anchors and aliases
  /// are resolved within the bound on nodes; merge keys (`<<`), tags other than the core schema's, keys that are not
  /// scalars and keys given twice are refused.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text, with or without a byte-order mark.
  ///   - file: The name used in locations.
  ///   - limits: Bounds; see `DocumentLimits`. A document that is not JSON has at most 1,000,000 nodes in any case.
  /// - Throws: `DiagnosticsError` with every problem found.
  package static func read(
    _ bytes: [UInt8], file: String, limits: DocumentLimits = .spec
  ) throws(DiagnosticsError) -> DocumentNode {
    guard bytes.count <= limits.bytes else {
      throw single(
        "document-too-large", file, "the document has \(bytes.count) bytes, over the limit of \(limits.bytes)",
        fix: "split it")
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else { throw notText(body, file) }
    let source = SourceText(body, file: file)
    if JSONReader.mayRead(body), let node = try readJSON(body, source, limits) { return node }
    return try readYAML(text, body, source, limits)
  }

  /// Reads JSON and nothing else; `NaN`, `Infinity` and `-Infinity`, which Python writes, are taken as plain scalars.
  ///
  /// - Throws: `DiagnosticsError` with the place where the text is not JSON, keys that stand twice, or the limit that is passed.
  package static func json(
    _ bytes: [UInt8], file: String, limits: DocumentLimits = .data
  ) throws(DiagnosticsError) -> DocumentNode {
    guard bytes.count <= limits.bytes else {
      throw single(
        "document-too-large", file, "the document has \(bytes.count) bytes, over the limit of \(limits.bytes)",
        fix: "write it as JSON lines, one record in each line")
    }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw notText(bytes, file) }
    var reader = JSONReader(
      bytes, source: SourceText(bytes, file: file), limits: limits, takesNotANumber: true)
    do {
      let node = try reader.document()
      guard reader.problems.findings.isEmpty else { throw DiagnosticsError(reader.problems.findings) }
      return node
    } catch let error as DiagnosticsError {
      throw error
    } catch JSONReader.Failure.overLimit {
      throw DiagnosticsError(reader.problems.findings)
    } catch {
      throw DiagnosticsError([
        Diagnostic(
          id: "not-json", location: reader.reached, message: "the text is not JSON from here on",
          fix: "check that the file is whole, and that texts stand in double quotes")
      ])
    }
  }

  /// The document; nil when it is not strict JSON.
  private static func readJSON(
    _ bytes: [UInt8], _ source: SourceText, _ limits: DocumentLimits
  ) throws(DiagnosticsError) -> DocumentNode? {
    var reader = JSONReader(bytes, source: source, limits: limits)
    let node: DocumentNode
    do {
      node = try reader.document()
    } catch .notJSON {
      return nil
    } catch {
      throw DiagnosticsError(reader.problems.findings)
    }
    guard reader.problems.findings.isEmpty else { throw DiagnosticsError(reader.problems.findings) }
    return node
  }

  private static func readYAML(
    _ text: String, _ bytes: [UInt8], _ source: SourceText, _ limits: DocumentLimits
  ) throws(DiagnosticsError) -> DocumentNode {
    let bound = StructureBound(bytes)
    let greatest = min(limits.nodes, StructureBound.greatestNodes)
    // A colon counts as the key, the value and a pair around them; most documents have two nodes for it.
    guard bound.nodes <= 3 * greatest else {
      throw single(
        "too-many-nodes", source.file, "the document has places for over \(greatest) nodes",
        fix: "split it, or write it as JSON")
    }
    guard bound.work <= StructureBound.greatestWork else {
      throw single(
        bound.aliases > 0 ? "too-many-aliases" : "key-not-text", source.file,
        bound.aliases > 0
          ? "the document has \(bound.aliases) aliases, which could stand for too many nodes"
          : "the document has \(bound.collectionKeys) keys that are lists or mappings",
        fix: bound.aliases > 0 ? "write the repeated parts out" : "use words as keys")
    }
    let root: Node?
    do {
      root = try Parser(yaml: text, resolver: .basic).singleRoot()
    } catch let error as YamlError {
      throw DiagnosticsError([SyntaxProblem(source: source, limits: limits).diagnostic(error)])
    } catch {
      throw single("syntax", source.file, "the document cannot be read: \(error)", fix: nil)
    }
    guard let root else {
      throw single("empty-document", source.file, "the document is empty", fix: "write a mapping of keys and values")
    }
    var converter = NodeConverter(source: source, limits: limits)
    let node = converter.convert(root, depth: 0)
    guard converter.problems.findings.isEmpty else { throw DiagnosticsError(converter.problems.findings) }
    return node
  }

  private static func notText(_ bytes: [UInt8], _ file: String) -> DiagnosticsError {
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    // What stands before the first invalid byte is valid, and ends at most three bytes before the repair shows.
    let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
    let offset = zip(bytes, repaired).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? bytes.count
    return DiagnosticsError([
      Diagnostic(
        id: "invalid-utf8", location: SourceText(bytes, file: file).location(ofByte: offset),
        message: isUTF16 ? "the document is UTF-16, not UTF-8 text" : "the document is not UTF-8 text",
        fix: "save it as UTF-8")
    ])
  }

  private static func single(_ id: String, _ file: String, _ message: String, fix: String?) -> DiagnosticsError {
    DiagnosticsError([
      Diagnostic(id: id, location: SourceLocation(file: file, line: 1), message: message, fix: fix)
    ])
  }
}

/// Bounds on a document, so that hostile input costs bounded time and memory.
package struct DocumentLimits: Sendable, Hashable {
  /// The most bytes of text.
  package var bytes: Int
  /// The deepest nesting of sequences and mappings.
  package var depth: Int
  /// The most nodes, counting an aliased node each time it stands for its anchor.
  package var nodes: Int

  /// Creates limits.
  package init(bytes: Int, depth: Int, nodes: Int) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }

  /// For files people write: 1 MiB, 64 levels, 100,000 nodes.
  package static let spec = DocumentLimits(bytes: 1 << 20, depth: 64, nodes: 100_000)
  /// For data files: 64 MiB, 64 levels, 5,000,000 nodes.
  package static let data = DocumentLimits(bytes: 64 << 20, depth: 64, nodes: 5_000_000)
}
