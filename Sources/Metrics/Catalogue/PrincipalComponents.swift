import Networks
import Outcomes
import Tensors

/// V-PCA and W-PCA (Wang 2025): how many principal components the feed-forward layers' preactivations have, and that times the
/// number of parameters.
struct PrincipalComponents: Metric {
  let description: MetricDescription
  /// Whether every layer of a feed-forward stack counts, or the first alone.
  let isOfStack: Bool
  /// Whether a share of exactly 0.99 is enough.
  let isInclusive: Bool
  /// Whether the number of parameters is a factor.
  let isWeighted: Bool

  /// η.
  static let share = 0.99

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let spectra = passes.shared(ObjectIdentifier(Self.self)) { PreactivationSpectra<Element>(passes.forward) }
    if isOfStack { spectra.wantsStack = true }
    let components = spectra.spectra.map { (spectra) throws(Reason) in
      var total = 0
      for (number, spectrum) in spectra where isOfStack || number == 0 {
        total += try Self.count(spectrum, share: Self.share, isInclusive: isInclusive)
      }
      return Double(total)
    }
    guard isWeighted else { return [components] }
    let parameters = passes.architecture { (architecture, _) throws(Reason) in
      Double(try architecture.parameterCount())
    }
    return [Reading { () throws(Reason) in try components.value() * parameters.value() }]
  }

  /// The smallest k whose largest k eigenvalues make up more than a share of the sum, or at least it.
  ///
  /// - Parameter spectrum: The eigenvalues, descending.
  /// - Throws: `Reason` when their sum is not positive and finite.
  static func count(_ spectrum: [Double], share: Double, isInclusive: Bool) throws(Reason) -> Int {
    let total = spectrum.reduce(0, +)
    guard total > 0, total.isFinite else { throw Reason("preactivations do not vary, or are not finite") }
    var sum = 0.0
    for (index, value) in spectrum.enumerated() {
      sum += value
      if sum / total > share || isInclusive && sum / total >= share { return index + 1 }
    }
    return spectrum.count
  }

  /// V-PCA, W-PCA, those of whole stacks, and all with the other rule.
  static let all = [false, true].flatMap { isInclusive in
    [false, true].flatMap { isOfStack in
      [false, true].map { isWeighted in
        let (letter, words) = (isWeighted ? "w" : "v", isWeighted ? "W-PCA" : "V-PCA")
        let rule = isInclusive ? "at least" : "more than"
        let values = isOfStack ? "every layer of the feed-forward stacks" : "the first feed-forward layers"
        return PrincipalComponents(
          description: MetricDescription(
            id: "\(letter)-pca" + (isOfStack ? "-stack" : "") + (isInclusive ? "-inclusive" : ""),
            title: words + (isOfStack ? " of stacks" : "") + (isInclusive ? ", inclusive" : ""),
            summary:
              "How many principal components the outputs of \(values) have\(isWeighted ? ", times the parameters" : "").",
            formula: (isWeighted ? "number of parameters · " : "")
              + "Σ over \(values) of the smallest k whose largest k eigenvalues make up \(rule) 0.99 of their sum; eigenvalues of the covariance of the outputs before the activation [n, F] over the n tokens of the batch (k < n)",
            reference: "wang2025wpca", kinds: .transformers), isOfStack: isOfStack, isInclusive: isInclusive,
          isWeighted: isWeighted)
      }
    }
  }
}

/// The number of tokens n that covariances over a batch are of: with few, no more than n − 1 components can be found.
struct BatchTokens: Metric {
  let description = MetricDescription(
    id: "batch-tokens", title: "Tokens of the batch",
    summary: "The number of tokens that W-PCA and V-PCA have seen: they find fewer components than that.",
    formula: "n = B·S", reference: "wang2025wpca", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.architecture { (_, tokens) throws(Reason) in Double(tokens.ids.count) }]
  }
}

/// The spectra of preactivations, each computed once.
private final class PreactivationSpectra<Element: TensorElement> {
  var wantsStack = false
  /// The number of each preactivation within its layer, and its eigenvalues, descending.
  private(set) lazy var spectra: Reading<[(number: Int, spectrum: [Double])]> = pass.read(.preactivation) {
    [unowned self] (values) throws(Reason) in
    var numbers: [Int: Int] = [:]
    var spectra: [(number: Int, spectrum: [Double])] = []
    for probe in values.probes {
      let number = numbers[probe.label.layer, default: 0]
      numbers[probe.label.layer] = number + 1
      guard number == 0 || wantsStack else { continue }
      spectra.append((number, try Self.spectrum(values.trace.tape.value(probe.variable), values.workspace)))
    }
    return spectra
  }
  private let pass: ForwardPass<Element>

  init(_ pass: ForwardPass<Element>) { self.pass = pass }

  /// The eigenvalues of the sums of squares and products about the mean, those of the smaller of the two Gram matrices; the
  /// other's beside these are zero.
  private static func spectrum(_ value: Tensor<Element>, _ workspace: Workspace) throws(Reason) -> [Double] {
    let centered: Tensor<Double> = workspace.tensor(value.rows, value.columns)
    let size = min(value.rows, value.columns)
    let gram: Tensor<Double> = workspace.tensor(size, size)
    defer {
      workspace.giveBack(centered)
      workspace.giveBack(gram)
    }
    var means = [Double](repeating: 0, count: value.columns)
    Element.centerColumns(value, into: centered, means: &means)
    if value.rows < value.columns {
      LinearAlgebra.gramOfRows(centered, into: gram)
    } else {
      LinearAlgebra.gramOfColumns(centered, into: gram)
    }
    return try LinearAlgebra.symmetricEigenvalues(gram).reversed()
  }
}
