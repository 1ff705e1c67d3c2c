import Documents
import Outcomes
import Reports
import Specs

extension JudgedClaims {
  /// The values of `claims` and `findings` in the results: each claim with its evidence in the report, then the totals; each
  /// finding with its evidence. One of them is left out where there is none of its kind.
  ///
  /// - Throws: `Reason` when they cannot be written.
  package func values(in audited: AuditedAnalysis) throws(Reason) -> [JSONMember] {
    func evident(_ members: [JSONMember]) -> JSONValue {
      .object(
        members.map { member -> JSONMember in
          guard let claim = audited.judged.first(where: { $0.name == member.key }) else { return member }
          let evidence = ClaimEvidence(claim, in: audited)
          return JSONMember(
            key: member.key,
            value: .object(
              (member.value.members ?? []) + [
                JSONMember(key: "evidence", value: evidence.json(folder: evidence.folder))
              ]))
        })
    }
    let members = try JSONValue(encoding: self).members ?? []
    let findings = members.first { $0.key == ClaimsStep.findingsName }?.value.members ?? []
    let claims = members.filter { $0.key != ClaimsStep.findingsName }
    return (audited.claims.isEmpty ? [] : [JSONMember(key: ClaimsStep.stepName, value: evident(claims))])
      + (findings.isEmpty ? [] : [JSONMember(key: ClaimsStep.findingsName, value: evident(findings))])
  }
}

/// The evidence for the verdicts on a claim: the report's figures and tables that are drawn from the same parts of the
/// analysis, and the queries that give the values.
package struct ClaimEvidence: Sendable, Hashable {
  /// The figures and tables, in the order of the report.
  package var links: [ReportLink]
  /// The paths of the values.
  package var paths: [String]
  private let analysis: String
  private let published: Set<String>

  /// Gathers the figures and tables that show a claim's parts, and the paths of its values.
  package init(_ claim: ResolvedClaim, in audited: AuditedAnalysis) {
    let parts = Set(claim.parts)
    var links: [ReportLink] = []
    var (figures, tables) = (0, 0)
    for cell in audited.analysis.report {
      switch cell {
      case .text, .claim, .finding: break
      case .figure(let figure):
        figures += 1
        if parts.contains(figure.from.value) {
          links.append(ReportLink("Figure \(figures)", to: "figure-\(figure.name.value)"))
        }
      // The log of changes is a list without a number.
      case .table(let table) where table.from.value == "changes": break
      case .table(let table):
        tables += 1
        // The table of a section shows each of its parts.
        let isOfAll = audited.analysis.parts.contains {
          type(of: $0).kind.key == table.from.value && parts.contains($0.name.value)
        }
        if parts.contains(table.from.value) || isOfAll {
          links.append(ReportLink("Table \(tables)", to: "table-\(table.name.value)"))
        }
      }
    }
    self.links = links
    var paths: [String] = []
    for path in [claim.valuePath, claim.regionPath].compactMap({ $0?.value }) where !paths.contains(path) {
      paths.append(path)
    }
    self.paths = paths
    analysis = audited.analysis.id.value
    published = Set(audited.analysis.published.map(\.name.value))
  }

  /// The folder of the report where it is published.
  var folder: String { "reports/\(analysis)" }

  /// A command that prints the values from a report's folder.
  package func command(folder: String) -> String {
    "trainfree export \(Self.quoted(folder))" + paths.map { " --value \($0)" }.joined()
  }

  /// SQL that finds the values in the store's newest results.
  package var query: String {
    paths.map { path -> String in
      let keys = path.split(separator: ".").map(String.init)
      let isPublished = published.contains(keys[0])
      let step = isPublished ? "published/\(keys[0])" : "results"
      let place = "$" + keys.dropFirst(isPublished ? 1 : 0).map { ".\"\($0)\"" }.joined()
      return "SELECT json_extract(group_concat(CAST(content AS TEXT), ''), '\(place)') FROM (SELECT content "
        + "FROM step_names JOIN steps USING (key) JOIN artifact_parts ON digest = output "
        + "WHERE analysis = '\(analysis)' AND name = '\(step)' ORDER BY part);"
    }.joined(separator: "\n")
  }

  /// The evidence as JSON, for a report in a folder.
  package func json(folder: String) -> JSONValue {
    .record([
      "parts": .array(links.map { ["text": .string($0.text), "anchor": .string($0.anchor)] }),
      "values": .array(paths.map { .string($0) }), "command": .string(command(folder: folder)),
      "sql": .string(query),
    ])
  }

  /// A folder as one word of a shell's command line.
  private static func quoted(_ folder: String) -> String {
    let isPlain = folder.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_./".contains(Character(scalar)))
    }
    return isPlain
      ? folder : "'" + folder.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
