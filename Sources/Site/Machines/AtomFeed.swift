import Reports

/// The changes of reports as an Atom feed (RFC 4287). An entry's id is the permanent address of the edition.
enum AtomFeed {
  /// The most entries.
  private static let entryLimit = 100

  /// The feed.
  ///
  /// - Parameter changes: The newest first.
  static func text(_ input: SiteInput, _ changes: [SiteChange]) -> String {
    let base = PageParts.xml(input.base)
    let authors = (input.authors.isEmpty ? ["trainfree"] : input.authors).map {
      "<author><name>\(PageParts.xml($0))</name></author>"
    }.joined()
    let entries = changes.prefix(entryLimit).map { change in
      let isGone = change.edition.isEmpty
      let permanent = "\(input.base)v/\(change.report)/" + (isGone ? "#gone-\(change.date)" : "\(change.edition)/")
      let lines = change.lines.map { "<li>\(PageParts.text($0))</li>" }.joined()
      return """
        <entry>
        <id>\(PageParts.xml(permanent))</id>
        <title>\(PageParts.xml(change.title))</title>
        <updated>\(change.date)T00:00:00Z</updated>
        <link rel="alternate" type="text/html" href="\(PageParts.xml(permanent))"/>
        <content type="html">\(PageParts.xml("<ul>\(lines)</ul>"))</content>
        </entry>

        """
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
      <id>\(base)feed.xml</id>
      <title>\(PageParts.xml(input.title))</title>
      <updated>\(changes.first?.date ?? input.date)T00:00:00Z</updated>
      \(authors)
      <link rel="self" type="application/atom+xml" href="\(base)feed.xml"/>
      <link rel="alternate" type="text/html" href="\(base)changes.html"/>
      <generator version="\(PageParts.xml(input.version))">trainfree</generator>
      \(entries.joined())</feed>

      """
  }

  /// The addresses of a site's pages, for those that list them (sitemaps.org).
  static func sitemap(_ paths: [String], base: String) -> String {
    let items = paths.map { "<url><loc>\(PageParts.xml(SitePage.address($0, base: base)))</loc></url>\n" }.joined()
    return
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\(items)</urlset>\n"
  }
}
