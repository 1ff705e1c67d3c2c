import Specs

/// The paths of values that a report's prose, its captions, its printed numbers and its claims refer to.
struct ReferencedValues {
  private let paths: Set<String>

  init(_ analysis: Analysis) {
    var texts: [String] = []
    for cell in analysis.report {
      switch cell {
      case .text(let text): texts.append(text.value)
      case .figure(let figure): texts += [figure.caption?.value].compactMap { $0 }
      case .table(let table): texts += [table.caption?.value].compactMap { $0 }
      case .claim: break
      }
    }
    var paths = Set(analysis.published.flatMap { $0.values.map(\.of.value) })
    for claim in analysis.claims {
      paths.formUnion([claim.of, claim.value?.of, claim.region?.of].compactMap { $0?.value })
    }
    for text in texts {
      for case .reference(let path, _, _) in TextTemplate(text).segments { paths.insert(path) }
    }
    self.paths = paths
  }

  /// Whether anything under a path is referred to.
  func contains(under path: String) -> Bool { paths.contains { $0 == path || $0.hasPrefix(path + ".") } }
}
