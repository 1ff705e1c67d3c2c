import Diagnostics
import Documents
import Files
import Glibc
import SearchSpaces

/// An architecture with the name it is reported under.
struct NamedRecord: Sendable {
  /// The file, and the place in it when it holds a list, as in `cells.json[2]`.
  var name: String
  var record: ArchitectureRecord
}

/// Reads architectures of any kind from files that hold one, a list of them, or logs of NAS-Bench-NLP.
enum RecordFiles {
  /// The most bytes of a file.
  static let byteLimit = DocumentLimits.data.bytes

  /// The architectures of files in order, and warnings about them.
  ///
  /// A log is a mapping with the key `recepie` (its spelling), whose value is a recipe or the JSON text of one.
  ///
  /// - Parameters:
  ///   - paths: Files; `-` is standard input.
  ///   - kind: The kind of every architecture; recognised from the content when nil.
  /// - Throws: `DiagnosticsError` with every problem of every file, of kind `missingInput` when a file is missing.
  static func read(
    _ paths: [String], kind: ArchitectureKind? = nil
  ) throws(DiagnosticsError) -> (records: [NamedRecord], warnings: [Diagnostic]) {
    var reading = Reading(kind: kind)
    var failure = FailureKind.badInput
    for path in paths {
      do throws(DiagnosticsError) { try reading.add(bytes(of: path), file: shown(path)) } catch {
        for diagnostic in error.diagnostics { reading.problems.append(diagnostic) }
        if error.kind == .missingInput { failure = .missingInput }
      }
    }
    guard reading.problems.findings.isEmpty else { throw DiagnosticsError(reading.problems.findings, kind: failure) }
    return (reading.records, reading.warnings.findings)
  }

  private static func shown(_ path: String) -> String { path == "-" ? "stdin" : InputFile.shown(path) }

  private static func bytes(of path: String) throws(DiagnosticsError) -> [UInt8] {
    guard path == "-" else { return try InputFile.read(path, limit: byteLimit) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0, bytes.count + count <= byteLimit else {
        throw DiagnosticsError([
          Diagnostic(
            id: "unreadable-file", message: "standard input cannot be read, or has over \(byteLimit) bytes",
            fix: "write it to files")
        ])
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// The architectures of the files read so far, with the warnings and problems found in them.
  private struct Reading {
    let kind: ArchitectureKind?
    var records: [NamedRecord] = []
    var warnings = DiagnosticList()
    var problems = DiagnosticList()

    mutating func add(_ bytes: [UInt8], file: String) throws(DiagnosticsError) {
      let root = try DocumentReader.read(bytes, file: file, limits: .data)
      guard let elements = root.elements else { return add(root, name: file, bytes) }
      if elements.isEmpty {
        problems.append(
          Diagnostic(
            id: "no-recipe", location: root.location,
            message: kind == .recurrentCell ? "the list has no recipe" : "the list has no architecture",
            fix: "write one, or leave the file out"))
      }
      for (index, node) in elements.enumerated() { add(node, name: "\(file)[\(index)]", bytes) }
    }

    /// Adds an architecture or a log.
    private mutating func add(_ node: DocumentNode, name: String, _ bytes: [UInt8]) {
      do throws(DiagnosticsError) {
        let reading: ParsedRecord<ArchitectureRecord>
        if kind == nil || kind == .recurrentCell, let inner = Self.recipe(ofLog: node) {
          if let text = inner.text {
            reading = try ArchitectureRecord.read(
              Array(text.utf8), file: "\(name)!recepie", kind: .recurrentCell)
          } else {
            reading = try ArchitectureRecord.read(inner, kind: .recurrentCell)
          }
        } else {
          reading = try ArchitectureRecord.read(node, kind: kind)
        }
        records.append(NamedRecord(name: name, record: reading.record))
        for diagnostic in reading.warnings { warnings.append(diagnostic) }
      } catch {
        for diagnostic in error.diagnostics { problems.append(Self.excerpted(diagnostic, bytes)) }
      }
    }

    /// The recipe of a log; nil for a recipe, which may have a node called `recepie`.
    private static func recipe(ofLog node: DocumentNode) -> DocumentNode? {
      guard let inner = node["recepie"] else { return nil }
      return inner.entries != nil && inner["op"]?.text != nil ? nil : inner
    }

    /// A finding with the line it points to.
    private static func excerpted(_ diagnostic: Diagnostic, _ bytes: [UInt8]) -> Diagnostic {
      guard diagnostic.excerpt == nil, let location = diagnostic.location, !location.file.hasSuffix("!recepie"),
        bytes.count <= DocumentLimits.spec.bytes
      else { return diagnostic }
      var diagnostic = diagnostic
      let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
      diagnostic.excerpt = SourceText(String(decoding: body, as: UTF8.self), file: location.file).excerpt(at: location)
      return diagnostic
    }
  }
}
