import Diagnostics
import Documents

/// The claims of a publication, read from a claims file.
package struct ClaimsFile: Sendable, Hashable {
  /// The file, as the user named it.
  package var file: String
  /// Key of `data/references.bib`.
  package var paper: Located<String>
  /// The name for people.
  package var title: String?
  /// A remark on all claims of the file, for its readers; nil for none.
  package var note: String?
  /// The claims, in order.
  package var claims: [ClaimSpec]

  /// The claim of a name.
  package func claim(_ name: String) -> ClaimSpec? { claims.first { $0.name.value == name } }

  /// The shape of a claims file.
  static let shape = ObjectSchema(
    "claims-file", "What a publication claims, to be judged by analyses.",
    fields: [
      .required("claims-of", .identifier, "Key of data/references.bib; the file has its name."),
      .optional("title", .text, "Name for people."),
      .optional("note", .text, "What a reader should know of all of them."),
      .required("claims", .map(.object(ClaimSpec.ofPaper.object)), "The claims, by name."),
    ])

  /// The JSON Schema of claims files.
  package static func jsonSchema() -> JSONValue { JSONSchema.document(shape, id: "trainfree claims") }

  /// True for a claims file, which has the key `claims-of`; false for an analysis, and for a document that cannot be read.
  package static func isClaimsFile(_ bytes: [UInt8]) -> Bool {
    guard let root = try? DocumentReader.read(bytes, file: "", limits: .spec) else { return false }
    return root["claims-of"] != nil
  }

  /// Reads a claims file.
  ///
  /// - Throws: `DiagnosticsError` with every problem.
  package static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> ClaimsFile {
    let root = try DocumentReader.read(bytes, file: file, limits: .spec)
    let source = SourceText(spec: bytes, file: file)
    var validator = SchemaValidator()
    validator.check(root, against: .object(shape), name: "the claims file")
    let reading = Reading(source)
    let key = root["claims-of"]
    let paper = Located(key?.text ?? "", at: key?.location ?? root.location)
    let claims = (root["claims"]?.entries ?? []).compactMap { entry -> ClaimSpec? in
      guard var claim = ClaimSpec.ofPaper.read(entry.value, reading) else { return nil }
      claim.name = Located(entry.key, at: entry.keyLocation)
      claim.source = claim.source ?? ClaimSource()
      claim.source?.reference = paper
      return claim
    }
    var checks = ClaimChecks()
    for claim in claims { checks.checkNumbers(claim) }
    let problems = source.excerpted(validator.problems + checks.list.findings)
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return ClaimsFile(file: file, paper: paper, title: root["title"]?.text, note: root["note"]?.text, claims: claims)
  }
}
