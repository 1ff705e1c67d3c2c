import Diagnostics
import Documents
import Sizes

extension AnalysisBuilder {
  /// The measurement; one whose architectures do not fit their shape keeps its name, so that what names it is not reported
  /// too.
  func measure(_ name: Located<String>, _ node: DocumentNode) -> MeasureSpec? {
    MeasureSpec(
      name: name, title: node["title"]?.text,
      architectures: node["architectures"].flatMap(architectures) ?? .sample(count: 1, seed: 1),
      network: network(node["network"], of: name), tokens: tokens(node["tokens"], of: name),
      metrics: selection(node["metrics"]), features: node["features"]?.boolean ?? true)
  }

  private func architectures(_ node: DocumentNode) -> ArchitectureSource? {
    if let sample = node["sample"] {
      guard let count = number(sample["count"], 1...100_000) else { return nil }
      return .sample(count: count, seed: number(sample["seed"], MeasurementSizes.seeds) ?? 1)
    }
    guard let dataset = located(node["dataset"]), let recipe = located(node["recipe"]), let id = located(node["id"])
    else { return nil }
    let select = node["select"].flatMap { select in
      located(select["deciles-of"]).map {
        ArchitectureSource.DecileSelection(
          column: $0, perDecile: number(select["per"], 1...1000) ?? 1,
          seed: number(select["seed"], MeasurementSizes.seeds) ?? 1)
      }
    }
    return .dataset(
      .init(
        dataset: dataset, recipe: recipe, id: id, distinct: node["distinct"]?.boolean ?? false,
        keep: names(node["keep"]), select: select))
  }

  private func network(_ node: DocumentNode?, of name: Located<String>) -> NetworkSpec {
    var network = NetworkSpec(location: node?.location ?? name.location)
    guard let node else { return network }
    network.vocabulary = number(node["vocabulary"], MeasurementSizes.vocabulary.range) ?? network.vocabulary
    network.embedding = number(node["embedding"], MeasurementSizes.embedding.range) ?? network.embedding
    network.hidden = number(node["hidden"], MeasurementSizes.hidden.range) ?? network.hidden
    network.layers = number(node["layers"], MeasurementSizes.layers.range) ?? network.layers
    network.tied = node["tied"]?.boolean ?? network.tied
    network.metricProtocol = word(node["protocol"]) ?? network.metricProtocol
    network.precision = word(node["precision"]) ?? network.precision
    network.seeds = numbers(node["seeds"], MeasurementSizes.seeds) ?? network.seeds
    return network
  }

  private func tokens(_ node: DocumentNode?, of name: Located<String>) -> TokenSpec {
    var tokens = TokenSpec(use: located(node?["use"]) ?? Located(MeasurementSizes.tokens, at: name.location))
    guard let node else { return tokens }
    tokens.vocabulary = node["vocabulary"].flatMap { cap in
      number(cap, MeasurementSizes.vocabulary.range).map { Located($0, at: cap.location) }
    }
    tokens.steps = number(node["steps"], MeasurementSizes.steps.range) ?? tokens.steps
    tokens.columns = number(node["columns"], MeasurementSizes.columns.range) ?? tokens.columns
    tokens.batches = numbers(node["batches"], MeasurementSizes.batches) ?? tokens.batches
    return tokens
  }

  /// A whole number of a range; the validator has reported what is none.
  private func number(_ node: DocumentNode?, _ range: ClosedRange<Int>) -> Int? {
    node?.integer.flatMap { range.contains($0) ? $0 : nil }
  }

  private func numbers(_ node: DocumentNode?, _ range: ClosedRange<Int>) -> [Int]? {
    let values = (node?.elements ?? []).compactMap { number($0, range) }
    return values.isEmpty ? nil : values
  }

  func selection(_ node: DocumentNode?) -> MetricSelection {
    node?.elements == nil ? .all : .columns(names(node))
  }

  func reliability(_ name: Located<String>, _ node: DocumentNode) -> ReliabilitySpec? {
    guard let dataset = located(node["dataset"]) else { return nil }
    return ReliabilitySpec(
      name: name, title: node["title"]?.text, dataset: dataset, subject: oneOrMore(node["subject"]),
      rater: oneOrMore(node["rater"]), columns: selection(node["columns"]),
      form: word(node["form"]) ?? .twoWayRandom, level: node["level"]?.double ?? 0.95)
  }

  func oneOrMore(_ node: DocumentNode?) -> [Located<String>] {
    if let name = located(node) { return [name] }
    return names(node)
  }

  func comparison(_ name: Located<String>, _ node: DocumentNode) -> ComparisonSpec? {
    guard let dataset = located(node["dataset"]) else { return nil }
    let pairs = (node["pairs"]?.elements ?? []).compactMap { pair -> ComparisonSpec.Pair? in
      guard let computed = located(pair["computed"]), let published = located(pair["published"]) else { return nil }
      return .init(
        name: located(pair["name"]) ?? computed, title: pair["title"]?.text, computed: computed, published: published)
    }
    return ComparisonSpec(name: name, title: node["title"]?.text, dataset: dataset, pairs: pairs)
  }
}
