import Claims
import Diagnostics
import Documents
import Sections
import Specs

/// What of an analysis its claims and printed numbers are judged and shown by.
package struct AuditedAnalysis: Sendable {
  /// The spec.
  package var analysis: Analysis
  /// The parts that compute values.
  package var parts: [any AnalysisPart]
  /// The claims, in order.
  package var claims: [ResolvedClaim]

  package init(analysis: Analysis, parts: [any AnalysisPart], claims: [ResolvedClaim]) {
    self.analysis = analysis
    self.parts = parts
    self.claims = claims
  }

  /// The part of a name.
  func part(_ name: String) -> (any AnalysisPart)? { parts.first { $0.name == name } }

  /// What happened to missing values before the value at a path was computed; nil where nothing can be missing.
  func missingPolicy(of path: String) -> String? {
    let keys = path.split(separator: ".")
    return keys.first.flatMap { part(String($0)) }?.missingPolicy(of: Array(keys.dropFirst()))
  }
}

/// A claim with what its claims file says, and the paths of its values.
package struct ResolvedClaim: Sendable {
  /// What is judged.
  package var claim: Claim
  /// The name for people.
  package var title: String
  /// What is claimed.
  package var statement: String
  /// Where it is claimed.
  package var source: ClaimSource?
  /// The claim of a claims file, such as `serianni2023#hidden-covariance`; nil for one of the analysis.
  package var origin: String?
  /// Where the number is found that the printed one is held against.
  package var valuePath: Located<String>?
  /// Where the value is found that the region is held against.
  package var regionPath: Located<String>?
  /// Why there is nothing to hold against it; nil when there is.
  package var notCheckable: String?
  /// Where the p-value of the test is found; beside the region's value when nil.
  package var pValuePath: Located<String>?
  /// The test, named before the run.
  package var test: String?
  /// What a reader should know.
  package var notes: [String]

  /// The name.
  package var name: String { claim.name }

  /// The parts of the analysis that its values are of, each once.
  var parts: [String] {
    var parts: [String] = []
    for path in [valuePath, regionPath].compactMap({ $0?.value }) {
      let part = String(path.prefix { $0 != "." })
      if !parts.contains(part) { parts.append(part) }
    }
    return parts
  }

  /// Everything a verdict depends on besides the values.
  var parameters: JSONValue {
    .record([
      "name": .string(name), "claimed": .string(claim.words), "title": .string(title), "statement": .string(statement),
      "reference": .string(source?.reference.value ?? ""), "quote": .string(source?.quote ?? ""),
      "locator": .string(source?.locator ?? ""), "secondary": .bool(source?.isSecondary ?? false),
      "origin": .string(origin ?? ""), "value-of": .string(valuePath?.value ?? ""),
      "region-of": .string(regionPath?.value ?? ""), "p-value-of": .string(pValuePath?.value ?? ""),
      "judged-on": .string(claim.basis?.rawValue ?? ""), "not-checkable": .string(notCheckable ?? ""),
      "test": .string(test ?? ""), "family": .string(claim.family ?? ""),
      "severity": .string(claim.severity.rawValue),
      "expected": .array([
        .string(claim.expectation.reproduction.rawValue), .string(claim.expectation.inference.rawValue),
      ]), "notes": .array(notes.map { .string($0) }),
    ])
  }
}
