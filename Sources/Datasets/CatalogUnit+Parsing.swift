import Diagnostics
import Documents
import Tables

extension CatalogUnit {
  /// Reads what is one unit of a dataset; nil when a problem has been reported.
  ///
  /// - Parameters:
  ///   - datasets: All datasets of the catalogue.
  ///   - root: The catalogue, in which nouns of other datasets stand.
  static func read(
    _ node: DocumentNode, of dataset: CatalogDataset, among datasets: [CatalogDataset], _ root: DocumentNode,
    _ problems: inout [Diagnostic]
  ) -> CatalogUnit? {
    let count = problems.count
    func report(_ place: DocumentNode, _ id: String, _ message: String, fix: String) {
      problems.append(Diagnostic(id: id, location: place.location, message: message, fix: fix))
    }
    func names(_ key: String, in datasets: [CatalogDataset]) -> [String] {
      (node[key]?.elements ?? []).compactMap { entry in
        guard let name = entry.text else { return nil }
        for dataset in datasets where !dataset.columns.contains(where: { $0.name == name }) {
          report(
            entry, "unknown-column", "\(dataset.id) has no column \(name)",
            fix: Suggestion.closest(to: name, in: dataset.columns.map(\.name)).map { "did you mean \($0)?" }
              ?? "declare it")
        }
        return name
      }
    }
    let given = ["by", "of"].filter { node[$0] != nil }
    guard given.count == 1, (node["of"] != nil) == (node["on"] != nil) else {
      report(
        node, "unclear-unit", "the unit of \(dataset.id) is not clear",
        fix: "give `by: [column]`, `by: metric-vector`, or `of` with `on`")
      return nil
    }
    var nounNode = node
    let rule: Rule
    if let of = node["of"], let id = of.text {
      guard let other = datasets.first(where: { $0.id == id }) else {
        report(
          of, "unknown-name", "there is no dataset \(id)",
          fix: Suggestion.closest(to: id, in: datasets.map(\.id)).map { "did you mean \($0)?" } ?? "declare it")
        return nil
      }
      let entries = root["datasets"]?.elements ?? []
      let otherUnit = entries.first { $0["id"]?.text == id }?["unit"]
      guard let otherUnit, otherUnit["of"] == nil else {
        report(
          of, "unclear-unit", "\(id) does not say itself what is one unit of its rows", fix: "name a dataset that does")
        return nil
      }
      if nounNode["noun"] == nil { nounNode = otherUnit }
      rule = .partner(dataset: id, keys: names("on", in: [dataset, other]))
    } else if node["by"]?.elements != nil {
      rule = .columns(names("by", in: [dataset]))
    } else {
      rule = .metricVector
      if !dataset.columns.contains(where: { $0.role == .metric }) {
        report(node, "no-metrics", "\(dataset.id) has no column of role metric", fix: "give columns: `by: [column]`")
      }
    }
    if nounNode["noun"] == nil {
      report(
        node, "missing-key", "the unit of \(dataset.id) lacks the key noun", fix: "add `noun:`, such as `noun: cell`")
    }
    guard problems.count == count else { return nil }
    return CatalogUnit(rule: rule, noun: UnitNoun(nounNode["noun"]?.text ?? "", plural: nounNode["nouns"]?.text))
  }
}
