import Diagnostics
import Sizes

/// Checks of measurements and of what is made from them.
extension AnalysisChecks {
  /// The most runs of one architecture, and of a measurement whose size is known.
  static let greatestRuns = 10_000
  static let greatestEvaluations = 1_000_000

  mutating func checkMeasure(_ measure: MeasureSpec) {
    switch measure.architectures {
    case .dataset(let columns):
      if !datasets.contains(columns.dataset.value) { unknown("dataset", columns.dataset, known: datasets) }
    case .sample(let count, _):
      let runs = count.multipliedReportingOverflow(by: measure.network.seeds.count * measure.tokens.batches.count)
      if runs.overflow || runs.partialValue > Self.greatestEvaluations {
        report(
          "too-many", measure.name, "\(measure.name.value) asks for over \(Self.greatestEvaluations) evaluations",
          reason: "every architecture is measured once for each seed and batch",
          fix: "sample fewer architectures, or take fewer seeds or batches")
      }
    }
    let runs = measure.network.seeds.count * measure.tokens.batches.count
    if runs > Self.greatestRuns {
      report(
        "too-many", measure.name, "\(measure.name.value) measures every architecture \(runs) times",
        reason: "at most \(Self.greatestRuns) seeds times batches", fix: "take fewer seeds or batches")
    }
    checkSizes(measure)
    if let cap = measure.tokens.vocabulary, cap.value > measure.network.vocabulary {
      report(
        "vocabulary-too-large", Located("", at: cap.location),
        "the dictionary of \(cap.value) words has more than the network's \(measure.network.vocabulary) tokens",
        fix: "lower it, or raise the network's vocabulary")
    }
  }

  private mutating func checkSizes(_ measure: MeasureSpec) {
    let (network, tokens) = (measure.network, measure.tokens)
    if case .columns(let names) = measure.metrics,
      names.allSatisfy({ MeasurementSizes.countMetrics.contains($0.value) })
    {
      return
    }
    let problems = SizeBounds.problems(
      vocabulary: network.vocabulary, embedding: network.embedding, hidden: network.hidden, layers: network.layers,
      steps: tokens.steps, columns: tokens.columns)
    for problem in problems {
      report(
        "too-large", Located("", at: network.location), problem, reason: "a worker would need too much memory",
        fix: "lower one of them")
    }
  }

  mutating func checkReliability(_ reliability: ReliabilitySpec) {
    checkDataset(reliability.dataset)
    let subjects = Set(reliability.subject.map(\.value))
    for rater in reliability.rater where subjects.contains(rater.value) {
      report(
        "subject-is-rater", rater, "\(rater.value) tells both the subjects and the raters apart",
        fix: "name a column that differs within a subject, such as seed")
    }
  }

  mutating func checkComparison(_ comparison: ComparisonSpec) {
    checkDataset(comparison.dataset)
    var seen: Set<String> = []
    for pair in comparison.pairs where !seen.insert(pair.name.value).inserted {
      report(
        "duplicate-name", pair.name, "there are two pairs of the name \(pair.name.value)",
        reason: "results are addressed by these names", fix: "give one a `name`")
    }
  }

  /// Whether a dataset may join a table: one above it, or one measured from such a dataset (or from an unknown one, which
  /// is reported by itself).
  func mayJoin(_ table: String, declared: Set<String>) -> Bool {
    if declared.contains(table) { return true }
    guard let measure = analysis.measures.first(where: { $0.name.value == table || $0.runsName == table }) else {
      return false
    }
    guard case .dataset(let columns) = measure.architectures else { return true }
    return declared.contains(columns.dataset.value) || !datasets.contains(columns.dataset.value)
  }
}
