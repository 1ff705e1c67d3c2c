import Diagnostics
import Documents

extension SpecLanguage {
  /// The JSON Schema of analysis files.
  package func jsonSchema() -> JSONValue {
    JSONSchema.document(AnalysisShape(language: self).root, id: "trainfree analysis")
  }

  /// Reads an analysis.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: The name used in locations.
  ///   - seed: Takes the place of every `Seed` of the spec, at least 0; nil for those of the spec.
  /// - Throws: `DiagnosticsError` with every problem: of syntax alone when the text is not YAML, otherwise unknown
  ///   keys, wrong types, missing and duplicate names, cycles and unreadable references together.
  package func parse(_ bytes: [UInt8], file: String, seed: Int? = nil) throws(DiagnosticsError) -> Analysis {
    let root = try DocumentReader.read(bytes, file: file, limits: .spec)
    let source = SourceText(spec: bytes, file: file)
    let shape = AnalysisShape(language: self)
    var validator = SchemaValidator()
    validator.check(root, against: .object(shape.root), name: "the analysis")
    var analysis = shape.read(root, source: source, Reading(source))
    if let seed { analysis.reseed(seed) }
    var checks = AnalysisChecks(analysis, language: self, source: source)
    checks.run()
    let problems = source.excerpted(validator.problems + checks.problems)
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return analysis
  }

  /// The analysis with a part that stands in no file.
  ///
  /// - Throws: `DiagnosticsError` with every problem, those of the part at the places that its values have.
  package func adding(_ part: any Section, to analysis: Analysis) throws(DiagnosticsError) -> Analysis {
    var extended = analysis
    extended.parts.append(part)
    var checks = AnalysisChecks(extended, language: self, source: analysis.source)
    checks.run()
    guard checks.problems.isEmpty else { throw DiagnosticsError(checks.problems) }
    return extended
  }
}

extension SourceText {
  /// The text of a spec, without the mark that may stand before UTF-8.
  init(spec bytes: [UInt8], file: String) {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.init(String(decoding: hasMark ? bytes.dropFirst(3) : bytes[...], as: UTF8.self), file: file)
  }

  /// Findings with the lines of source that they are about.
  func excerpted(_ problems: [Diagnostic]) -> [Diagnostic] {
    problems.map { problem in
      var problem = problem
      problem.excerpt = problem.location.flatMap { excerpt(at: $0) }
      return problem
    }
  }
}
