import ElementaryFunctions
import Gradients
import SearchSpaces
import Tensors

/// The matrices of a transform of n points without parameters.
enum FixedTransform {
  /// cos 2πjk/n [n, n].
  static func cosines<Element: TensorElement>(_ count: Int, into matrix: Tensor<Element>) {
    each(matrix) { Elementary.cosPi(2 * Double($0 * $1 % count) / Double(count)) }
  }

  /// sin 2πjk/n [n, n].
  static func sines<Element: TensorElement>(_ count: Int, into matrix: Tensor<Element>) {
    each(matrix) { Elementary.sinPi(2 * Double($0 * $1 % count) / Double(count)) }
  }

  /// 2·cos πk(2t + 1)/2n [n, n], k down the rows: the cosine transform DCT-II, unnormalised.
  static func cosineTransform<Element: TensorElement>(_ count: Int, into matrix: Tensor<Element>) {
    each(matrix) { 2 * Elementary.cosPi(Double($0 * (2 * $1 + 1) % (4 * count)) / Double(2 * count)) }
  }

  private static func each<Element: TensorElement>(_ matrix: Tensor<Element>, _ value: (Int, Int) -> Double) {
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { matrix[row, column] = Element(value(row, column)) }
    }
  }
}

extension TransformerPass {
  /// A fixed transform over the tokens and the units of each head [n, h].
  ///
  /// Fourier: the real part of the transform over both, C·z·C − S·z·S with the matrices C of cosines and S of sines, as two
  /// products each. Cosine: D·z·Dᵀ. Of a linearised network the matrices are those of magnitudes, and the difference a sum.
  func transform(_ input: Variable, _ operation: EncoderOperation, heads: Int) -> Variable {
    let (rows, width) = (tape.value(input).rows, tape.value(input).columns)
    let (steps, size) = (layout.sequenceLength, width / heads)
    let terms: [(tokens: Variable, units: Variable)] =
      operation == .fourier
      ? [
        (matrix("cos", steps, FixedTransform.cosines), matrix("cos", size, FixedTransform.cosines)),
        (
          matrix("sin", steps, FixedTransform.sines),
          matrix("−sin", size) { count, target in
            FixedTransform.sines(count, into: target)
            if !mode.isLinearised { Element.scale(-1, target, into: target, accumulate: false) }
          }
        ),
      ]
      : [
        (matrix("dct", steps, FixedTransform.cosineTransform), matrix("dct", size, FixedTransform.cosineTransform))
      ]
    let parts = terms.map { term in
      let units = tape.series(workspace.tensor(rows, width))
      for head in 0..<heads {
        let columns = head * size..<(head + 1) * size
        // C and S are symmetric; D stands on the right as its transpose.
        tape.product(
          tape.view(input, rows: 0..<rows, columns: columns), term.units, rightTransposed: true,
          into: tape.view(units, rows: 0..<rows, columns: columns))
      }
      let tokens = tape.series(workspace.tensor(rows, width))
      for sequence in 0..<layout.batchSize {
        let part = sequence * steps..<(sequence + 1) * steps
        tape.product(
          term.tokens, tape.view(units, rows: part, columns: 0..<width),
          into: tape.view(tokens, rows: part, columns: 0..<width))
      }
      return tokens
    }
    guard parts.count > 1 else { return parts[0] }
    return sum(parts[0], parts[1])
  }

  /// A constant matrix of a transform, of magnitudes in a linearised network.
  private func matrix(
    _ name: String, _ count: Int, _ fill: (Int, Tensor<Element>) -> Void
  ) -> Variable {
    constant("\(name) \(count)") {
      let matrix: Tensor<Element> = workspace.tensor(count, count)
      fill(count, matrix)
      if mode.isLinearised { Element.magnitude(matrix, into: matrix) }
      return matrix
    }
  }
}
