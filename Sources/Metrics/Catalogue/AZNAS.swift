import ElementaryFunctions
import Networks
import Outcomes
import Tensors

/// The expressivity of AZ-NAS (Lee & Ham 2024): how evenly the residual stream spreads over its directions. Its complexity is
/// `flops`, and its three scores are combined by their ranks in a pool.
struct AZNASExpressivity: Metric {
  let description = MetricDescription(
    id: "az-nas-expressivity", title: "AZ-NAS expressivity",
    summary: "How evenly the hidden states spread over their directions, after every part of a layer.",
    formula:
      "Σ over the states after each operation and each feed-forward network of −Σ p·ln(p + 10⁻⁸), p the eigenvalues of their covariance over all tokens divided by their sum",
    reference: "lee2024", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.forward.read(residualStream) { (values) throws(Reason) in
        var sum = 0.0
        for probe in values.probes {
          sum += try Self.entropy(values.trace.tape.value(probe.variable), values.workspace)
        }
        return sum
      }
    ]
  }

  /// The entropy of the eigenvalues of the covariance of the columns of x [n, d]. Of n < d it is that of the rows' Gram matrix,
  /// which has the same but for zeros.
  static func entropy<Element: TensorElement>(_ x: Tensor<Element>, _ workspace: Workspace) throws(Reason) -> Double {
    let centered: Tensor<Double> = workspace.tensor(x.rows, x.columns)
    let size = min(x.rows, x.columns)
    let gram: Tensor<Double> = workspace.tensor(size, size)
    defer {
      workspace.giveBack(centered)
      workspace.giveBack(gram)
    }
    var means = [Double](repeating: 0, count: x.columns)
    Element.centerColumns(x, into: centered, means: &means)
    if x.columns <= x.rows {
      LinearAlgebra.gramOfColumns(centered, into: gram)
    } else {
      LinearAlgebra.gramOfRows(centered, into: gram)
    }
    // What rounding makes negative is 0.
    let eigenvalues = try LinearAlgebra.symmetricEigenvalues(gram).map { max(0, $0) }
    let total = eigenvalues.reduce(0, +)
    guard total > 0 else { throw Reason("the states of all tokens are the same") }
    return eigenvalues.reduce(0) { sum, eigenvalue in
      let share = eigenvalue / total
      return sum - share * Elementary.log(share + 1e-8)
    }
  }
}

/// The trainability of AZ-NAS (Lee & Ham 2024): how near the way of gradients through a part of a layer is to keeping their size.
struct AZNASTrainability: Metric {
  let description = MetricDescription(
    id: "az-nas-trainability", title: "AZ-NAS trainability",
    summary: "How little gradients grow or shrink through each part of a layer, 0 at most.",
    formula:
      "mean over the states after each operation and each feed-forward network, but the first, of 2 − σ − 1/(σ + 10⁻⁶), σ the largest singular value of gᵢₙᵀ·gₒᵤₜ/(B·T), gₒᵤₜ a cotangent of random ±1 and gᵢₙ its gradient with regard to the states before; states that hand gₒᵤₜ on as it is are left out",
    reference: "lee2024", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let scores = passes.forward.chain(over: residualStream) { (out, into, workspace) throws(Reason) in
      if out.elements == into.elements { return nil }
      let sigma = try Self.largestSingularValue(into, out, workspace)
      return Self.score(sigma)
    }
    return [
      scores.map { (scores) throws(Reason) in
        guard !scores.isEmpty else { throw Reason("every part hands gradients on as they are") }
        return scores.reduce(0, +) / Double(scores.count)
      }
    ]
  }

  /// Of a largest singular value: near 0 at 1, below elsewhere.
  static func score(_ sigma: Double) -> Double { 2 - sigma - 1 / (sigma + 1e-6) }

  /// The largest singular value of aᵀ·b/n, a and b [n, d]: the root of the largest eigenvalue of its Gram matrix.
  static func largestSingularValue<Element: TensorElement>(
    _ a: Tensor<Element>, _ b: Tensor<Element>, _ workspace: Workspace
  ) throws(Reason) -> Double {
    let product: Tensor<Element> = workspace.tensor(a.columns, b.columns)
    let doubles: Tensor<Double> = workspace.tensor(a.columns, b.columns)
    let gram: Tensor<Double> = workspace.tensor(b.columns, b.columns)
    defer {
      workspace.giveBack(product)
      workspace.giveBack(doubles)
      workspace.giveBack(gram)
    }
    product.assignProduct(a, transposed: true, b)
    Element.convert(product, toDouble: doubles)
    LinearAlgebra.gramOfColumns(doubles, into: gram)
    let largest = try LinearAlgebra.symmetricEigenvalues(gram).last ?? 0
    return max(0, largest).squareRoot() / Double(max(1, a.rows))
  }
}

/// The residual stream after each operation and each feed-forward network.
private let residualStream: [ProbeKind] = [.middleStates, .states]
