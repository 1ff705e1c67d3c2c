import Diagnostics
import Documents

/// What a publication claims, read from a claims file.
package struct ClaimsFile: Sendable, Hashable {
  /// The file, as the user named it.
  package var file: String
  /// Key of `data/references.bib`.
  package var paper: Located<String>
  /// The name for people.
  package var title: String?
  /// What a reader should know of all claims.
  package var note: String?
  /// The claims, in order.
  package var claims: [ClaimSpec]

  /// The claim of a name.
  package func claim(_ name: String) -> ClaimSpec? { claims.first { $0.name.value == name } }

  /// Whether a document is a claims file rather than an analysis: it has the key `claims-of`. False for what cannot be
  /// read.
  package static func isClaimsFile(_ bytes: [UInt8]) -> Bool {
    guard let root = try? DocumentReader.read(bytes, file: "", limits: .spec) else { return false }
    return root["claims-of"] != nil
  }

  /// Reads a claims file.
  ///
  /// - Throws: `DiagnosticsError` with every problem.
  package static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> ClaimsFile {
    let root = try DocumentReader.read(bytes, file: file, limits: .spec)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let source = SourceText(String(decoding: hasMark ? bytes.dropFirst(3) : bytes[...], as: UTF8.self), file: file)
    var validator = SchemaValidator()
    validator.check(root, against: .object(ClaimSchema.file), name: "the claims file")
    let key = root["claims-of"]
    let paper = Located(key?.text ?? "", at: key?.location ?? root.location)
    let claims = (root["claims"]?.entries ?? []).compactMap { entry in
      ClaimBuilder.claim(Located(entry.key, at: entry.keyLocation), entry.value, paper: paper)
    }
    var checks = ClaimChecks()
    for claim in claims { checks.checkNumbers(claim) }
    let problems = (validator.problems + checks.list.findings).map { problem -> Diagnostic in
      var problem = problem
      problem.excerpt = problem.location.flatMap { source.excerpt(at: $0) }
      return problem
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return ClaimsFile(file: file, paper: paper, title: root["title"]?.text, note: root["note"]?.text, claims: claims)
  }
}
