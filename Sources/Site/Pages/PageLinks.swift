import Reports

/// Leads the links of a text to where things are in a site.
enum PageLinks {
  /// HTML with each address changed; a link whose new address is nil has none, and stays as its text.
  ///
  /// Addresses stand in `href="…"`, as the project's Markdown writes them: text has no quotation marks that are not escaped.
  ///
  /// - Parameter orElse: The attributes of a link without an address.
  static func changed(_ html: String, orElse: String = "", _ change: (String) -> String?) -> String {
    var output = ""
    var rest = html[...]
    while let open = rest.firstRange(of: " href=\"") {
      output += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let end = rest.firstIndex(of: "\"") else { break }
      let address = rest[..<end].replacing("&amp;", with: "&").replacing("&#x27;", with: "'").replacing(
        "&#39;", with: "'")
      rest = rest[rest.index(after: end)...]
      output += change(String(address)).map { " href=\"\(PageParts.text($0))\"" } ?? orElse
    }
    return output + rest
  }

  /// A paragraph of a report's text in a page of the site: what it cites and names leads to the report's page.
  static func inline(_ markdown: String, from path: String, _ report: SiteReport) -> String {
    let place = "\(SitePage.root(of: path))r/\(report.id)/index.html"
    return changed(PageParts.inline(markdown)) { address in
      if isElsewhere(address) { return address }
      guard address.hasPrefix("#") else { return place }
      return place + report.anchor(String(address.dropFirst()))
    }
  }

  /// True for an address of the web or of mail.
  static func isElsewhere(_ address: String) -> Bool {
    ["https://", "http://", "mailto:"].contains { address.hasPrefix($0) }
  }

  /// A relative path from a folder, without `.` and `..`; nil when it leads out of the project.
  static func path(_ address: String, from folder: String) -> String? {
    var parts = folder.split(separator: "/").map(String.init)
    for part in address.split(separator: "/").map(String.init) where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
