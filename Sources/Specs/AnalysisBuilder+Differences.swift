import Diagnostics
import Documents

extension AnalysisBuilder {
  func differences(_ name: Located<String>, _ node: DocumentNode) -> DifferencesSpec? {
    guard var family = family(name, node) else { return nil }
    family.coefficients = [word(node["coefficient"]) ?? .kendallTauB]
    let interval = settings(ofInterval: node["interval"])
    family.interval = interval
    let tests = (node["tests"]?.elements ?? []).compactMap { test in
      (word(test) as DifferencesSpec.Test?).map { Located($0, at: test.location) }
    }
    return DifferencesSpec(
      family: family, interval: interval, against: names(node["against"]),
      orientation: word(node["orientation"]) ?? .declared,
      tests: tests.isEmpty ? [Located(.pairedBootstrap, at: name.location)] : tests,
      equivalenceMargin: node["equivalence-margin"]?.double,
      adjustment: word(node["adjustment"]) ?? .holm)
  }

  func strata(_ name: Located<String>, _ node: DocumentNode) -> StrataSpec? {
    guard var family = family(name, node) else { return nil }
    if node["interval"] == nil { family.interval = settings(ofInterval: nil) }
    return StrataSpec(
      family: family, by: names(node["by"]), equivalenceMargin: node["equivalence-margin"]?.double,
      replicates: names(node["replicates"]?["by"]))
  }

  func scoreSamples(_ name: Located<String>, _ node: DocumentNode) -> ScoreSamplesSpec? {
    guard let dataset = located(node["dataset"]) else { return nil }
    let target = node["target"].flatMap { target in
      located(target["column"]).map { TargetUse(dataset: dataset, column: $0, better: word(target["better"])) }
    }
    return ScoreSamplesSpec(
      name: name, title: node["title"]?.text, dataset: dataset, subject: oneOrMore(node["subject"]),
      metrics: selection(node["metrics"]), target: target, alpha: node["alpha"]?.double ?? 0.05,
      adjustment: word(node["adjustment"]) ?? .holm)
  }
}
