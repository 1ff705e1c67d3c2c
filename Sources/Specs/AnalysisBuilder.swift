import Diagnostics
import Documents

/// Builds the typed analysis from a document, leaving out what does not fit its shape: the validator has reported it.
struct AnalysisBuilder {
  let root: DocumentNode
  let file: String
  let expressions: ExpressionReader
  let seeds: SeedReader

  func build() -> Analysis {
    Analysis(
      file: file, id: located(root["analysis"]) ?? Located("", at: root.location), title: root["title"]?.text ?? "",
      summary: root["summary"]?.text, references: names(root["references"]), datasets: each("datasets", dataset),
      target: root["target"].flatMap(target), measures: each("measure", measure),
      summaries: each("summaries", summary), correlations: each("correlations", family),
      reliabilities: each("reliability", reliability), comparisons: each("comparisons", comparison),
      effects: each("effects", effects), ruleSearches: each("rule-search", ruleSearch),
      reductions: each("reductions", reduction), forensics: each("forensics", forensic),
      differences: each("differences", differences), strata: each("strata", strata),
      scoreSamples: each("score-samples", scoreSamples), published: each("published", published),
      claims: each("claims") { ClaimBuilder.claim($0, $1) },
      claimFamilies: each("claim-families", ClaimBuilder.family),
      report: (root["report"]?.elements ?? []).compactMap(cell))
  }

  private func each<Part>(_ key: String, _ make: (Located<String>, DocumentNode) -> Part?) -> [Part] {
    (root[key]?.entries ?? []).compactMap { make(Located($0.key, at: $0.keyLocation), $0.value) }
  }

  func located(_ node: DocumentNode?) -> Located<String>? {
    node.flatMap { node in node.text.map { Located($0, at: node.location) } }
  }

  func names(_ node: DocumentNode?) -> [Located<String>] { (node?.elements ?? []).compactMap { located($0) } }

  func word<Word: RawRepresentable<String>>(_ node: DocumentNode?) -> Word? {
    node?.text.flatMap { Word(rawValue: $0) }
  }

  private func dataset(_ name: Located<String>, _ node: DocumentNode) -> DatasetUse? {
    guard let use = located(node["use"]) else { return nil }
    let rule: ClusterRule
    switch node["cluster-by"] {
    case .some(.sequence(let nodes, _)): rule = .columns(nodes.compactMap { located($0) })
    case .some(let node) where node.text == "metric-vector": rule = .metricVector
    default: rule = .none
    }
    return DatasetUse(
      name: name, use: use, malformed: word(node["malformed"]),
      derive: (node["derive"]?.entries ?? []).compactMap(derived),
      rows: (node["rows"]?.elements ?? []).compactMap(condition),
      join: (node["join"]?.elements ?? []).compactMap(join), clusterBy: rule)
  }

  private func bound(_ node: DocumentNode?) -> RowCondition.Bound? {
    if let whole = node?.integer, Int(exactly: Double(whole)) != whole { return .whole(whole) }
    return node?.double.map { .number($0) }
  }

  private func condition(_ node: DocumentNode) -> RowCondition? {
    guard let column = located(node["column"]) else { return nil }
    let tests: [RowCondition.Test] = [
      node["equals"]?.text.map { .oneOf([$0]) },
      node["in"]?.elements.map { .oneOf($0.compactMap(\.text)) },
      bound(node["at-least"]).map { .atLeast($0) },
      bound(node["at-most"]).map { .atMost($0) },
      node["defined"]?.boolean.map { .defined($0) },
    ].compactMap { $0 }
    return RowCondition(column: column, tests: tests)
  }

  private func join(_ node: DocumentNode) -> JoinSpec? {
    guard let dataset = located(node["dataset"]) else { return nil }
    return JoinSpec(
      dataset: dataset, on: names(node["on"]), columns: names(node["columns"]), prefix: node["prefix"]?.text,
      keepsUnmatched: node["keep-unmatched"]?.boolean ?? false)
  }

  func target(_ node: DocumentNode) -> TargetUse? {
    guard let dataset = located(node["dataset"]), let column = located(node["column"]) else { return nil }
    return TargetUse(dataset: dataset, column: column, better: word(node["better"]))
  }

  private func summary(_ name: Located<String>, _ node: DocumentNode) -> SummarySpec? {
    guard let dataset = located(node["dataset"]) else { return nil }
    return SummarySpec(
      name: name, title: node["title"]?.text, dataset: dataset, groupBy: names(node["group-by"]),
      columns: names(node["columns"]))
  }

  func family(_ name: Located<String>, _ node: DocumentNode) -> CorrelationFamily? {
    guard node.entries != nil else { return nil }
    let coefficients = (node["coefficients"]?.elements ?? []).compactMap { word($0) as CoefficientName? }
    return CorrelationFamily(
      name: name, title: node["title"]?.text, target: node["target"].flatMap(target),
      metrics: selection(node["metrics"]),
      baselines: (node["baselines"]?.elements ?? []).compactMap(baseline),
      coefficients: coefficients.isEmpty ? [.kendallTauB, .spearman, .pearson] : coefficients,
      interval: node["interval"].flatMap(interval), missing: word(node["missing"]) ?? .drop,
      given: names(node["given"]), truncation: (node["truncation"]?.elements ?? []).compactMap(\.double),
      top: node["top"].map { TopSpec(sizes: ($0["sizes"]?.elements ?? []).compactMap(\.double)) },
      agreement: node["agreement"]?.boolean ?? false)
  }

  func baseline(_ node: DocumentNode) -> BaselineSpec? {
    if let column = located(node) { return .column(column) }
    guard let name = located(node["name"]) else { return nil }
    return .lexicographic(name: name, title: node["title"]?.text, columns: names(node["lexicographic"]))
  }

  func interval(_ node: DocumentNode) -> IntervalSpec? {
    guard node.entries != nil else { return nil }
    return settings(ofInterval: node)
  }

  /// The settings of an interval, each by default where it is left out.
  func settings(ofInterval node: DocumentNode?) -> IntervalSpec {
    IntervalSpec(
      method: word(node?["method"]) ?? .bca, resamples: node?["resamples"]?.integer ?? 9999,
      seed: seeds.seed(node?["seed"]), level: node?["level"]?.double ?? 0.95,
      clustered: node?["clustered"]?.boolean ?? true)
  }

  private func published(_ name: Located<String>, _ node: DocumentNode) -> PublishedTable? {
    let values = (node["values"]?.elements ?? []).compactMap { value -> PublishedValue? in
      guard let of = located(value["of"]), let printed = located(value["printed"]) else { return nil }
      return PublishedValue(
        of: of, printed: printed, magnitude: value["magnitude"]?.boolean ?? false, note: value["note"]?.text)
    }
    return PublishedTable(
      name: name, title: node["title"]?.text, reference: located(node["reference"]), locator: node["locator"]?.text,
      values: values)
  }

  private func cell(_ node: DocumentNode) -> ReportCell? {
    if let text = located(node["text"]) { return .text(text) }
    if let claim = located(node["claim"]) { return .claim(claim) }
    if let table = node["table"] { return self.table(table).map { .table($0) } }
    return node["figure"].flatMap(figure).map { .figure($0) }
  }

  private func table(_ node: DocumentNode) -> TableSpec? {
    if let from = located(node) { return TableSpec(name: from, from: from, content: nil, section: nil, caption: nil) }
    guard let from = located(node["from"]) else { return nil }
    let section = located(node["section"])
    let content: TableContent? = word(node["content"])
    let name = content.map { Located("\(from.value)-\($0.rawValue)", at: from.location) } ?? from
    return TableSpec(
      name: located(node["name"]) ?? section.map { Located("\(from.value)-\($0.value)", at: from.location) } ?? name,
      from: from, content: content, section: section, caption: located(node["caption"]))
  }

  private func figure(_ node: DocumentNode) -> FigureSpec? {
    for kind in FigureKind.allCases {
      guard let from = located(node[kind.rawValue]) else { continue }
      return FigureSpec(
        name: located(node["name"]) ?? Located("\(from.value)-\(kind.rawValue)", at: from.location), kind: kind,
        from: from, caption: located(node["caption"]), columns: names(node["columns"]),
        perRow: node["per-row"]?.integer, width: word(node["width"]) ?? .text, x: located(node["x"]),
        y: located(node["y"]), groupBy: located(node["group-by"]), coefficient: word(node["coefficient"]),
        reversed: node["reversed"]?.boolean,
        logarithmic: Set((node["logarithmic"]?.elements ?? []).compactMap { word($0) }),
        largeSamples: word(node["large-samples"]) ?? .automatic)
    }
    return nil
  }
}
