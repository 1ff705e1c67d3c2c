/// A claim as a card of a page, and as Markdown.
struct ClaimCard {
  let claim: ReportClaim
  let references: [BibliographyEntry]

  /// The card as HTML.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  func html() throws(ReportError) -> String {
    let id = Escape.html("claim-\(claim.name)")
    let verdicts = claim.verdicts.map { verdict in
      let remark = verdict.remark.map { " <span class=\"remark\">\(Escape.html($0))</span>" } ?? ""
      return "<p class=\"verdict \(Escape.html(Escape.slug(verdict.words)))\"><span class=\"axis\">"
        + "\(Escape.html(verdict.axis)):</span> <b>\(Escape.html(verdict.words))</b>\(remark)</p>\n"
    }.joined()
    let lines = claim.lines.map {
      "<div><dt>\(Escape.html($0.label))</dt><dd>\(Escape.html($0.text))</dd></div>\n"
    }.joined()
    let notes = claim.notes.map { "<p class=\"note\">\(Escape.html($0))</p>\n" }.joined()
    let links = claim.links.isEmpty ? "" : "Evidence: \(claim.links.map(\.html).joined(separator: ", ")). "
    return """
      <section class="claim" id="\(id)" aria-labelledby="\(id)-title">
      <p class="title" id="\(id)-title">Claim: \(Escape.html(claim.title))</p>
      <p>\(Escape.html(claim.statement))</p>
      \(try quoteHTML())\(verdicts)<dl>
      \(lines)</dl>
      \(notes)<p class="evidence">\(links)<code>\(Escape.html(claim.command))</code></p>
      <details><summary>SQL on the store</summary>
      <pre><code>\(Escape.html(claim.query))</code></pre></details>
      </section>

      """
  }

  private func quoteHTML() throws(ReportError) -> String {
    guard let key = claim.reference else { return "" }
    let link = "<a href=\"#ref-\(Escape.html(key))\">\(Escape.html(try entry(key).shortName))</a>"
    let source = ([link] + (claim.locator.map { [Escape.html($0)] } ?? [])).joined(separator: ", ")
    guard let quote = claim.quote else { return "<p class=\"source\">\(source)</p>\n" }
    return "<blockquote><p>\(Escape.html(quote))</p><footer>\(source)</footer></blockquote>\n"
  }

  private func entry(_ key: String) throws(ReportError) -> BibliographyEntry {
    guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
    return entry
  }

  /// The card as Markdown.
  ///
  /// - Parameter standsAlone: Whether there is no report around it to link to.
  /// - Throws: `ReportError.unknownCitation`.
  func markdown(standsAlone: Bool) throws(ReportError) -> String {
    let anchor = standsAlone ? "" : "<a id=\"\(Escape.html("claim-\(claim.name)"))\"></a>"
    var parts = ["\(anchor)**Claim: \(Escape.markdown(claim.title)).** \(Escape.markdown(claim.statement))"]
    if let key = claim.reference {
      let name = Escape.markdown(try entry(key).shortName)
      let link = standsAlone ? name : "[\(name)](<#ref-\(Escape.html(key))>)"
      let source = ([link] + (claim.locator.map { [Escape.markdown($0)] } ?? [])).joined(separator: ", ")
      parts.append(claim.quote.map { "> \(Escape.markdown($0, startsBlock: true)) — \(source)" } ?? "Source: \(source)")
    }
    let verdicts = claim.verdicts.map { verdict in
      "- \(Escape.markdown(verdict.axis)): **\(Escape.markdown(verdict.words))**"
        + (verdict.remark.map { " (\(Escape.markdown($0)))" } ?? "")
    }
    let lines = claim.lines.map { "- \(Escape.markdown($0.label)): \(Escape.markdown($0.text))" }
    parts.append((verdicts + lines).joined(separator: "\n"))
    parts += claim.notes.map { Escape.markdown($0, startsBlock: true) }
    if !standsAlone {
      let links = claim.links.isEmpty ? "" : "Evidence: \(claim.links.map(\.markdown).joined(separator: ", ")). "
      parts.append("\(links)Query: `\(MarkdownText.code(claim.command))`")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
