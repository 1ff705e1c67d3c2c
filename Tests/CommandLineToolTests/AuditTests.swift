import Foundation
import FoundationXML
import TestSupport
import Testing

/// Audits with the built binary.
@Suite struct AuditTests {
  private let analysis = "\(checkout)/Tests/CommandLineToolTests/Fixtures/claims.yaml"

  private func spec(_ old: String = "", _ new: String = "", _ tool: Tool) throws {
    let text = try String(contentsOfFile: analysis, encoding: .utf8)
    let changed = old.isEmpty ? text : text.replacing(old, with: new)
    #expect(old.isEmpty || changed != text)
    try tool.write(changed, to: "a.yaml")
  }

  @Test(
    arguments: [
      (["audit", "none.yaml"], 66), (["audit", "-j", "0"], 64), (["audit", "--frozen", "--force"], 64),
      (["audit", "--help"], 0), (["check", "--claims-schema"], 0), (["check", "--schema", "--claims-schema"], 64),
      (["check", "\(checkout)/data/claims/serianni2023.yaml"], 0),
      (["check", "\(checkout)/data/claims/dong2024lpzero.yaml"], 0),
      (["check", "\(checkout)/data/claims/wang2025wpca.yaml"], 0),
      (["check", "\(checkout)/data/claims/chen2025zerolm.yaml"], 0),
      (["check", "\(checkout)/Tests/CommandLineToolTests/Fixtures/claims.yaml"], 0),
    ] as [([String], Int32)])
  func exitStatusesWithoutData(_ arguments: [String], _ status: Int32) throws {
    let result = try Tool().run(arguments)
    #expect(result.status == status, "\(result.errors)")
  }

  /// Replacements in the fixture, and what the finding says.
  @Test(arguments: [
    (
      "of: main.parameters.kendall-tau-b}", "of: mian.parameters.kendall-tau-b}",
      ["a.yaml:18:70: error", "did you mean main?"]
    ),
    (
      "of: main.head-confidence.kendall", "of: main.head-confidense.kendall",
      ["a.yaml:25:9: error", "did you mean head-confidence?"]
    ),
    (
      "#transformer-parameters-tau", "#transformer-parameter-tau",
      ["a.yaml:18:25: error", "did you mean transformer-parameters-tau?"]
    ),
    (
      "{use: serianni2023#transformer-parameters-tau", "{use: serianni2032#transformer-parameters-tau",
      ["a.yaml:18:25: error", "did you mean serianni2023?"]
    ),
    ("above: 0.3", "abvoe: 0.3", ["a.yaml:24:14: error", "unknown-key"]),
    ("- claim: head-confidence", "- claim: head-confidense", ["did you mean head-confidence?"]),
    ("references: [serianni2023]", "references: [efron1987]", ["serianni2023 is not among the analysis' references"]),
  ])
  func typosAreLocated(_ old: String, _ new: String, _ parts: [String]) throws {
    let tool = try Tool()
    try spec(old, new, tool)
    for command in ["check", "audit"] {
      let result = try tool.run([command, "a.yaml"])
      #expect(result.status == 65 && result.output.isEmpty, "\(result.output)\(result.errors)")
      for part in parts { #expect(result.errors.contains(part), "\(part) in \(result.errors)") }
    }
  }

  @Test func claimsFilesBesideASpecAreFoundAndChecked() throws {
    let tool = try Tool()
    try FileManager.default.createDirectory(atPath: tool.folder + "/claims", withIntermediateDirectories: true)
    try spec("{use: serianni2023#transformer-parameters-tau", "{use: mine2024#tau", tool)
    try tool.write(
      "claims-of: mine2024\nclaims: {tau: {statement: x, value: {printed: q}}}", to: "claims/mine2024.yaml")
    let bad = try tool.run(["check", "a.yaml"])
    #expect(bad.status == 65 && bad.errors.contains("claims/mine2024.yaml:2:47: error"), "\(bad.errors)")
    try tool.write("claims-of: other\nclaims: {tau: {statement: x, value: {printed: 1}}}", to: "claims/mine2024.yaml")
    #expect(try tool.run(["check", "a.yaml"]).errors.contains("wrong-file-name"))
  }
}

/// Audits on made-up data.
@Suite struct AuditRunTests {
  private let analysis = "home/analyses/ranking-claims.yaml"

  private func tool() throws -> Tool { try Tool(home: .synthetic) }

  private func audit(
    _ tool: Tool, _ changes: [(String, String)] = [], _ more: [String] = [], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String, errors: String) {
    var text = try tool.text(analysis)
    for (old, new) in changes {
      #expect(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    try tool.write(text, to: "a.yaml")
    return try tool.run(["audit", "a.yaml"] + more, environment: environment)
  }

  private func json(_ tool: Tool, _ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(tool.folder)/\(name)"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func claimsThatHoldExitWithZeroAndLinkToTheirEvidence() throws {
    let tool = try tool()
    let result = try audit(tool, [], ["--json", "audit.json", "--strict"])
    #expect(result.status == 0, "\(result.errors)")
    for part in [
      "ranking-claims: reports/ranking-claims/index.html", "#figure-intervals #table-main", ".8983",
      "3 claims; 3 reproduced; 1 supported",
    ] {
      #expect(result.output.contains(part), "\(part) in \(result.output)")
    }
    let claims = try #require(
      (try json(tool, "audit.json")["analyses"] as? [[String: Any]])?.first?["claims"] as? [[String: Any]])
    let head = try #require(claims.last)
    #expect(head["n"] as? Int == 60 && head["seed"] as? Int == 1 && head["policy"] as? String == "drop")
    #expect(head["method"] as? String == "BCa bootstrap, 499 resamples of rows" && head["level"] as? Double == 0.95)
    #expect(head["reproduced"] as? String == "reproduced" && head["inference"] as? String == "supported")
    // The command and the SQL of the evidence give the number of the verdict.
    let evidence = try #require(head["evidence"] as? [String: Any])
    let command = try #require(evidence["command"] as? String).split(separator: " ").map(String.init)
    let value = try tool.run(Array(command.dropFirst()))
    let exported =
      (try JSONSerialization.jsonObject(with: Data(value.output.utf8)) as? [String: Any])?["value"] as? Double
    let computed = try #require(head["computed"] as? Double)
    #expect(value.status == 0 && exported == computed, "\(value.output)\(value.errors)")
    let page = try String(contentsOfFile: tool.folder + "/reports/ranking-claims/index.html", encoding: .utf8)
    for anchor in ["figure-intervals", "table-main", "claim-steady", "table-claims"] {
      #expect(page.contains("id=\"\(anchor)\""), "\(anchor)")
    }
    let report = try String(contentsOfFile: tool.folder + "/reports/ranking-claims/report.md", encoding: .utf8)
    #expect(report.contains("Steady is supported, n 60; 3 claims."))
    let again = try tool.run(["run", "a.yaml", "--json"])
    #expect(again.output.contains("\"ran\": 0"))
  }

  @Test func aFalseClaimExitsWithThreeUnlessItIsExpectedOrNotAnError() throws {
    let tool = try tool()
    let refuted = try audit(tool, [("above: 0.5", "above: 0.99")])
    #expect(refuted.status == 3 && refuted.output.contains("refuted") && refuted.output.contains("error!"))
    #expect(try audit(tool, [("printed: \".90\"", "printed: \".91\"")]).status == 3)
    #expect(
      try audit(tool, [("above: 0.5}", "above: 0.99}\n    expect: {inference: refuted}")], ["--strict"]).status == 0)
    #expect(try audit(tool, [("above: 0.5}", "above: 0.5}\n    expect: {inference: refuted}")]).status == 3)
    for severity in ["warn", "note"] {
      #expect(try audit(tool, [("above: 0.5}", "above: 0.99}\n    severity: \(severity)")], ["--strict"]).status == 0)
    }
  }

  @Test func anUndecidableClaimExitsWithFourWhenStrictAlone() throws {
    let tool = try tool()
    let change = [("above: 0.5", "above: 0.9")]
    let open = try audit(tool, change)
    #expect(open.status == 0 && open.output.contains("inconclusive"), "\(open.errors)")
    #expect(try audit(tool, change, ["--strict"]).status == 4)
    #expect(
      try audit(
        tool,
        change + [
          (
            "use: maker2024#parameters-rho, of: main.parameters.spearman",
            "use: maker2024#parameters-rho, of: main.parameters.pearson"
          )
        ], ["--strict"]
      ).status == 3)
    #expect(try audit(tool, change, ["--strict", "--claim", "steady-tau"]).status == 0)
    let unknown = try audit(tool, [], ["--claim", "steady-tua"])
    #expect(unknown.status == 65 && unknown.errors.contains("did you mean steady-tau?"))
  }

  /// Findings are judged by audits, and shown without a verdict.
  @Test func aFindingThatRegressesExitsWithThree() throws {
    let tool = try tool()
    func finding(_ region: String) -> (String, String) {
      (
        "report:\n",
        "findings:\n  found: {title: Found, statement: \"It is {{ main.steady.kendall-tau-b | .2 }}.\", of: main.steady.kendall-tau-b, region: {\(region)}}\n\nreport:\n  - table: findings\n  - finding: found\n"
      )
    }
    let held = try audit(tool, [finding("above: 0.5")])
    #expect(
      held.status == 0 && held.output.contains("3 claims, 1 finding; 3 reproduced; 2 supported"), "\(held.output)")
    let report = try tool.text("reports/ranking-claims/report.md")
    #expect(report.contains("**Found.** It is .90.") && report.contains("(post hoc)"))
    let comment = try tool.text("reports/ranking-claims/comment.md")
    #expect(comment.contains("**Maker (2024)**: 2 hold") || comment.contains(": 2 hold"), "\(comment)")
    #expect(try tool.run(["export", "reports/ranking-claims", "--value", "findings.found.lower"]).status == 0)
    #expect(try audit(tool, [finding("above: 0.99")]).status == 3)
    #expect(try audit(tool, [finding("above: 0.99")], ["--claim", "steady"]).status == 0)
    #expect(try audit(tool, [finding("above: 0.99")], ["--claim", "found"]).status == 3)
  }

  @Test func aChangeThatIsNotTrueFailsWithItsPlace() throws {
    let tool = try tool()
    let changes = [
      (
        "report:\n",
        "changes:\n  - {date: 2026-01-01, claim: steady, from: holds, to: does not hold, why: A slip.}\nreport:\n  - table: changes\n"
      )
    ]
    let result = try audit(tool, changes)
    #expect(
      result.status == 65 && result.errors.contains("a.yaml:29:56: the newest change of steady"), "\(result.errors)")
    let mended = try audit(
      tool, [changes[0], ("from: holds, to: does not hold", "from: does not hold, to: holds")])
    #expect(mended.status == 0, "\(mended.errors)")
    for name in ["report.md", "comment.md"] {
      let text = try tool.text("reports/ranking-claims/\(name)")
      #expect(text.contains("2026-01-01, *Steady orders architectures*: we said “does not hold”"), "\(text)")
    }
  }

  @Test func aTypoInAPathFailsWithItsPlace() throws {
    let tool = try tool()
    for command in ["audit", "run"] {
      let changes = [("0.5}\n    of: main.steady.kendall-tau-b", "0.5}\n    of: main.steady.kendal-tau-b")]
      var result = try audit(tool, changes)
      if command == "run" { result = try tool.run(["run", "a.yaml"]) }
      #expect(result.status == 65, "\(result.errors)")
      #expect(
        result.errors.contains("a.yaml:25:9: error: there is no value main.steady.kendal-tau-b"),
        "\(result.errors)")
    }
  }

  @Test func hostileTextStaysTextInEveryFile() throws {
    let hostile = "<script>alert(1)</script> & ]]> | ` **x** @team '"
    let tool = try tool()
    let changes = [
      ("title: Steady orders architectures", "title: \"\(hostile) \\u0001 \\u202e\""),
      (
        "statement: Steady is associated with the score.",
        "statement: \"\(hostile)\"\n    source: {reference: maker2024, quote: \"\(hostile)\", locator: \"\(hostile)\"}\n    note: \"\(hostile)\""
      ),
    ]
    let files = ["--junit", "out/c.xml", "--summary", "out/c.md", "--json", "out/c.json"]
    #expect(try audit(tool, changes, files).status == 0)
    let xml = try Data(contentsOf: URL(fileURLWithPath: tool.folder + "/out/c.xml"))
    #expect(XMLParser(data: xml).parse())
    let text = String(decoding: xml, as: UTF8.self)
    #expect(
      text.contains("<testcase classname=\"ranking-claims\" name=\"steady: inference\"")
        && !text.contains("<script>"))
    for name in [
      "/out/c.md", "/reports/ranking-claims/index.html", "/reports/ranking-claims/report.md",
      "/reports/ranking-claims/tables/claims.tex",
    ] {
      let content = try String(contentsOfFile: tool.folder + name, encoding: .utf8)
      #expect(!content.contains("<script>alert(1)") || name.hasSuffix(".tex"), "\(name)")
      #expect(!content.unicodeScalars.contains("\u{202E}") && !content.unicodeScalars.contains("\u{1}"), "\(name)")
    }
    _ = try json(tool, "out/c.json")
    // The table on the terminal has no control characters either.
    #expect(!(try audit(tool, changes).output.unicodeScalars.contains("\u{1}")))
  }

  @Test func stepSummariesAreAppendedToOnRequestAlone() throws {
    let tool = try tool()
    try tool.write("before\n", to: "step.md")
    let environment = ["GITHUB_STEP_SUMMARY": tool.folder + "/step.md"]
    #expect(try audit(tool, [], [], environment: environment).status == 0)
    #expect(try String(contentsOfFile: tool.folder + "/step.md", encoding: .utf8) == "before\n")
    #expect(try audit(tool, [], ["--github-step-summary"], environment: environment).status == 0)
    #expect(try String(contentsOfFile: tool.folder + "/step.md", encoding: .utf8).hasPrefix("before\n# Audit"))
    #expect(try audit(tool, [], ["--github-step-summary"], environment: ["GITHUB_STEP_SUMMARY": ""]).status == 65)
  }

  @Test func frozenAuditsComputeNothingAndSayWhatIsStale() throws {
    let tool = try tool()
    let never = try audit(tool, [], ["--frozen"])
    #expect(never.status == 5 && never.output.contains("3 stale"), "\(never.output)")
    #expect(try audit(tool).status == 0)
    let current = try audit(tool, [], ["--frozen"])
    #expect(current.status == 0 && !current.output.contains("stale"))
    // A claim that was changed is stale; those beside it are not.
    let one = try audit(tool, [("above: 0.5", "above: 0.4")], ["--frozen"])
    #expect(one.status == 5 && one.output.contains("1 stale"), "\(one.output)")
    // Other data or settings make all of them stale.
    let all = try audit(tool, [("resamples: 499", "resamples: 500")], ["--frozen"])
    #expect(all.status == 5 && all.output.contains("3 stale"), "\(all.output)")
  }

  @Test func standardOutputIsJSONOnRequest() throws {
    let tool = try tool()
    let result = try audit(tool, [], ["--json", "-"])
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(result.status == 0 && (object?["analyses"] as? [Any])?.count == 1)
  }

  @Test func theSameAuditGivesTheSameBytes() throws {
    let (one, other) = (try tool(), try tool())
    for (tool, workers) in [(one, "1"), (other, "2")] {
      #expect(
        try audit(tool, [], ["-j", workers, "--json", "a.json", "--junit", "a.xml", "--summary", "a.md"]).status == 0)
    }
    for name in ["a.json", "a.xml", "a.md", "reports/ranking-claims/index.html", "reports/ranking-claims/results.json"]
    {
      let contents = try [one, other].map { try Data(contentsOf: URL(fileURLWithPath: "\($0.folder)/\(name)")) }
      #expect(contents[0] == contents[1], "\(name)")
    }
  }

  /// Without a file every analysis of the home that has claims is audited; with a claims file those that use it, its
  /// claims alone.
  @Test func analysesAreFoundByTheirClaims() throws {
    let tool = try tool()
    let all = try tool.run(["audit"])
    #expect(all.status == 0 && all.output.contains("3 claims; 3 reproduced; 1 supported"), "\(all.output)\(all.errors)")
    #expect(all.output.contains("ranking-claims: ") && !all.output.contains("ranking: "))
    let paper = try tool.run(["audit", "home/data/claims/maker2024.yaml"])
    #expect(paper.status == 0 && paper.output.contains("2 claims; 2 reproduced"), "\(paper.output)\(paper.errors)")
    #expect(paper.errors.contains("no shipped analysis judges these claims: restless-tau"))
    let none = try tool.run(["audit", "home/analyses/ranking.yaml"])
    #expect(none.status == 0 && none.errors.contains("home/analyses/ranking.yaml has no claims"))
  }

  /// The most severe of what happened to several analyses decides.
  @Test func failuresHaveTheirStatusWhateverElseHolds() throws {
    let tool = try tool()
    let text = try tool.text(analysis)
    try tool.write(text.replacing("above: 0.5", with: "above: 0.99"), to: "refuted.yaml")
    try tool.write(text.replacing("claims.steady.n }}", with: "claims.steady.m }}"), to: "unwritten.yaml")
    let refuted = try tool.run(["audit", analysis, "refuted.yaml", "--junit", "c.xml"])
    #expect(refuted.status == 3 && refuted.errors.contains("steady: refuted"), "\(refuted.errors)")
    let xml = try tool.text("c.xml")
    #expect(xml.contains("tests=\"8\" failures=\"1\" errors=\"0\""), "\(xml)")
    let unwritten = try tool.run(["audit", "refuted.yaml", "unwritten.yaml"])
    #expect(unwritten.status == 1 && unwritten.errors.contains("step report failed"), "\(unwritten.errors)")
    #expect(try tool.run(["audit", "refuted.yaml", "none.yaml"]).status == 66)
    try FileManager.default.removeItem(atPath: "\(tool.folder)/home/public")
    let missing = try tool.run(["audit", analysis, "--offline", "--force", "--json", "c.json"])
    #expect(missing.status == 66 && missing.output.contains("ranking-claims: failed"), "\(missing.output)")
    let failures = try (json(tool, "c.json")["analyses"] as? [[String: Any]])?.compactMap { $0["failure"] as? String }
    #expect(failures?.first?.contains(SyntheticHome.resultsPath) == true)
  }
}
