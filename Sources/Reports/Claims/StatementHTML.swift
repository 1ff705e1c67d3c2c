/// Statements, findings and the checks behind them as HTML.
struct StatementHTML {
  let references: [BibliographyEntry]

  /// A statement with its verdict; one check stands beside it, several are folded.
  ///
  /// - Parameters:
  ///   - element: The HTML element around it, `li` in a list.
  ///   - anchored: The claims that have their id here and at no other place.
  /// - Throws: `ReportError.unknownCitation`.
  func statement(
    _ statement: ReportStatement, element: String = "li", anchored: Set<String>
  ) throws(ReportError) -> String {
    let only = statement.checks.count == 1 ? statement.checks.first : nil
    let id = only.map { anchor($0, anchored) } ?? ""
    var text = "<\(element) class=\"statement\"\(id)>\n\(chip(statement.verdict))\n<div>\n"
    text += "<p class=\"text\">\(Escape.html(statement.text))"
    if let locator = statement.locator { text += " <span class=\"locator\">(\(Escape.html(locator)))</span>" }
    text += "</p>\n"
    if let quote = statement.quote { text += "<p class=\"quote\">“\(Escape.html(quote))”</p>\n" }
    if let written = statement.written { text += "<p class=\"written\">\(Escape.html(written))</p>\n" }
    if let only {
      text += numbers(only) + fold(only)
    } else {
      text += "<details class=\"parts\"><summary>\(statement.checks.count) checks</summary>\n<ul>\n"
      for check in statement.checks {
        let chip = check.verdict.map { self.chip($0) + "\n" } ?? ""
        text +=
          "<li class=\"check\"\(anchor(check, anchored))>\n\(chip)<div>\n"
          + "<p class=\"text\">\(Escape.html(check.title))\(against(check))</p>\n"
          + numbers(check, isNamed: true) + fold(check) + "</div>\n</li>\n"
      }
      text += "</ul></details>\n"
    }
    return text + "</div>\n</\(element)>\n"
  }

  /// A finding: its title, its sentence and its value, without a verdict.
  ///
  /// - Parameter isDated: True where it says beside its sentence when it was written; otherwise its fold does.
  /// - Throws: `ReportError.unknownCitation`.
  func finding(
    _ finding: ReportFinding, element: String = "li", isDated: Bool = true, anchored: Set<String>
  ) throws(ReportError) -> String {
    let sentence = ProseHTML.inline(try Citations.linked(finding.sentence.source, references))
    return "<\(element) class=\"finding\"\(anchor(finding.check, anchored))>\n"
      + "<p class=\"text\"><b>\(Escape.html(finding.check.title)).</b> \(sentence)"
      + (isDated ? " <span class=\"written\">\(Escape.html(finding.written))</span>" : "") + "</p>\n"
      + numbers(finding.check) + fold(finding.check, written: isDated ? nil : finding.written) + "</\(element)>\n"
  }

  /// The verdict as a word in its colour.
  func chip(_ verdict: ReportVerdict) -> String {
    "<p class=\"verdict \(verdict.tone.rawValue)\">\(Escape.html(verdict.words))</p>"
  }

  private func anchor(_ check: ReportCheck, _ anchored: Set<String>) -> String {
    anchored.contains(check.name) ? " id=\"\(Escape.html("claim-\(check.name)"))\"" : ""
  }

  /// What the value is held against.
  private func against(_ check: ReportCheck) -> String {
    check.against.map { " <span class=\"against\">\(Escape.html($0))</span>" } ?? ""
  }

  /// Claimed and recomputed in one line, with the interval against the claimed region.
  ///
  /// - Parameter isNamed: True where it stands above what the value is held against.
  private func numbers(_ check: ReportCheck, isNamed: Bool = false) -> String {
    var parts: [String] = []
    if !check.claimed.isEmpty, check.verdict != nil { parts.append("claimed <b>\(Escape.html(check.claimed))</b>") }
    if !check.tested.isEmpty, check.verdict != nil { parts.append("our test <b>\(Escape.html(check.tested))</b>") }
    if check.recomputed != nil {
      let label = check.verdict == nil ? check.valueTitle.map { "\(Escape.html($0)) " } ?? "" : "recomputed "
      parts.append(
        "\(label)<b>\(Escape.html(check.recomputed ?? ""))</b>"
          + (check.interval.map { " <span class=\"ends\">\(Escape.html($0))</span>" } ?? ""))
    }
    if check.verdict == nil, !check.count.isEmpty { parts.append("n \(Escape.html(check.count))") }
    let line = (isNamed ? "" : against(check)) + parts.joined(separator: ", ") + (check.bar.map { " \($0.svg)" } ?? "")
    let reason = check.reason.map { "<p class=\"reason\">\(Escape.html($0))</p>\n" } ?? ""
    return (line.isEmpty ? "" : "<p class=\"numbers\">\(line)</p>\n") + reason
  }

  /// How the value was made, folded.
  ///
  /// - Parameter written: When the sentence was written down, where nothing else says so.
  private func fold(_ check: ReportCheck, written: String? = nil) -> String {
    let dated = written.map { "<div><dt>sentence</dt><dd>\(Escape.html($0))</dd></div>\n" } ?? ""
    let lines =
      dated
      + check.lines.map {
        "<div><dt>\(Escape.html($0.label))</dt><dd>\(Escape.html($0.text))</dd></div>\n"
      }.joined()
    let notes = check.notes.map { "<p class=\"note\">\(Escape.html($0))</p>\n" }.joined()
    let links =
      check.links.isEmpty
      ? "" : "<p class=\"evidence\">Shown in \(check.links.map(\.html).joined(separator: ", ")).</p>\n"
    let command = check.command.isEmpty ? "" : "<p class=\"evidence\"><code>\(Escape.html(check.command))</code></p>\n"
    let query =
      check.query.isEmpty
      ? ""
      : "<details><summary>SQL on the store</summary>\n<pre><code>\(Escape.html(check.query))</code></pre></details>\n"
    let inside = (lines.isEmpty ? "" : "<dl>\n\(lines)</dl>\n") + notes + links + command + query
    return inside.isEmpty
      ? ""
      : "<details class=\"how\"><summary>How it was checked</summary>\n\(inside)</details>\n"
  }
}

extension StatementHTML {
  /// What publications say, each with its counts and its statements; then what the analysis predicted.
  ///
  /// - Parameter caption: HTML.
  /// - Throws: `ReportError.unknownCitation`.
  func claims(_ claims: ReportClaims, caption: String, anchored: Set<String>) throws(ReportError) -> String {
    let id = Escape.html("table-\(claims.table.name)")
    var text =
      "<section class=\"claims\" id=\"\(id)\" aria-labelledby=\"\(id)-caption\">\n"
      + "<p class=\"caption\" id=\"\(id)-caption\">\(caption) \(HTMLTable.files(of: claims.table))</p>\n"
    for publication in claims.publications {
      text +=
        "<p class=\"strip\">\(try link(publication.reference)): <span>\(Escape.html(publication.strip))</span></p>\n"
      if let box = publication.secondHand { text += "<p class=\"box\">\(Escape.html(box))</p>\n" }
      text += try list(publication.statements, anchored)
    }
    if !claims.predictions.isEmpty {
      text += "<p class=\"strip\">What this analysis predicted</p>\n" + (try list(claims.predictions, anchored))
    }
    return text + "</section>\n"
  }

  private func list(_ statements: [ReportStatement], _ anchored: Set<String>) throws(ReportError) -> String {
    var text = "<ul class=\"statements\">\n"
    for statement in statements { text += try self.statement(statement, anchored: anchored) }
    return text + "</ul>\n"
  }

  /// Every finding, in a list.
  ///
  /// - Parameter caption: HTML.
  /// - Throws: `ReportError.unknownCitation`.
  func findings(_ findings: ReportFindings, caption: String, anchored: Set<String>) throws(ReportError) -> String {
    let id = Escape.html("table-\(findings.table.name)")
    var text =
      "<section class=\"findings\" id=\"\(id)\" aria-labelledby=\"\(id)-caption\">\n"
      + "<p class=\"caption\" id=\"\(id)-caption\">\(caption) \(HTMLTable.files(of: findings.table))</p>\n"
    if let written = findings.written { text += "<p class=\"dated\">\(Escape.html(written))</p>\n" }
    text += "<ul>\n"
    for finding in findings.findings {
      text += try self.finding(finding, isDated: findings.written == nil, anchored: anchored)
    }
    return text + "</ul>\n</section>\n"
  }

  /// A statement by itself, with its publication.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func card(_ claim: ReportStatement) throws(ReportError) -> String {
    let source =
      try claim.reference.map { key throws(ReportError) in "<p class=\"source\">\(try link(key))</p>\n" } ?? ""
    let names = Set(claim.checks.map(\.name))
    return "<section class=\"claim\" aria-label=\"\(Escape.html(claim.checks.first?.title ?? claim.text))\">\n"
      + (try statement(claim, element: "div", anchored: names)) + source + "</section>\n"
  }

  /// The publication's short name, which leads to its entry.
  private func link(_ key: String) throws(ReportError) -> String {
    guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
    return "<a href=\"#ref-\(Escape.html(key))\">\(Escape.html(entry.shortName))</a>"
  }
}
