import Gradients
import Networks
import Tensors

/// Runs the passes that a set of needs takes, sharing them: one forward pass for everything that reads values, one reverse
/// sweep for everything whose cotangent is 1. The objective is Σ y, y the outputs of the last layer [T·B, width]: the
/// released code takes no step through the decoder.
struct QuantityRunner<Element: TensorElement> {
  let request: MeasurementRequest
  let seed: UInt32
  let needs: Set<MetricNeed>
  let workspace: Workspace
  let noise: NoiseCache

  init(
    _ request: MeasurementRequest, _ seed: UInt32, _ needs: Set<MetricNeed>, _ workspace: Workspace,
    _ noise: NoiseCache
  ) {
    self.request = request
    self.seed = seed
    self.needs = needs
    self.workspace = workspace
    self.noise = noise
  }

  private var steps: Int { request.tokens.steps }
  private var columns: Int { request.tokens.columns }
  private var isNotebook: Bool { request.protocolName == .notebook }

  /// Runs the passes.
  func run() -> Quantities {
    var quantities = Quantities()
    guard !needs.subtracting([.architecture]).isEmpty else { return quantities }
    let model = LanguageModel<Element>(
      request.recipe, settings: request.settings, seed: seed,
      wantsGradients: !needs.isSubset(of: [.architecture, .embeddings, .hiddenStates, .activations]),
      workspace: workspace)
    let embedded = model.embedded(request.tokens)
    if needs.contains(.embeddings) {
      let rows: Tensor<Double> = workspace.tensor(steps, columns * embedded.columns)
      Element.convert(embedded, toDouble: rows.reshaped(embedded.rows, embedded.columns))
      quantities.embeddingCovariance = CovarianceScore.ofRows(rows, workspace)
      workspace.giveBack(rows)
    }
    // Every other need takes the network as it is, run on these tokens.
    let withoutPass: Set<MetricNeed> = [.architecture, .embeddings, .magnitudeNetwork]
    if !needs.isSubset(of: withoutPass) { plainPass(model, embedded, &quantities) }
    if needs.contains(.noisedInputGradients) { noisedPasses(model, embedded, &quantities) }
    if needs.contains(.magnitudeNetwork) { MagnitudePass(model, steps: steps, workspace: workspace).run(&quantities) }
    return quantities
  }

  // MARK: Without noise

  private func plainPass(
    _ model: LanguageModel<Element>, _ embedded: Tensor<Element>, _ quantities: inout Quantities
  ) {
    let mark = workspace.mark()
    defer { workspace.giveBack(since: mark) }
    let wantsAllWeights =
      needs.contains(.weightGradients) || needs.contains(.hessianVectorProduct) || needs.contains(.sampleGradients)
    let wantsLater = needs.contains(.laterWeightGradients)
    let weights: WeightRequest = wantsAllWeights ? .all : wantsLater ? .exceptFirstInputs : .none
    let wantsBackward =
      needs.contains(.inputGradient) || weights != .none || needs.contains(.hiddenGradients)
      || needs.contains(.activationGradients)
    let observer = needs.contains(.activations) ? ActivationKernelObserver(columns: columns) : nil
    let trace = model.forward(
      embedded, steps: steps, columns: columns, inputGradient: wantsBackward, weights: weights,
      nodeGradients: needs.contains(.hiddenGradients) || needs.contains(.activationGradients), observer: observer)
    quantities.activationKernel = observer?.kernel
    quantities.rectifierKernel = observer?.rectifierKernel
    if needs.contains(.hiddenStates) {
      quantities.hiddenCovariance = trace.layers.map { hiddenCovariance(trace.tape.value($0.states)) }
    }
    guard wantsBackward else { return }
    let sweep = ReverseSweepWithSums(trace, workspace, needs)
    let ones = outputs(trace)
    ones.fill(1)
    let embedding = EmbeddingRows(model, request.tokens, workspace)
    if needs.contains(.hessianVectorProduct) {
      quantities.curvature = CurvaturePass(trace, embedding).run(sweep, seed: ones)
    } else {
      sweep.run(seed: ones)
    }
    if needs.contains(.inputGradient), let gradient = sweep.inputGradient {
      quantities.jacobian = jacobianScores(gradient)
    }
    if wantsLater || needs.contains(.hiddenGradients) { quantities.saliency = saliency(sweep, embedding) }
    quantities.fisher = needs.contains(.activationGradients) ? sweep.fisher : nil
    if needs.contains(.weightGradients) { quantities.weightSums = sweep.weightSums(with: embedding) }
    if needs.contains(.sampleGradients) { quantities.tangentKernel = sweep.tangentKernel }
    if needs.contains(.outputCotangent), isNotebook {
      let second = ReverseSweepWithSums(trace, workspace, [.laterWeightGradients, .hiddenGradients])
      let cotangent = outputs(trace)
      cotangent.copy(from: trace.tape.value(trace.output))
      second.run(seed: cotangent)
      quantities.outputSaliency = saliency(second, embedding)
    }
  }

  /// Memory of the shape of the last layer's outputs.
  private func outputs(_ trace: ForwardTrace<Element>) -> Tensor<Element> {
    let output = trace.tape.value(trace.output)
    return workspace.tensor(output.rows, output.columns)
  }

  private func saliency(
    _ sweep: ReverseSweepWithSums<Element>, _ embedding: EmbeddingRows<Element>
  ) -> Quantities.Saliency {
    var decoder = 0.0
    if request.settings.isTied, let gradient = sweep.inputGradient {
      decoder = Element.magnitudeProductSum(embedding.weights, embedding.gradient(gradient, skipsLastToken: true))
    }
    return .init(laterInputs: sweep.laterSaliency, decoder: decoder, hidden: sweep.hiddenSaliency)
  }

  /// S of the states that enter the steps: zeros at the first.
  private func hiddenCovariance(_ states: Tensor<Element>) -> MetricOutcome {
    let entering: Tensor<Element> = workspace.tensor(states.rows, states.columns)
    entering.rows(0..<columns).fill(0)
    entering.rows(columns..<states.rows).copy(from: states.rows(0..<states.rows - columns))
    defer { workspace.giveBack(entering) }
    return CovarianceScore.ofColumns(entering, workspace)
  }

  /// The scores of a gradient [T·B, e], a row for each column of the batch: [B, T·e].
  private func jacobianScores(_ gradient: Tensor<Element>) -> Quantities.JacobianScores {
    let width = gradient.columns
    let rows: Tensor<Double> = workspace.tensor(columns, steps * width)
    defer { workspace.giveBack(rows) }
    for step in 0..<steps {
      Element.convert(
        gradient.rows(step * columns..<(step + 1) * columns),
        toDouble: rows.columns(step * width..<(step + 1) * width))
    }
    guard Double.allFinite(rows) else {
      let reason = MetricOutcome.undefined("the gradient is not finite")
      return .init(covariance: reason, cosine: reason)
    }
    return .init(
      covariance: CovarianceScore.ofRows(rows, workspace), cosine: CovarianceScore.cosine(rows, workspace))
  }

  // MARK: With noise

  /// Embedded + a · Var(embedded) · n for a = 0.1, 10, 100, the variance over the columns of the batch with B. The sum is
  /// rounded to single precision in both precisions.
  private func noisedPasses(
    _ model: LanguageModel<Element>, _ embedded: Tensor<Element>, _ quantities: inout Quantities
  ) {
    let wantsHidden = isNotebook && needs.contains(.hiddenGradients)
    let normal = noise.normal(seed: seed, count: embedded.count)
    let noised: Tensor<Element> = workspace.tensor(embedded.rows, embedded.columns)
    let variances = variances(of: embedded)
    for amplitude in [0.1, 10, 100] {
      let mark = workspace.mark()
      add(normal, variances, amplitude, to: embedded, into: noised)
      let trace = model.forward(noised, steps: steps, columns: columns, inputGradient: true, nodeGradients: wantsHidden)
      let sweep = ReverseSweepWithSums(trace, workspace, wantsHidden ? [.hiddenGradients] : [])
      let ones = outputs(trace)
      ones.fill(1)
      sweep.run(seed: ones)
      let undefined = MetricOutcome.undefined("the gradient is zero")
      quantities.noisedJacobians.append(
        sweep.inputGradient.map { jacobianScores($0) } ?? .init(covariance: undefined, cosine: undefined))
      if wantsHidden { quantities.noisedHiddenSaliency.append(sweep.hiddenSaliency) }
      workspace.giveBack(since: mark)
    }
  }

  private func add(
    _ normal: [Double], _ variances: [Double], _ amplitude: Double, to embedded: Tensor<Element>,
    into noised: Tensor<Element>
  ) {
    let width = embedded.columns
    for row in 0..<embedded.rows {
      let base = row / columns * width
      for unit in 0..<width {
        let noise = amplitude * variances[base + unit] * normal[row * width + unit]
        noised[row, unit] = Element(Float(Double(embedded[row, unit]) + noise))
      }
    }
  }

  /// For each step and unit the variance over the columns of the batch, [T, e].
  private func variances(of embedded: Tensor<Element>) -> [Double] {
    let width = embedded.columns
    var variances = [Double](repeating: 0, count: steps * width)
    var means = [Double](repeating: 0, count: width)
    for step in 0..<steps {
      let rows = embedded.rows(step * columns..<(step + 1) * columns)
      let centered: Tensor<Double> = workspace.tensor(columns, width)
      Element.centerColumns(rows, into: centered, means: &means)
      for unit in 0..<width {
        var squares = 0.0
        for column in 0..<columns { squares += centered[column, unit] * centered[column, unit] }
        variances[step * width + unit] = squares / Double(columns)
      }
      workspace.giveBack(centered)
    }
    return variances
  }
}
