import Tensors

/// y[t, i·d + c] = Σⱼ κ[t, i·K + j]·v[t + j − K div 2, i·d + c] within each sequence: a convolution whose kernel of K places is
/// another one for every step t and head i. κ [n, heads·K], v, y [n, heads·d]; rows are sequences of S steps, one after
/// another.
///
/// Source: Jiang et al. (2020), ConvBERT.
struct DynamicConvolution<Element: TensorElement>: BilinearOperation {
  unowned let tape: Tape<Element>
  /// κ.
  let left: Variable
  /// v.
  let right: Variable
  let output: Variable
  let heads: Int
  let window: ConvolutionWindow

  /// Calls a function for every head and place of the window with the column of κ, the columns of v, and the rows of both.
  private func each(
    _ kernels: Tensor<Element>, _ values: Tensor<Element>,
    _ body: (_ kernel: Range<Int>, _ channels: Range<Int>, _ output: Range<Int>, _ input: Range<Int>) -> Void
  ) {
    let width = values.columns / heads
    for head in 0..<heads {
      window.each(rows: values.rows) { place, output, input in
        let column = head * window.width + place
        body(column..<column + 1, head * width..<(head + 1) * width, output, input)
      }
    }
  }

  func apply(_ a: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    each(a, b) { kernel, channels, output, input in
      Element.scaleRows(
        a.rows(output).columns(kernel), b.rows(input).columns(channels), into: target.rows(output).columns(channels),
        accumulate: true)
    }
  }

  func pullLeft(_ cotangent: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    each(target, b) { kernel, channels, output, input in
      Element.rowProducts(
        cotangent.rows(output).columns(channels), b.rows(input).columns(channels),
        into: target.rows(output).columns(kernel), accumulate: true)
    }
  }

  func pullRight(_ cotangent: Tensor<Element>, _ a: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    each(a, target) { kernel, channels, output, input in
      Element.scaleRows(
        a.rows(output).columns(kernel), cotangent.rows(output).columns(channels),
        into: target.rows(input).columns(channels), accumulate: true)
    }
  }
}

extension Tape {
  /// Records y[t, i·d + c] = Σⱼ κ[t, i·K + j]·v[t + j − K div 2, i·d + c], zeros beyond the ends of a sequence, written into the
  /// memory of a variable that nothing has written yet. Pullbacks read the values of κ and v.
  ///
  /// - Parameters:
  ///   - kernels: κ [n, heads·K], n a multiple of the sequence length.
  ///   - values: v [n, heads·d].
  ///   - heads: The number of heads.
  ///   - sequenceLength: S, the rows of a sequence.
  ///   - output: y [n, heads·d].
  package func dynamicConvolution(
    _ kernels: Variable, _ values: Variable, heads: Int, sequenceLength: Int, into output: Variable
  ) {
    let (a, b, y) = (value(kernels), value(values), value(output))
    precondition(a.rows == y.rows && b.rows == y.rows && b.columns == y.columns, "equal shapes")
    precondition(a.columns.isMultiple(of: heads) && b.columns.isMultiple(of: heads), "equal heads")
    precondition(sequenceLength > 0 && y.rows.isMultiple(of: sequenceLength), "whole sequences")
    let operation = DynamicConvolution(
      tape: self, left: kernels, right: values, output: output, heads: heads,
      window: ConvolutionWindow(sequenceLength: sequenceLength, width: a.columns / heads))
    operation.apply(a, b, into: y, accumulate: false)
    record(operation)
  }
}
