import Claims
import Diagnostics
import Documents
import Sections
import Specs

/// The claims files that analyses use.
package struct ClaimsLibrary: Sendable {
  /// The files that were read, by name.
  package var files: [String: ClaimsFile]
  /// The names of all files there are.
  package var names: [String]

  /// Creates a library.
  package init(files: [String: ClaimsFile] = [:], names: [String] = []) {
    self.files = files
    self.names = names
  }

  /// What readers should know of all claims of a publication, by its key.
  package var remarks: [String: String] {
    Dictionary(files.values.compactMap { file in file.note.map { (file.paper.value, $0) } }) { first, _ in first }
  }
}

extension ColumnLookup {
  /// The claims of an analysis, each merged with what the claims file says that it uses; those that cannot be judged have
  /// been reported.
  ///
  /// - Parameters:
  ///   - parts: The parts that compute the values.
  ///   - library: The claims files that the analysis uses.
  package mutating func claims(
    of analysis: Analysis, parts: [any AnalysisPart], library: ClaimsLibrary
  ) -> [ResolvedClaim] {
    let claims = analysis.claims.compactMap { spec -> ResolvedClaim? in
      for path in spec.paths { check(path, parts) }
      guard let use = spec.use else {
        return resolved(spec, with: spec, origin: nil, of: analysis, parts)
      }
      guard let claim = used(use, library) else { return nil }
      if let reference = claim.source?.reference.value, !analysis.references.contains(where: { $0.value == reference })
      {
        report(
          use, id: "unlisted-reference", "\(reference) is not among the analysis' references",
          fix: "add it to `references`")
      }
      if let region = spec.region, region.region != nil, claim.region != nil {
        report(
          Located("", at: region.location), id: "region-given-twice",
          "\(use.value) has a region of its own",
          fix: "give its path alone, `region: {of: …}`, or write the claim out")
      }
      return resolved(spec, with: claim, origin: use.value, of: analysis, parts)
    }
    for (spec, other) in analysis.claims.compactMap({ claim in claim.statementOf.map { (claim, $0) } }) {
      guard let claim = claims.first(where: { $0.name == spec.name.value }),
        let first = claims.first(where: { $0.name == other.value }),
        claim.source?.reference.value != first.source?.reference.value
      else { continue }
      report(
        other, id: "other-publication", "\(spec.name.value) and \(other.value) are not of one publication",
        fix: "take `statement-of` out")
    }
    return claims
  }

  /// The findings of an analysis.
  package mutating func findings(of analysis: Analysis, parts: [any AnalysisPart]) -> [ResolvedClaim] {
    analysis.findings.map { spec in
      for path in spec.paths { check(path, parts) }
      var finding = resolved(spec, with: spec, origin: nil, of: analysis, parts)
      // The value of a finding is shown whether or not anything is held against it.
      if finding.valuePath == nil, finding.regionPath == nil { finding.regionPath = spec.of }
      return finding
    }
  }

  /// Reports a path into a correlation family that leads to none of its members, and one into any part that leads to no value that it
  /// computes, as far as its names are known before it has.
  private mutating func check(_ path: Located<String>, _ parts: [any AnalysisPart]) {
    let keys = path.value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard keys.count > 1, let part = parts.first(where: { $0.name == keys[0] }) else { return }
    if let family = part as? any MetricPart {
      let known = family.members.map(\.name) + family.highlights
      guard known.contains(keys[1]) else {
        return report(
          Located(keys[1], at: path.location), id: "unknown-metric",
          "\(family.name) has no metric or baseline \(keys[1])", known: known)
      }
    }
    for count in keys.indices.dropFirst() {
      guard let known = part.valueNames(under: Array(keys[1..<count])) else { return }
      guard known.contains(keys[count]) else {
        return report(
          Located(keys[count], at: path.location), id: "unknown-value",
          "there is no value \(path.value): \(keys[..<count].joined(separator: ".")) has no \(keys[count])",
          known: known)
      }
    }
  }

  private func hasInterval(_ path: String, _ parts: [any AnalysisPart]) -> Bool {
    let keys = path.split(separator: ".")
    guard let name = keys.first, let part = parts.first(where: { $0.name == name }) else { return false }
    return part.hasInterval(at: Array(keys.dropFirst()))
  }

  private mutating func used(_ use: Located<String>, _ library: ClaimsLibrary) -> ClaimSpec? {
    guard let names = ClaimUse(use.value) else { return nil }
    guard let file = library.files[names.file] else {
      report(
        Located(names.file, at: use.location), id: "unknown-claims", "there is no claims file \(names.file)",
        known: library.names,
        fix: library.names.isEmpty ? "write data/claims/\(names.file).yaml" : nil)
      return nil
    }
    guard let claim = file.claim(names.claim) else {
      report(
        Located(names.claim, at: use.location), id: "unknown-claim", "\(file.file) has no claim \(names.claim)",
        known: file.claims.map(\.name.value))
      return nil
    }
    return claim
  }

  /// - Parameters:
  ///   - spec: The claim as the analysis has it.
  ///   - stated: The claim as the claims file has it; `spec` again when it uses none.
  private mutating func resolved(
    _ spec: ClaimSpec, with stated: ClaimSpec, origin: String?, of analysis: Analysis, _ parts: [any AnalysisPart]
  ) -> ResolvedClaim {
    let printed = stated.value.flatMap { value -> Claim.Printed? in
      guard let text = value.printed?.value, let number = PrintedNumber(text) else { return nil }
      return Claim.Printed(number, text: text, isMagnitude: value.magnitude)
    }
    let region = stated.region?.region ?? spec.region?.region
    var claim = Claim(
      spec.name.value, printed: printed, region: region,
      basis: spec.judgedOn ?? stated.judgedOn,
      family: spec.family?.value)
    claim.severity = spec.severity ?? stated.severity ?? .error
    if spec.notCheckable != nil {
      claim.expectation = ClaimExpectation(reproduction: .notCheckable, inference: .notCheckable)
    }
    if let expected = spec.expect.reproduced { claim.expectation.reproduction = expected }
    if let expected = spec.expect.inference { claim.expectation.inference = expected }
    if printed == nil, region == nil, origin != nil, spec.notCheckable == nil {
      report(
        spec.name, id: "claims-nothing", "\(origin ?? "") prints no number and names no region",
        fix: "say here where the value is said to lie: `region: {of: …, above: 0}`")
    }
    let valuePath = printed == nil ? nil : spec.value?.of ?? spec.of
    let regionPath = region == nil ? nil : spec.region?.of ?? spec.of
    for (part, isThere, path) in [("value", printed != nil, valuePath), ("region", region != nil, regionPath)]
    where isThere && path == nil && spec.notCheckable == nil {
      report(
        spec.name, id: "missing-key", "\(part) of \(spec.name.value) names no value",
        fix: "add `of:` with a path such as main.parameters.kendall-tau-b")
    }
    for (part, isThere, path) in [
      ("value", printed != nil, spec.value?.of), ("region", region != nil, spec.region?.of),
    ] {
      if !isThere, let path {
        report(
          path, id: "claims-nothing", "\(origin ?? spec.name.value) has no \(part) to hold against it",
          fix: "leave it out")
      }
    }
    if claim.basis == .value, let path = regionPath, hasInterval(path.value, parts) {
      report(
        path, id: "unused-interval", "\(path.value) has an interval, and \(spec.name.value) is judged on the value",
        fix: JudgedClaim.unusedInterval)
    }
    let registration = Registration(
      registered: spec.registered.flatMap { CalendarDate($0.date.value) }, commit: spec.registered?.commit?.value,
      firstResult: analysis.firstResult.flatMap { CalendarDate($0.date.value) })
    return ResolvedClaim(
      claim: claim, title: spec.title ?? stated.title ?? spec.name.value, statement: stated.statement,
      source: stated.source, origin: origin, valuePath: valuePath, regionPath: regionPath,
      notCheckable: spec.notCheckable,
      pValuePath: spec.pValue, test: spec.test ?? stated.test, registration: registration,
      baseline: spec.baseline,
      isOwnTest: origin != nil && stated.region?.region == nil && region != nil, valueTitle: spec.valueTitle,
      statementOf: spec.statementOf?.value, reading: spec.reading,
      notes: origin == nil ? [stated.note].compactMap { $0 } : [stated.note, spec.note].compactMap { $0 })
  }
}
