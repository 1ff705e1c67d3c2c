import ElementaryFunctions
import Networks
import Outcomes
import Tensors

/// The symbolic proxy that LPZero found for GPT-2 (Dong et al. 2024); its scores are to be read with the sign turned over.
struct LPZeroGPT2: Metric {
  let description = MetricDescription(
    id: "lpzero-gpt2", title: "LPZero's proxy for GPT-2",
    summary: "Mean squares of the weights and of the softmax of their gradients.",
    formula:
      "mean over the linear layers inside the layers of mean(W²) + mean(softmax(∂L/∂W)²), the softmax over the rows of the matrix as it is stored; \(MetricDescription.objective)",
    better: .lower, reference: "dong2024lpzero", options: [.cotangent], kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.gradients(choice.cotangent).parameters(in: .layers) { (parameters, gradients) throws(Reason) in
        var sum = TensorSum()
        for parameter in parameters {
          let weight = parameter.weight
          let square = Element.squareSum(weight) / Double(weight.count)
          sum.add(square + Self.softmaxSquare(parameter, gradients.workspace) / Double(weight.count))
        }
        return try sum.reduced(.mean)
      }
    ]
  }

  /// Σ softmax(G)², each column by itself.
  private static func softmaxSquare<Element>(_ parameter: ParameterGradient<Element>, _ workspace: Workspace) -> Double
  {
    let (rows, columns) = (parameter.weight.rows, parameter.weight.columns)
    guard let gradient = parameter.gradient else { return Double(columns) / Double(rows) }
    let copy = gradient.doubled(workspace)
    let transpose: Tensor<Double> = workspace.tensor(columns, rows)
    defer {
      workspace.giveBack(copy)
      workspace.giveBack(transpose)
    }
    Double.transpose(copy, into: transpose)
    Double.softmax(transpose, into: transpose)
    return Double.squareSum(transpose)
  }
}

/// The symbolic proxy that LPZero found for the BERT benchmark (Dong et al. 2024), but for its second term, which is 0.
struct LPZeroBERT: Metric {
  let description: MetricDescription
  /// As the released code has it: hooks that are never removed give h₁ … h_L twice, and of these as many are averaged as there
  /// are activations.
  let isReleased: Bool

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.forward.read(.projection) { (values) throws(Reason) in
        let heads = values.probes.filter { ["query", "input"].contains($0.label.name) }
        let squares = heads.map { probe in
          let value = values.trace.tape.value(probe.variable)
          return Element.squareSum(value) / Double(value.count)
        }
        let listed = isReleased ? squares + squares : squares
        let count = isReleased ? min(listed.count, values.trace.probes(.activation).count) : listed.count
        guard count > 0 else { throw Reason("the network has no projections") }
        return listed.prefix(count).reduce(0, +) / Double(count)
      }
    ]
  }

  /// As it is defined.
  static let defined = LPZeroBERT(
    description: MetricDescription(
      id: "lpzero-bert", title: "LPZero's proxy for BERT",
      summary: "Mean square of the queries, or of the inputs of transforms, averaged over layers.",
      formula:
        "mean over layers of mean(h²), h the outputs of a layer's query, or of its input where it is a linear transform; the proxy's second term, the log-softmax of one number, is 0",
      reference: "dong2024lpzero", kinds: [.encoder]), isReleased: false)

  /// As the released code computes it.
  static let released = LPZeroBERT(
    description: MetricDescription(
      id: "lpzero-bert-released", title: "LPZero's proxy for BERT as released",
      summary: "LPZero's proxy for BERT with the heads that its released code averages.",
      formula:
        "the mean of the first min(2L, number of activations) of mean(h₁²) … mean(h_L²), mean(h₁²) … mean(h_L²), h as in LPZero's proxy for BERT",
      reference: "dong2024lpzero", kinds: [.encoder]), isReleased: true)
}

/// EZNAS (Akhauri et al. 2022) in the form of LPZero's code: how many matrices have gradients whose signs are of full row rank.
struct EZNAS: Metric {
  let description = MetricDescription(
    id: "eznas", title: "EZNAS",
    summary: "In effect the number of matrices whose gradients' signs have linearly independent rows.",
    formula:
      "Σ over matrices of sigmoid(ln det M), M = sign(∂L/∂W)·sign(∂L/∂W)ᵀ, 0 where M is singular; encoders: the linear layers inside the operations without their outputs, decoders: all linear layers; \(MetricDescription.objective)",
    reference: "akhauri2022", options: [.cotangent], kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let scope: ParameterScope = passes.kind == .encoder ? .operation : .layers
    return [
      passes.gradients(choice.cotangent).parameters(in: scope) { (parameters, gradients) throws(Reason) in
        var sum = 0.0
        for parameter in parameters {
          guard let gradient = parameter.gradient,
            let logarithm = try Self.logDeterminant(gradient, gradients.workspace)
          else { continue }
          sum += 1 / (1 + Elementary.exp(-logarithm))
        }
        return sum
      }
    ]
  }

  /// ln det M = 2 Σ ln σ with the singular values σ of sign(G); nil when M is singular to working precision.
  static func logDeterminant<Element: TensorElement>(
    _ gradient: Tensor<Element>, _ workspace: Workspace
  ) throws(Reason) -> Double? {
    guard gradient.rows <= gradient.columns else { return nil }
    let signs = gradient.doubled(workspace)
    defer { workspace.giveBack(signs) }
    for row in 0..<signs.rows {
      let values = signs.pointer + row * signs.stride
      for column in 0..<signs.columns {
        guard values[column].isFinite else { throw Reason("the gradient is not finite") }
        values[column] = values[column] > 0 ? 1 : values[column] < 0 ? -1 : 0
      }
    }
    let singular = try LinearAlgebra.singularValues(signs)
    guard let largest = singular.first, let smallest = singular.last,
      smallest > largest * Double(gradient.columns) * Double.ulpOfOne
    else { return nil }
    return singular.reduce(0) { $0 + 2 * Elementary.log($1) }
  }
}
