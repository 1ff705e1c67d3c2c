import Diagnostics
import Documents

extension AnalysisBuilder {
  /// A forensic check; nil where the validator has reported what does not fit.
  func forensic(_ name: Located<String>, _ node: DocumentNode) -> ForensicSpec? {
    for kind in ForensicKind.allCases {
      guard let settings = node[kind.rawValue] else { continue }
      guard let dataset = located(settings["dataset"]), let check = check(kind, dataset, settings) else { return nil }
      return ForensicSpec(name: name, title: node["title"]?.text, check: check)
    }
    return nil
  }

  private func check(
    _ kind: ForensicKind, _ dataset: Located<String>, _ node: DocumentNode
  ) -> ForensicCheckSpec? {
    switch kind {
    case .duplicates:
      return .duplicates(.init(dataset: dataset, columns: selection(node["columns"]), id: located(node["id"])))
    case .replicates:
      guard let target = located(node["target"]) else { return nil }
      return .replicates(
        .init(
          dataset: dataset, same: selection(node["same"]), target: target, differs: oneOrMore(node["differs"]),
          by: oneOrMore(node["by"]), id: located(node["id"])))
    case .functionOf:
      guard let column = located(node["column"]) else { return nil }
      return .functionOf(
        .init(
          dataset: dataset, column: column, of: oneOrMore(node["of"]), tolerance: node["tolerance"]?.double ?? 0,
          exceptions: node["exceptions"]?.integer ?? 0, id: located(node["id"])))
    case .columnMatch:
      guard let column = located(node["column"]) else { return nil }
      let relations = (node["relations"]?.elements ?? []).compactMap {
        element -> ForensicCheckSpec.ColumnMatch.Relation? in
        word(element)
      }
      return .columnMatch(
        .init(
          dataset: dataset, column: column, candidates: oneOrMore(node["candidates"]),
          relations: relations.isEmpty ? [.equal] : relations, tolerance: node["tolerance"]?.double ?? 1e-9,
          share: node["share"]?.double ?? 1))
    case .survivorship:
      guard let survivors = located(node["survivors"]) else { return nil }
      return .survivorship(
        .init(
          dataset: dataset, survivors: survivors, on: oneOrMore(node["on"]), target: located(node["target"]),
          by: oneOrMore(node["by"])))
    case .batchOverlap:
      return .batchOverlap(
        .init(
          dataset: dataset, columns: selection(node["columns"]), subject: oneOrMore(node["subject"]),
          order: located(node["order"]), length: node["length"]?.integer, stride: node["stride"]?.integer,
          permutations: node["permutations"]?.integer ?? 9999, seed: seeds.seed(node["seed"]),
          level: node["level"]?.double ?? 0.05))
    case .constantOffset: return constantOffset(dataset, node)
    case .copiedValues:
      guard let over = located(node["over"]) else { return nil }
      return .copiedValues(
        .init(
          dataset: dataset, columns: selection(node["columns"]), over: over, on: oneOrMore(node["on"]),
          share: node["share"]?.double ?? 1))
    case .aggregate:
      guard let column = located(node["column"]) else { return nil }
      return .aggregate(
        .init(
          dataset: dataset, column: column, of: oneOrMore(node["of"]), statistic: word(node["statistic"]) ?? .mean,
          tolerance: node["tolerance"]?.double ?? 1e-6, id: located(node["id"]), by: located(node["by"])))
    case .accumulation:
      return .accumulation(
        .init(
          dataset: dataset, columns: selection(node["columns"]), subject: oneOrMore(node["subject"]),
          order: located(node["order"]), per: oneOrMore(node["per"]), share: node["share"]?.double ?? 0.95,
          level: node["level"]?.double ?? 0.05))
    }
  }

  private func constantOffset(_ dataset: Located<String>, _ node: DocumentNode) -> ForensicCheckSpec? {
    guard let column = located(node["column"]), let minus = node["minus"] else { return nil }
    let counterpart: ForensicCheckSpec.ConstantOffset.Counterpart
    if let name = located(minus) {
      counterpart = .column(name)
    } else {
      guard let condition = located(minus["column"]) else { return nil }
      counterpart = .conditions(
        .init(column: condition, values: names(minus["values"]), on: oneOrMore(minus["on"])))
    }
    return .constantOffset(
      .init(
        dataset: dataset, column: column, counterpart: counterpart, tolerance: node["tolerance"]?.double ?? 1e-3))
  }
}
