import ArgumentParser
import Documents
import Metrics
import Proxies
import Sizes

struct MetricsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "List the metrics that can be computed, show one, or search for one.",
    subcommands: [List.self, Show.self, MetricsSearchCommand.self])

  /// The names of a metric's columns in a network of the standard number of layers.
  static func columns(_ metric: MetricDescription) -> [String] {
    metric.columns(layerCount: MeasurementSizes.layers.standard).map(\.name)
  }

  /// The needs of a metric under any of the protocols, in the words of `MetricNeed`.
  static func needs(_ metric: MetricDescription) -> [String] { MetricCatalog.needs(of: metric.id).map(\.rawValue) }

  /// `higher` or `lower`, the end of the metric's values that is better.
  static func direction(_ metric: MetricDescription) -> String { metric.better.rawValue }

  /// The kinds of networks that a metric is defined for, in words.
  static func kinds(_ metric: MetricDescription) -> [String] {
    ArchitectureKind.allCases.filter { metric.kinds.contains($0) }.map(\.rawValue)
  }

  /// What a metric can be asked for with, the words of each option.
  static func options(_ metric: MetricDescription) -> [(name: String, words: [String])] {
    MetricOption.allCases.filter { metric.options.contains($0) }.map { ($0.rawValue, $0.words) }
  }

  /// The same as a text; `none` when there is nothing.
  static func optionsText(_ metric: MetricDescription) -> String {
    let options = options(metric)
    guard !options.isEmpty else { return "none" }
    return options.map { "\($0.name) \($0.words.joined(separator: ", "))" }.joined(separator: "; ")
      + " (in this order after the name, as in \(metric.id)-\(options[options.count - 1].words[0]))"
  }

  /// The published proxy of a name.
  static func proxy(_ name: String) -> NamedProxy? { NamedProxy.catalogue.first { $0.name == name } }

  /// A published proxy in lines of a table.
  static func rows(_ proxy: NamedProxy) -> [[String]] {
    let defects = proxy.defects.named.map(\.rawValue)
    return [
      ["formula", proxy.formula], ["better", proxy.higherIsBetter ? "higher" : "lower"],
      ["defects", defects.isEmpty ? "none" : defects.joined(separator: ", ")], ["source", proxy.source],
    ]
  }

  /// A published proxy as JSON.
  static func json(_ proxy: NamedProxy) -> JSONValue {
    [
      "id": .string(proxy.name), "title": .string(proxy.title), "formula": .string(proxy.formula),
      "better": .string(proxy.higherIsBetter ? "higher" : "lower"),
      "defects": .array(proxy.defects.named.map { .string($0.rawValue) }), "source": .string(proxy.source),
    ]
  }

  /// A metric as JSON.
  static func json(_ metric: MetricDescription) -> JSONValue {
    [
      "id": .string(metric.id), "title": .string(metric.title), "summary": .string(metric.summary),
      "formula": .string(metric.formula), "better": .string(metric.better.rawValue),
      "reference": .string(metric.reference), "needs": .array(needs(metric).map { .string($0) }),
      "layered": .bool(metric.isLayered), "columns": .array(columns(metric).map { .string($0) }),
      "kinds": .array(kinds(metric).map { .string($0) }),
      "options": .object(
        options(metric).map { JSONMember(key: $0.name, value: .array($0.words.map { .string($0) })) }),
      "protocol-differences": metric.protocols.map { .string($0) } ?? .null,
    ]
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the metrics.")
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        if console.isJSON {
          return console.data(["metrics": .array(MetricCatalog.all.map { MetricsCommand.json($0) })])
        }
        var rows = [["metric", "better", "columns", "networks", "needs", "summary"]]
        for metric in MetricCatalog.all {
          rows.append([
            metric.id, MetricsCommand.direction(metric), metric.isLayered ? "one per layer" : "one",
            MetricsCommand.kinds(metric).joined(separator: ", "),
            MetricsCommand.needs(metric).joined(separator: ", "), metric.summary,
          ])
        }
        console.data(AlignedText.table(rows))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a metric: formula, source, how the published code versions differ; or a published proxy.",
      discussion: """
        Examples:
          trainfree metrics show hidden-covariance
          trainfree metrics show lpzero-gpt-2
        """)
    @Argument(help: "The metric, or a published proxy in the language of docs/proxies.md.") var id: String
    @OptionGroup var out: OutputOptions

    func validate() throws {
      if MetricsCommand.proxy(id) != nil { return }
      if MetricCatalog.description(of: id) == nil { throw MeasureCommand.unknownMetric(id) }
    }

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        if let proxy = MetricsCommand.proxy(id) {
          if console.isJSON { return console.data(MetricsCommand.json(proxy)) }
          console.data("\(proxy.title)\n\n" + AlignedText.table(MetricsCommand.rows(proxy)))
          return
        }
        guard let metric = MetricCatalog.description(of: id) else { throw ExitStatus.inner }
        if console.isJSON { return console.data(MetricsCommand.json(metric)) }
        console.data("\(metric.title)\n\(metric.summary)\n\n")
        console.data(
          AlignedText.table([
            ["formula", metric.formula], ["better", MetricsCommand.direction(metric)],
            ["columns", MetricsCommand.columns(metric).joined(separator: ", ")],
            ["networks", MetricsCommand.kinds(metric).joined(separator: ", ")],
            ["choices", MetricsCommand.optionsText(metric)],
            ["needs", MetricsCommand.needs(metric).joined(separator: ", ")], ["source", metric.reference],
            ["protocols", metric.protocols ?? "the same in results and notebook"],
          ]))
      }
    }
  }
}
