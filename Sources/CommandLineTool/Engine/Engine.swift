import Datasets
import Diagnostics
import Files
import Measurements
import Metrics
import Networks
import Outcomes
import Pipeline
import SearchSpaces
import Sizes
import Tables

/// What this build measures architectures with: the metrics of the Metrics module.
struct Engine: ArchitectureMeasuring {
  /// The engine.
  static let standard: any ArchitectureMeasuring = Engine()

  let version = 4

  var kernels: String { MeasurementWorker.kernels }

  func metricIDs(of kind: ArchitectureKind) -> [String] {
    MetricCatalog.all.filter { $0.kinds.contains(kind) }.map(\.id)
  }

  func isMetric(_ name: String) -> Bool { MetricCatalog.selection(name) != nil }

  func metricColumns(of settings: MeasureSettings) -> [ColumnSchema] {
    guard let space = try? Self.space(settings) else { return [] }
    let metrics = MetricCatalog.columns(for: settings.metrics, layerCount: space.layerCount).map { column in
      ColumnSchema(
        name: column.name, type: .real, title: column.title,
        role: MetricCatalog.sizes.contains(column.metric) ? .baseline : .metric,
        better: column.better,
        summary: MetricCatalog.description(of: column.metric)?.summary)
    }
    return metrics
      + settings.proxies.map { proxy in
        ColumnSchema(
          name: proxy.name, type: .real, title: proxy.title ?? proxy.program.text, role: .metric, better: proxy.better,
          summary: proxy.program.text)
      }
  }

  func featureColumns(of settings: MeasureSettings) -> [ColumnSchema] {
    guard let space = try? Self.space(settings) else { return [] }
    return space.featureNames.map { ColumnSchema(name: $0, type: .real, role: .feature) }
  }

  func tokenFiles(
    of settings: MeasureSettings, catalog: Catalog
  ) throws(DiagnosticsError) -> TokenFiles {
    switch try source(settings, catalog) {
    case .textFree, .documented: return TokenFiles()
    case .catalogue(let id, _):
      let paths = (catalog.corpus(id)?.files ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
      let files = paths.compactMap { catalog.file($0) }
      return TokenFiles(files: files, digests: files.map { KeyField($0.path, $0.digest) })
    case .folder(let path, let part):
      let corpus = try Corpus(CorpusReader.texts(inFolder: path, requiring: part), vocabularyLimit: nil)
      return TokenFiles(digests: [KeyField("texts", corpus.digest)])
    }
  }

  func session(
    _ settings: MeasureSettings, catalog: Catalog, location: DataLocation
  ) throws(DiagnosticsError) -> any MeasuringSession {
    let text = try source(settings, catalog).load(
      catalog: catalog, location: location,
      vocabularySize: min(settings.tokens.vocabulary, settings.vocabulary),
      seed: UInt32(truncatingIfNeeded: settings.tokens.seed))
    return try EngineSession(settings, space: Self.space(settings), text: text)
  }

  /// The architectures at the sizes of the network.
  private static func space(_ settings: MeasureSettings) throws(DiagnosticsError) -> any ArchitectureSpace {
    let choices = settings.network
    switch choices.kind {
    case .encoder:
      return EncoderArchitectures(
        choices.variant, weights: choices.weights, dropout: choices.dropout, layerCount: settings.layers)
    case .gpt2, .transformerXL:
      return DecoderArchitectures(
        choices.kind == .gpt2 ? .gpt2 : .transformerXL, weights: choices.weights, dropout: choices.dropout,
        layerCount: settings.layers)
    case .recurrentCell: break
    }
    do throws(Reason) {
      return RecurrentArchitectures(
        try LanguageModelSettings(
          vocabularySize: settings.vocabulary, embeddingSize: settings.embedding, hiddenSize: settings.hidden,
          layerCount: settings.layers, isTied: settings.tied))
    } catch {
      throw DiagnosticsError([Diagnostic(id: "bad-network", message: error.text, fix: "choose other sizes")])
    }
  }

  /// The source of the tokens; a folder that is not absolute is looked for beside the spec.
  private func source(
    _ settings: MeasureSettings, _ catalog: Catalog
  ) throws(DiagnosticsError) -> TokenSource {
    let name = settings.tokens.use
    let known = catalog.corpora.flatMap { corpus in corpus.parts.map { "\(corpus.id)/\($0.rawValue)" } }
    if [TokenSource.textFreeName, MeasurementSizes.documentedTokens].contains(name) || known.contains(name)
      || name.hasPrefix("/") || settings.tokens.base.isEmpty
    {
      return try TokenSource.named(name, in: catalog)
    }
    let beside = settings.tokens.base + "/" + name
    let folder = beside.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let isThere = FileSystem.isFolder(beside) || FileSystem.isFolder(folder) && folder != settings.tokens.base
    return try TokenSource.named(isThere ? beside : name, in: catalog)
  }
}
