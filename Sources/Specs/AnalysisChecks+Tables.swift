import Diagnostics
import Documents
import Sizes

/// Checks of the tables of an analysis: datasets, their joins and derived columns, measurements.
extension AnalysisChecks {
  mutating func checkDatasets() {
    if analysis.datasets.isEmpty, analysis.measures.isEmpty {
      report(
        "no-data", Located("", at: analysis.id.location), "the analysis has neither datasets nor measurements",
        fix: "add `datasets:` or `measure:`")
    }
    var declared: Set<String> = []
    for dataset in analysis.datasets {
      checkDerived(dataset)
      checkReading(dataset)
      if let measured = dataset.measured, dataset.malformed != nil {
        report(
          "unfitting-key", measured, "a measurement takes no `malformed`",
          reason: "every row of it stands in its report's list of digests", fix: "take it out")
      }
      for join in dataset.join where !mayJoin(join.dataset.value, declared: declared) {
        if join.dataset.value == dataset.name.value {
          report("join-cycle", join.dataset, "\(dataset.name.value) joins itself", fix: "join another dataset")
        } else if datasets.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset, "\(dataset.name.value) joins \(join.dataset.value), which is declared after it",
            reason: "a dataset joins only datasets above it, so that there is no cycle",
            fix: "declare \(join.dataset.value) first")
        } else if tables.contains(join.dataset.value) {
          report(
            "join-cycle", join.dataset,
            "\(dataset.name.value) joins \(join.dataset.value), whose architectures are not of a dataset above it",
            reason: "a dataset joins only measurements of datasets above it, so that there is no cycle",
            fix: "declare the dataset that is measured first")
        } else {
          unknown("dataset", join.dataset, known: tables)
        }
      }
      declared.insert(dataset.name.value)
    }
  }

  private mutating func checkDerived(_ dataset: DatasetUse) {
    if dataset.derive.count > DerivedSpec.limit {
      report(
        "too-many", dataset.name, "\(dataset.name.value) derives \(dataset.derive.count) columns",
        reason: "at most \(DerivedSpec.limit) can be", fix: "derive those that are used")
    }
    for derived in dataset.derive { checkExpression(derived.expression) }
  }

  /// The most runs of one architecture, and of a measurement whose size is known.
  package static let greatestRuns = 10_000
  static let greatestEvaluations = 1_000_000

  mutating func checkMeasure(_ measure: MeasureSpec) {
    switch measure.architectures {
    case .dataset(let columns):
      if !datasets.contains(columns.dataset.value) { unknown("dataset", columns.dataset, known: datasets) }
    case .sample(let sample):
      let runs = sample.count.multipliedReportingOverflow(by: measure.runCount)
      if runs.overflow || runs.partialValue > Self.greatestEvaluations {
        report(
          "too-many", measure.name, "\(measure.name.value) asks for over \(Self.greatestEvaluations) evaluations",
          reason: "every architecture is measured once for each seed and batch",
          fix: "sample fewer architectures, or take fewer seeds or batches")
      }
    }
    let (seeds, batches) = (measure.network.seeds.count, measure.tokens.batches.count)
    if measure.paired, seeds != batches {
      report(
        "unpaired", measure.name, "\(measure.name.value) pairs \(seeds) seeds with \(batches) batches",
        fix: "name as many seeds as batches, or leave `paired` out")
    }
    let runs = measure.runCount
    if runs > Self.greatestRuns {
      report(
        "too-many", measure.name, "\(measure.name.value) measures every architecture \(runs) times",
        reason: "at most \(Self.greatestRuns) seeds times batches", fix: "take fewer seeds or batches")
    }
    let network = measure.network
    for key in network.foreignKeys {
      report(
        "not-of-kind", Located("", at: network.location ?? measure.name.location),
        "`\(key)` says nothing of \(network.kind.title)", fix: "leave it out, or name another `kind`")
    }
    if network.kind != .recurrentCell, network.dropoutSeed != nil, network.dropout == nil {
      report(
        "nothing-dropped", Located("", at: network.location ?? measure.name.location),
        "`dropout-seed` is of masks, and there is no `dropout`", fix: "add `dropout`, or leave `dropout-seed` out")
    }
    checkSizes(measure)
    checkProxies(measure)
    let vocabulary = network.vocabulary ?? network.kind.standard.vocabulary
    if let cap = measure.tokens.vocabulary, cap.value > vocabulary {
      report(
        "vocabulary-too-large", cap,
        "the dictionary of \(cap.value) words has more than the network's \(vocabulary) tokens",
        fix: "lower it, or raise the network's vocabulary")
    }
  }

  private mutating func checkProxies(_ measure: MeasureSpec) {
    if measure.proxies.count > ProxySpec.limit {
      report(
        "too-many", measure.name, "\(measure.name.value) has \(measure.proxies.count) proxies",
        reason: "at most \(ProxySpec.limit) can be", fix: "keep those that are used")
    }
    for proxy in measure.proxies {
      for problem in proxy.formula.problems { append(problem.diagnostic(at: proxy.formula.location(of: problem))) }
    }
  }

  private mutating func checkSizes(_ measure: MeasureSpec) {
    let (network, tokens) = (measure.network, measure.tokens)
    let names = measure.metrics.named
    if !names.isEmpty, names.allSatisfy({ MeasurementSizes.countMetrics.contains($0.value) }) {
      return
    }
    let standard = network.kind.standard
    let (steps, columns) = (tokens.steps ?? standard.steps, tokens.columns ?? standard.columns)
    let problems =
      network.kind == .recurrentCell
      ? SizeBounds.problems(
        vocabulary: network.vocabulary ?? standard.vocabulary,
        embedding: network.embedding ?? MeasurementSizes.embedding.standard,
        hidden: network.hidden ?? MeasurementSizes.hidden.standard, layers: network.layers ?? standard.layers,
        sequenceLength: steps, batchSize: columns)
      : SizeBounds.problems(sequenceLength: steps, batchSize: columns)
    for problem in problems {
      report(
        "too-large", Located("", at: network.location ?? measure.name.location), problem,
        reason: "a worker would need too much memory",
        fix: "lower one of them")
    }
  }

  /// True when a dataset may join a table: one above it, one measured from such a dataset or from a sample, or one measured
  /// from an unknown dataset, which is reported by itself.
  func mayJoin(_ table: String, declared: Set<String>) -> Bool {
    if declared.contains(table) { return true }
    guard let measure = analysis.measures.first(where: { $0.name.value == table || $0.runsName == table }) else {
      return false
    }
    guard case .dataset(let columns) = measure.architectures else { return true }
    return declared.contains(columns.dataset.value) || !datasets.contains(columns.dataset.value)
  }
}
