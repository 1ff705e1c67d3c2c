/// Statements, findings and the checks behind them as Markdown.
struct StatementMarkdown {
  let references: [BibliographyEntry]
  /// True where there is no report around the text to link to.
  let standsAlone: Bool
  /// The claims and findings that have their id here and at no other place.
  var anchored: Set<String> = []

  /// What publications say, each with its counts, as tables; statements with several checks have them in a fold. Then what the
  /// analysis predicted.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func claims(_ claims: ReportClaims) throws(ReportError) -> String {
    var parts: [String] = []
    for publication in claims.publications {
      parts.append("**\(try name(publication.reference))**: \(Escape.markdown(publication.strip))")
      if let box = publication.secondHand { parts.append("> \(Escape.markdown(box, startsBlock: true))") }
      parts += list(publication.statements)
    }
    if !claims.predictions.isEmpty { parts += ["**What this analysis predicted**"] + list(claims.predictions) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func list(_ statements: [ReportStatement]) -> [String] {
    let rows = statements.map { statement -> [String] in
      let only = statement.checks.count == 1 ? statement.checks.first : nil
      let place = [statement.locator, statement.written].compactMap(\.self).joined(separator: "; ")
      return [
        chip(statement.verdict),
        anchors(only.map { [$0] } ?? []) + Escape.markdown(statement.text)
          + (place.isEmpty ? "" : " (\(Escape.markdown(place)))"),
        only.map { Escape.markdown($0.held) } ?? "",
        only.map { check in (check.against.map { "\(Escape.markdown($0)): " } ?? "") + recomputed(check) }
          ?? "\(statement.checks.count) checks",
      ]
    }
    let folds = statements.filter { $0.checks.count > 1 }.map { statement -> String in
      let rows = statement.checks.map { check in
        [
          check.verdict.map { chip($0) } ?? "",
          anchors([check]) + Escape.markdown(check.title)
            + (check.against.map { ": \(Escape.markdown($0))" } ?? ""),
          Escape.markdown(check.held), recomputed(check), Escape.markdown(check.count),
        ]
      }
      // The statement stands inside, where it is Markdown.
      return "<details><summary>\(statement.checks.count) checks: \(Escape.html(statement.verdict.words))</summary>\n\n"
        + Escape.markdown(statement.text, startsBlock: true) + "\n\n"
        + table(["Verdict", "Check", claimed(statement.checks), "Recomputed", "n"], rows)
        + (remarks(statement.checks).map { "\n\($0)" } ?? "") + "\n</details>"
    }
    let single = statements.filter { $0.checks.count == 1 }.flatMap(\.checks)
    let fold = remarks(single).map { "<details><summary>Remarks</summary>\n\n\($0)\n</details>" }
    return [table(["Verdict", "Statement", claimed(single), "Recomputed"], rows)] + [fold].compactMap(\.self) + folds
  }

  /// The head of the column of what values are held against.
  private func claimed(_ checks: [ReportCheck]) -> String {
    guard checks.contains(where: { !$0.tested.isEmpty }) else { return "Claimed" }
    return checks.contains { !$0.claimed.isEmpty } ? "Claimed, or our test" : "Our test"
  }

  /// When the test of each check was written down, and its notes, as a list; nil where there is nothing to say, and where the text
  /// has to be short.
  private func remarks(_ checks: [ReportCheck]) -> String? {
    guard !standsAlone else { return nil }
    let items = checks.compactMap { check -> String? in
      let written = check.lines.first { $0.label == ReportCheck.written }.map { "test \($0.text)." }
      let parts = [written].compactMap(\.self) + check.notes
      guard !parts.isEmpty else { return nil }
      let text = parts.map { Escape.markdown($0) }.joined(separator: " ")
      return "- **\(Escape.markdown(check.title))**: \(text)\n"
    }
    return items.isEmpty ? nil : items.joined()
  }

  /// Every finding as a table.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func findings(_ findings: ReportFindings) throws(ReportError) -> String {
    let shared = Set(findings.findings.map(\.written)).count == 1 ? findings.written : nil
    var rows: [[String]] = []
    for finding in findings.findings {
      rows.append(
        [
          "\(anchors([finding.check]))**\(Escape.markdown(finding.check.title)).** \(try line(finding.sentence))",
          named(finding.check), Escape.markdown(finding.check.count),
        ] + (shared == nil ? [Escape.markdown(finding.written)] : []))
    }
    return (shared.map { Escape.markdown($0, startsBlock: true) + "\n\n" } ?? "")
      + table(["Finding", "Value", "n"] + (shared == nil ? ["Written"] : []), rows)
  }

  /// A statement by itself, with its publication.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func card(_ claim: ReportStatement) throws(ReportError) -> String {
    var text = "\(anchors(claim.checks))\(chip(claim.verdict)): \(Escape.markdown(claim.text))"
    if let key = claim.reference {
      text +=
        " (\([try name(key), claim.locator.map { Escape.markdown($0) }].compactMap(\.self).joined(separator: ", ")))"
    }
    if let quote = claim.quote { text += "\n\n> \(Escape.markdown(quote, startsBlock: true))" }
    for check in claim.checks { text += "\n\n" + details(check) }
    return text + "\n"
  }

  /// A finding by itself.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func card(_ finding: ReportFinding) throws(ReportError) -> String {
    "\(anchors([finding.check]))**\(Escape.markdown(finding.check.title)).** \(try line(finding.sentence)) "
      + "(\(Escape.markdown(finding.written)))\n\n" + details(finding.check) + "\n"
  }

  /// A check in one paragraph.
  private func details(_ check: ReportCheck) -> String {
    var parts: [String] = []
    if check.verdict != nil, !check.claimed.isEmpty { parts.append("claimed \(Escape.markdown(check.claimed))") }
    if check.verdict != nil, !check.tested.isEmpty { parts.append("our test \(Escape.markdown(check.tested))") }
    parts.append(check.verdict == nil ? named(check) : "recomputed \(recomputed(check))")
    if !check.count.isEmpty { parts.append("n \(Escape.markdown(check.count))") }
    let against = check.against.map { "\(Escape.markdown($0)): " } ?? ""
    var text = "\(against)\(parts.joined(separator: ", "))."
    if !standsAlone {
      for note in check.notes { text += " \(Escape.markdown(note))" }
      if !check.links.isEmpty { text += " Shown in \(check.links.map(\.markdown).joined(separator: ", "))." }
      if !check.command.isEmpty { text += " Query: `\(MarkdownText.code(check.command))`" }
    }
    return text
  }

  private func recomputed(_ check: ReportCheck) -> String {
    Escape.markdown(check.value) + (check.reason.map { " (\(Escape.markdown($0)))" } ?? "")
  }

  /// A value with what it is, `Pearson r .966`.
  private func named(_ check: ReportCheck) -> String {
    let title = check.recomputed == nil ? nil : check.valueTitle
    return (title.map { "\(Escape.markdown($0)) " } ?? "") + recomputed(check)
  }

  private func chip(_ verdict: ReportVerdict) -> String { "**\(Escape.markdown(verdict.words))**" }

  private func anchors(_ checks: [ReportCheck]) -> String {
    standsAlone
      ? ""
      : checks.filter { anchored.contains($0.name) }.map { "<a id=\"\(Escape.html("claim-\($0.name)"))\"></a>" }
        .joined()
  }

  /// Markdown in one line, as a cell needs it.
  private func line(_ text: MarkdownText) throws(ReportError) -> String {
    let cited =
      standsAlone
      ? try Citations.resolved(text.source, references) { Escape.markdown($0.shortName) }
      : try Citations.linked(text.source, references)
    return cited.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
      .replacing("\\\\|", with: "\\|")
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(head) + line(head.map { _ in "---" }) + rows.map(line).joined()
  }

  private func name(_ key: String) throws(ReportError) -> String {
    guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
    let name = Escape.markdown(entry.shortName)
    return standsAlone ? name : "[\(name)](<#ref-\(Escape.html(key))>)"
  }
}
