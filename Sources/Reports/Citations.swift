/// `[@key]` in prose.
enum Citations {
  /// The prose with every citation replaced.
  ///
  /// - Throws: `ReportError.unknownCitation`.
  static func resolved(
    _ prose: String, _ references: [BibliographyEntry], link: (BibliographyEntry) -> String
  ) throws(ReportError) -> String {
    var output = ""
    var rest = prose[...]
    while let open = rest.firstRange(of: "[@") {
      guard let close = rest[open.upperBound...].firstIndex(of: "]") else { break }
      let key = String(rest[open.upperBound..<close])
      guard let entry = references.first(where: { $0.key == key }) else { throw .unknownCitation(key) }
      output += rest[..<open.lowerBound] + link(entry)
      rest = rest[rest.index(after: close)...]
    }
    return output + rest
  }
}
