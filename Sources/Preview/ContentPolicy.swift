/// The security policy that a page states in a `meta` element, and what a preview has to add to it.
struct ContentPolicy {
  /// Directives with their sources, in order.
  private var directives: [(name: String, sources: [String])]

  /// Reads the text of a policy.
  init(_ text: String) {
    directives = text.split(separator: ";").compactMap { directive in
      let words = directive.split(whereSeparator: \.isWhitespace).map(String.init)
      return words.first.map { ($0.lowercased(), Array(words.dropFirst())) }
    }
  }

  /// The text of the policy.
  var text: String { directives.map { ([$0.name] + $0.sources).joined(separator: " ") }.joined(separator: "; ") }

  /// The policy with one script, one style sheet and requests to the page's own server allowed, and nothing else.
  ///
  /// - Parameters:
  ///   - script: SHA-256 of the script in base 64.
  ///   - style: That of the style sheet.
  func allowing(script: String, style: String) -> ContentPolicy {
    var policy = self
    policy.allow("'sha256-\(script)'", in: "script-src")
    policy.allow("'sha256-\(style)'", in: "style-src")
    policy.allow("'self'", in: "connect-src")
    return policy
  }

  private mutating func allow(_ source: String, in name: String) {
    let kept = directives.first { $0.name == name } ?? directives.first { $0.name == "default-src" }
    // What a policy does not restrict needs no permission.
    guard let kept else { return }
    var sources = kept.sources.filter { $0.lowercased() != "'none'" }
    let isOpen =
      sources.contains("'unsafe-inline'") && !sources.contains { $0.hasPrefix("'sha") || $0.hasPrefix("'nonce-") }
    // A digest would take what `unsafe-inline` allows away.
    if !(isOpen && source.hasPrefix("'sha")) { sources.append(source) }
    if let index = directives.firstIndex(where: { $0.name == name }) {
      directives[index].sources = sources
    } else {
      directives.append((name, sources))
    }
  }
}
