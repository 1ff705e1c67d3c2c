import Reports

/// What changed since the earlier site, and the editions of each report.
struct ChangePages {
  let input: SiteInput
  /// The newest first.
  let changes: [SiteChange]
  /// The paths of every file of the site.
  let paths: Set<String>

  /// The most changes of the page; the feed and `site.json` have their own.
  private static let changeLimit = 200

  var page: SitePage {
    var page = SitePage(
      "changes.html", title: "What changed",
      summary: "New reports, verdicts that are others now, and values and figures that differ, by day.")
    page.lead = PageParts.text(page.summary)
    let days = changes.prefix(Self.changeLimit).reduce(into: [String]()) {
      if !$0.contains($1.date) { $0.append($1.date) }
    }
    page.body = "<p>Also as a <a href=\"feed.xml\">feed</a>.</p>\n"
    if changes.isEmpty { page.body += "<p>Nothing has changed yet.</p>\n" }
    for day in days {
      page.body += "<h2 id=\"day-\(PageParts.text(day))\">\(PageParts.text(day))</h2>\n"
      for change in changes.prefix(Self.changeLimit) where change.date == day {
        let place = "v/\(change.report)/\(change.edition)/index.html"
        let title = PageParts.text(change.title)
        let isThere = !change.edition.isEmpty && paths.contains(place)
        page.body += "<h3>\(isThere ? "<a href=\"\(place)\">\(title)</a>" : title)</h3>\n<ul>\n"
        page.body += change.lines.map { "<li>\(PageParts.text($0))</li>\n" }.joined() + "</ul>\n"
      }
    }
    page.body += corrections(from: page.path)
    return page
  }

  /// What reports themselves say that they said otherwise before.
  private func corrections(from path: String) -> String {
    let reports = input.reports.filter { !$0.corrections.isEmpty }
    guard !reports.isEmpty else { return "" }
    let parts = reports.map { report in
      let items = report.corrections.map { "<li>\(PageLinks.inline($0, from: path, report))</li>\n" }
      return
        "<h3><a href=\"r/\(report.id)/index.html\">\(PageParts.text(report.title))</a></h3>\n<ul>\n\(items.joined())</ul>\n"
    }
    return
      "<h2 id=\"corrections\">What the reports correct</h2>\n<p>Reports keep what they said before, and why it was wrong.</p>\n"
      + parts.joined()
  }

  /// A page for each report that has editions, also for one that is gone.
  var editions: [SitePage] {
    let names = paths.compactMap { path -> (id: String, edition: String)? in
      let parts = path.split(separator: "/").map(String.init)
      return parts.count == 4 && parts[0] == "v" && parts[3] == "index.html" ? (parts[1], parts[2]) : nil
    }
    return Set(names.map(\.id)).sorted().map { id in
      let report = input.report(id)
      let title = report?.title ?? changes.first { $0.report == id }?.title ?? id
      var page = SitePage(
        "v/\(id)/index.html", title: "Editions of “\(title)”",
        summary: "Every state of the report that this site has had, at addresses that stay.")
      page.lead = PageParts.text(page.summary)
      let order = changes.filter { $0.report == id }.map(\.edition)
      let editions = names.filter { $0.id == id }.map(\.edition).sorted {
        (order.firstIndex(of: $0) ?? .max, $0) < (order.firstIndex(of: $1) ?? .max, $1)
      }
      let items = editions.map { edition in
        let day = changes.first { $0.report == id && $0.edition == edition }.map { ", since \($0.date)" } ?? ""
        let isCurrent = report?.edition == edition
        return
          "<li><a href=\"\(edition)/index.html\">\(PageParts.text(edition))</a>\(PageParts.text(day))\(isCurrent ? " · the current one" : "")</li>\n"
      }
      page.body = "<ul>\n\(items.joined())</ul>\n"
      page.body +=
        report == nil
        ? "<p>The report itself is no longer in the site.</p>\n"
        : "<p><a href=\"../../r/\(id)/index.html\">The current report</a></p>\n"
      return page
    }
  }
}
