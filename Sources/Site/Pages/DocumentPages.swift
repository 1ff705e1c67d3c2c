import Reports

/// The documentation as pages, by the Markdown that reports are made with.
struct DocumentPages {
  let input: SiteInput
  /// The paths of the site's other pages.
  let paths: Set<String>

  /// A document ready to be a page.
  private struct Prepared {
    var document: SiteDocument
    var title: String
    var html: String
    var headings: [PageParts.Heading]
    /// The first sentences. Plain.
    var summary: String
  }

  var pages: [SitePage] {
    var seen: Set<String> = []
    let all = input.documents.filter { !$0.name.isEmpty && seen.insert($0.name).inserted }.map { prepared($0) }
    return [list(all)] + all.map { page($0, all) }
  }

  private func prepared(_ document: SiteDocument) -> Prepared {
    var lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
    var title = document.name
    if let first = lines.first, first.hasPrefix("# ") {
      title = PageParts.words(String(first.dropFirst(2)))
      lines.removeFirst()
    }
    let (html, headings) = PageParts.prose(lines.joined(separator: "\n"))
    let opening = lines.drop { $0.isEmpty || $0.hasPrefix("#") || $0.hasPrefix("|") || $0.hasPrefix("`") }
      .prefix { !$0.isEmpty }.joined(separator: " ")
    let words = PageParts.words(opening)
    return Prepared(
      document: document, title: document.path == "README.md" ? "A tour of \(title)" : title, html: html,
      headings: headings, summary: words.count > 240 ? words.prefix(239) + "…" : words)
  }

  private func list(_ all: [Prepared]) -> SitePage {
    var page = SitePage(
      "docs.html", title: "Documentation", summary: "A tour, the keys of an analysis, and how trainfree compares.")
    page.lead = PageParts.text(page.summary)
    let items = all.map { text in
      "<li><h2><a href=\"docs/\(text.document.name).html\">\(PageParts.text(text.title))</a></h2>\n<p>\(PageParts.text(text.summary))</p></li>\n"
    }
    page.body =
      items.isEmpty ? "<p>There is none beside the catalogue.</p>\n" : "<ul class=\"list\">\n\(items.joined())</ul>\n"
    return page
  }

  private func page(_ text: Prepared, _ all: [Prepared]) -> SitePage {
    var page = SitePage("docs/\(text.document.name).html", title: text.title, summary: text.summary)
    page.headings = text.headings.filter { $0.level == 2 }
    page.body = PageLinks.changed(withFigures(text.html, &page.drawings)) { target($0, in: text, all) }
    return page
  }

  /// The text with the drawings of reports in the place of the paragraphs that are no more than a link to one: the Markdown of
  /// pages makes links of pictures.
  private func withFigures(_ html: String, _ drawings: inout PageDrawings) -> String {
    let start = "<p><a href=\"reports/"
    var output = ""
    var rest = html[...]
    while let open = rest.firstRange(of: start) {
      output += rest[..<open.lowerBound]
      rest = rest[open.lowerBound...]
      let line = rest.prefix { $0 != "\n" }
      let parts = line.dropFirst(start.count).prefix { $0 != "\"" }.split(separator: "/").map(String.init)
      if parts.count == 3, line.hasSuffix("</a></p>"),
        line.firstRange(of: "</a>")?.upperBound == line.dropLast(4).endIndex,
        let svg = input.report(parts[0])?.file("figures/\(parts[2])"), svg.path.hasSuffix(".svg"), parts[1] == "figures"
      {
        output += "<figure>\n\(drawings.markup(svg.bytes))\n</figure>"
      } else {
        output += line
      }
      rest = rest[line.endIndex...]
    }
    return output + rest
  }

  /// The address in the site of what a document links to: another document, a report, a figure, or a file of the repository; nil
  /// for what is nowhere.
  private func target(_ address: String, in text: Prepared, _ all: [Prepared]) -> String? {
    if PageLinks.isElsewhere(address) { return address }
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let fragment = parts.count > 1 ? parts[1] : ""
    if parts[0].isEmpty { return Self.anchor(fragment, in: text.headings) }
    let folder = text.document.path.split(separator: "/").dropLast().joined(separator: "/")
    guard !parts[0].hasPrefix("/"), let path = PageLinks.path(parts[0], from: folder) else { return nil }
    if let other = all.first(where: { $0.document.path == path }) {
      return other.document.name + ".html" + (Self.anchor(fragment, in: other.headings) ?? "")
    }
    let names = path.split(separator: "/").map(String.init)
    if names.count > 1, names[0] == "reports", let report = input.report(names[1]) {
      let rest = names.dropFirst(2).joined(separator: "/")
      if rest.isEmpty || rest == "report.md" || rest == "index.html" { return "../r/\(report.id)/index.html" }
      if rest.hasSuffix(".svg"), paths.contains("r/\(report.id)/\(rest.dropLast(4)).html") {
        return "../r/\(report.id)/\(rest.dropLast(4)).html"
      }
      if paths.contains("r/\(report.id)/\(rest)") { return "../r/\(report.id)/\(rest)" }
    }
    guard let repository = input.repository else { return nil }
    return "\(repository)/blob/HEAD/\(path)" + (fragment.isEmpty ? "" : "#\(fragment)")
  }

  /// The address of a heading, by the name that forges give it; nil when there is none.
  private static func anchor(_ fragment: String, in headings: [PageParts.Heading]) -> String? {
    let slug = PageParts.slug(fragment)
    return headings.first { $0.id == "section-\(slug)" }.map { "#\($0.id)" }
  }
}
