import Tensors

/// Places of a convolution over the steps of sequences that lie one after another: a window of K steps around each, zeros
/// beyond the ends of its sequence.
struct ConvolutionWindow: Sendable, Hashable {
  /// S.
  let sequenceLength: Int
  /// K.
  let width: Int

  /// Calls a function for every sequence of so many rows and every place j of the window with the rows t at which step
  /// t + j − K div 2 is in the sequence, and the rows of these steps.
  func each(rows: Int, _ body: (_ place: Int, _ output: Range<Int>, _ input: Range<Int>) -> Void) {
    for start in stride(from: 0, to: rows, by: sequenceLength) {
      for place in 0..<width {
        let shift = place - width / 2
        let first = max(0, -shift)
        let end = min(sequenceLength, sequenceLength - shift)
        guard first < end else { continue }
        body(place, start + first..<start + end, start + first + shift..<start + end + shift)
      }
    }
  }
}

/// y[t, c] = Σⱼ w[c, j]·x[t + j − K div 2, c] within each sequence: a convolution that keeps channels apart, as PyTorch's with
/// as many groups as channels. x, y [n, channels], w [channels, K]; rows are sequences of S steps, one after another.
struct DepthwiseConvolution<Element: TensorElement>: BilinearOperation {
  unowned let tape: Tape<Element>
  let left: Variable
  let right: Variable
  let output: Variable
  let window: ConvolutionWindow

  /// Calls a function with the columns of w as rows [K, channels].
  private func withRows(of weight: Tensor<Element>, _ body: (Tensor<Element>) -> Void) {
    tape.withScratch(weight.columns, weight.rows) { rows in
      Element.transpose(weight, into: rows)
      body(rows)
    }
  }

  func apply(_ a: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    withRows(of: b) { weights in
      window.each(rows: a.rows) { place, output, input in
        Element.multiply(
          a.rows(input), weights.rows(place..<place + 1).repeated(rows: input.count), into: target.rows(output),
          accumulate: true)
      }
    }
  }

  func pullLeft(_ cotangent: Tensor<Element>, _ b: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if !accumulate { target.fill(0) }
    withRows(of: b) { weights in
      window.each(rows: cotangent.rows) { place, output, input in
        Element.multiply(
          cotangent.rows(output), weights.rows(place..<place + 1).repeated(rows: output.count),
          into: target.rows(input), accumulate: true)
      }
    }
  }

  func pullRight(_ cotangent: Tensor<Element>, _ a: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    tape.withScratch(target.columns, target.rows) { totals in
      totals.fill(0)
      window.each(rows: a.rows) { place, output, input in
        Element.productColumnTotals(
          a.rows(input), cotangent.rows(output), into: totals.rows(place..<place + 1), accumulate: true)
      }
      tape.withScratch(target.rows, target.columns) { gradient in
        Element.transpose(totals, into: gradient)
        Element.scale(1, gradient, into: target, accumulate: accumulate)
      }
    }
  }
}

extension Tape {
  /// Records y[t, c] = Σⱼ w[c, j]·x[t + j − K div 2, c], zeros beyond the ends of a sequence, written into the memory of a
  /// variable that nothing has written yet. Pullbacks read the values of x and w.
  ///
  /// - Parameters:
  ///   - input: x [n, channels], n a multiple of the sequence length.
  ///   - weight: w [channels, K].
  ///   - sequenceLength: S, the rows of a sequence.
  ///   - output: y [n, channels].
  package func depthwiseConvolution(
    _ input: Variable, _ weight: Variable, sequenceLength: Int, into output: Variable
  ) {
    let (x, w, y) = (value(input), value(weight), value(output))
    precondition(x.rows == y.rows && x.columns == y.columns && w.rows == x.columns, "a kernel for each channel")
    precondition(sequenceLength > 0 && x.rows.isMultiple(of: sequenceLength), "whole sequences")
    let operation = DepthwiseConvolution(
      tape: self, left: input, right: weight, output: output,
      window: ConvolutionWindow(sequenceLength: sequenceLength, width: w.columns))
    operation.apply(x, w, into: y, accumulate: false)
    record(operation)
  }
}
