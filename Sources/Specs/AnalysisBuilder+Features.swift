import Documents

extension AnalysisBuilder {
  func effects(_ name: Located<String>, _ node: DocumentNode) -> EffectsSpec? {
    guard node.entries != nil else { return nil }
    return EffectsSpec(
      name: name, title: node["title"]?.text, target: node["target"].flatMap(target), declared: names(node["features"]),
      groups: (node["groups"]?.entries ?? []).map { entry in
        EffectsSpec.Group(
          name: Located(entry.key, at: entry.keyLocation), title: entry.value["title"]?.text,
          features: names(entry.value.elements == nil ? entry.value["features"] : entry.value))
      },
      byLevel: names(node["by-level"]), strata: names(node["strata"]),
      permutations: whole(node["permutations"], EffectsSpec.permutationCounts) ?? 9999,
      seed: seeds.seed(node["seed"]), adjustment: word(node["adjustment"]) ?? .holm,
      top: node["top"].map { TopSpec(sizes: ($0["sizes"]?.elements ?? []).compactMap(\.double)) },
      interval: node["interval"].flatMap(interval))
  }

  func ruleSearch(_ name: Located<String>, _ node: DocumentNode) -> RuleSearchSpec? {
    guard node.entries != nil else { return nil }
    return RuleSearchSpec(
      name: name, title: node["title"]?.text, target: node["target"].flatMap(target), features: names(node["features"]),
      conjuncts: whole(node["conjuncts"], RuleSearchSpec.conjunctCounts) ?? 3,
      objective: word(node["objective"]) ?? .recall, share: share(node["share"]) ?? 0.25,
      top: size(node["top"]) ?? 0.1, minimumSize: size(node["minimum-size"]) ?? 0.02,
      splits: whole(node["splits"], RuleSearchSpec.splitCounts) ?? 20,
      trainingShare: share(node["training-share"]) ?? 0.5, seed: seeds.seed(node["seed"]),
      cuts: whole(node["cuts"], RuleSearchSpec.cutCounts) ?? 32,
      limit: whole(node["limit"], RuleSearchSpec.limits) ?? 50_000_000,
      beam: whole(node["beam"], RuleSearchSpec.beamWidths) ?? 200)
  }

  private func share(_ node: DocumentNode?) -> Double? { node?.double.flatMap { $0 > 0 && $0 < 1 ? $0 : nil } }

  private func size(_ node: DocumentNode?) -> Double? { node?.double.flatMap { $0 > 0 && $0 <= 1e6 ? $0 : nil } }

  private func whole(_ node: DocumentNode?, _ range: ClosedRange<Int>) -> Int? {
    node?.integer.flatMap { range.contains($0) ? $0 : nil }
  }
}
