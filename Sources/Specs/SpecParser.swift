import Diagnostics
import Documents

/// Reads analysis files.
package enum SpecParser {
  /// Reads an analysis.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - file: The name used in locations.
  ///   - seed: Takes the place of every `Seed` of the spec, at least 0; nil for those of the spec.
  /// - Throws: `DiagnosticsError` with every problem: of syntax alone when the text is not YAML, otherwise unknown
  ///   keys, wrong types, missing and duplicate names, cycles and unreadable references together.
  package static func parse(
    _ bytes: [UInt8], file: String, seed: Int? = nil
  ) throws(DiagnosticsError) -> Analysis {
    let root = try DocumentReader.read(bytes, file: file, limits: .spec)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let source = SourceText(String(decoding: hasMark ? bytes.dropFirst(3) : bytes[...], as: UTF8.self), file: file)
    var validator = SchemaValidator()
    validator.check(root, against: .object(AnalysisSchema.root), name: "the analysis")
    let analysis = AnalysisBuilder(
      root: root, file: file, expressions: ExpressionReader(source), seeds: SeedReader(given: seed)
    ).build()
    var checks = AnalysisChecks(analysis, source: source)
    checks.run()
    let problems = (validator.problems + checks.problems).map { problem -> Diagnostic in
      var problem = problem
      problem.excerpt = problem.location.flatMap { source.excerpt(at: $0) }
      return problem
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return analysis
  }
}
