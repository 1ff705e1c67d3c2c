import Networks
import Outcomes
import Tensors

/// MeCo (Jiang et al. 2023): the smallest eigenvalue of the correlation of the channels of each layer, of one sample. Here a layer
/// is a linear layer, a channel one of its outputs, a sample the first sequence, and tokens stand for the places of an image.
///
/// The correlation of C channels over T places has a rank below T: with C ≥ T its smallest eigenvalue is 0, and what an
/// implementation gets is rounding noise. Such layers add exactly 0 here.
struct MeCo: Metric {
  let description = MetricDescription(
    id: "meco", title: "MeCo",
    summary: "How far the outputs of linear layers are from repeating one another over the tokens of a sequence.",
    formula:
      "Σ over linear layers of λmin(C), C the correlation of the outputs over the tokens of the first sequence; 0 where an output is constant or there are no fewer outputs than tokens",
    reference: "jiang2023", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.forward.read(.linear) { (values) throws(Reason) in
        let (tape, layout) = (values.trace.tape, values.trace.layout)
        let outputs = values.probes.map { tape.value($0.variable).rows(layout.rows(ofSequence: 0)) }
        guard outputs.contains(where: { $0.columns < $0.rows }) else {
          throw Reason("no linear layer has fewer outputs than a sequence has tokens: every correlation is singular")
        }
        var sum = 0.0
        for output in outputs where output.columns < output.rows {
          sum += try Self.smallestEigenvalue(output, values.workspace)
        }
        return sum
      }
    ]
  }

  /// The smallest eigenvalue of the correlation of the columns of x; 0 when one is constant.
  static func smallestEigenvalue<Element: TensorElement>(
    _ x: Tensor<Element>, _ workspace: Workspace
  ) throws(Reason) -> Double {
    let centered: Tensor<Double> = workspace.tensor(x.rows, x.columns)
    let gram: Tensor<Double> = workspace.tensor(x.columns, x.columns)
    defer {
      workspace.giveBack(centered)
      workspace.giveBack(gram)
    }
    var means = [Double](repeating: 0, count: x.columns)
    Element.centerColumns(x, into: centered, means: &means)
    LinearAlgebra.gramOfColumns(centered, into: gram)
    let deviations = (0..<x.columns).map { gram[$0, $0].squareRoot() }
    guard deviations.allSatisfy({ $0.isFinite }) else { throw Reason("an output of a linear layer is not finite") }
    guard deviations.allSatisfy({ $0 > 0 }) else { return 0 }
    for row in 0..<x.columns {
      for column in 0..<x.columns {
        gram[row, column] = row == column ? 1 : gram[row, column] / (deviations[row] * deviations[column])
      }
    }
    return try LinearAlgebra.symmetricEigenvalues(gram).first ?? 0
  }
}
