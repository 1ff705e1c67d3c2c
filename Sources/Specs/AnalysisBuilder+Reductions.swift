import Diagnostics
import Documents

extension AnalysisBuilder {
  func derived(_ entry: DocumentEntry) -> DerivedSpec? {
    let isPlain = entry.value.entries == nil
    guard let expression = expressions.expression(isPlain ? entry.value : entry.value["expression"]) else { return nil }
    return DerivedSpec(
      name: Located(entry.key, at: entry.keyLocation), expression: expression, title: entry.value["title"]?.text,
      better: word(entry.value["better"]), role: word(entry.value["role"]) ?? .feature)
  }

  func reduction(_ name: Located<String>, _ node: DocumentNode) -> ReductionSpec? {
    guard node.entries != nil else { return nil }
    let against = node["against"]
    func sizes(_ key: String, _ fallback: [Double]) -> [Double] {
      let values = (node[key]?.elements ?? []).compactMap(\.double)
      return values.isEmpty ? fallback : values
    }
    let draws = (node["best-of"]?.elements ?? []).compactMap(\.integer)
    return ReductionSpec(
      name: name, title: node["title"]?.text, target: node["target"].flatMap(target),
      candidates: (node["candidates"]?.entries ?? []).map(candidate),
      against: .init(
        metrics: against?["metrics"]?.text == "none" ? nil : selection(against?["metrics"]),
        baselines: (against?["baselines"]?.elements ?? []).compactMap(baseline)),
      top: sizes("top", [10, 25, 50, 100, 0.1]), draws: draws.isEmpty ? [1, 10, 25] : draws,
      truncation: sizes("truncation", [1, 0.5, 0.25]), interval: settings(ofInterval: node["interval"]),
      ties: .init(draws: node["ties"]?["draws"]?.integer ?? 100, seed: seeds.seed(node["ties"]?["seed"])),
      correlations: node["correlations"]?.boolean ?? false, replicates: names(node["replicates"]?["by"]))
  }

  private func candidate(_ entry: DocumentEntry) -> ReductionCandidate {
    let (node, name) = (entry.value, Located(entry.key, at: entry.keyLocation))
    guard node.entries != nil else {
      return ReductionCandidate(
        name: name, title: nil, rule: expressions.expression(node), top: nil, by: [], better: nil)
    }
    let by = node["by"]
    return ReductionCandidate(
      name: name, title: node["title"]?.text, rule: expressions.expression(node["rule"]), top: node["top"]?.double,
      by: by?.elements == nil ? [located(by)].compactMap { $0 } : names(by), better: word(node["better"]))
  }
}
