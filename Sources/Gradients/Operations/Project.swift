import Tensors

/// A weight matrix [outputs, inputs] on a tape, laid out once for the products with it and with its transpose.
package struct ProjectionWeight<Element: TensorElement> {
  /// The leaf W [outputs, inputs].
  package let variable: Variable
  /// Wᵀ for forward products.
  let forward: PackedMatrix<Element>
  /// W for pullbacks; nil when nothing is pulled back to an input.
  let backward: PackedMatrix<Element>?

  /// Joins a leaf W with its transpose and itself, laid out for products.
  package init(variable: Variable, forward: PackedMatrix<Element>, backward: PackedMatrix<Element>?) {
    self.variable = variable
    self.forward = forward
    self.backward = backward
  }
}

/// y = x·Wᵀ: x [n, inputs], W [outputs, inputs], y [n, outputs].
///
/// Pullback: x̄ += ȳ·W; W̄ += ȳᵀ·x, gathered over all uses of W and computed at once.
struct Project<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let input: Variable
  let weight: ProjectionWeight<Element>
  let output: Variable

  var inputs: [Variable] { [input, weight.variable] }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output) else { return }
    if let (tensor, accumulate) = sweep.destination(input) {
      multiply(cotangent, into: tensor, accumulate: accumulate)
    }
    if sweep.requestedRows(weight.variable) != nil {
      sweep.addProduct(weight.variable, cotangent: cotangent, of: output, input: tape.value(input))
    }
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    let inputTangent = sweep.tangent(input)
    let weightTangent = sweep.tangent(weight.variable)
    guard inputTangent != nil || weightTangent != nil else { return }
    let target = sweep.destination(output)
    if let inputTangent, let weightTangent, weightTangent.pointer == tape.value(weight.variable).pointer {
      let sum = sum(inputTangent, tape.value(input))
      target.assignProduct(sum, weight.forward)
      tape.workspace.giveBack(sum)
      return
    }
    if let inputTangent { target.assignProduct(inputTangent, weight.forward) }
    if let weightTangent {
      target.assignProduct(tape.value(input), weightTangent, rightTransposed: true, accumulate: inputTangent != nil)
    }
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    let cotangentTangent = second.cotangent(output)
    let cotangent = primal.cotangent(output)
    if let (tensor, accumulate) = second.destination(input) {
      var accumulates = accumulate
      let weightValue = tape.value(weight.variable)
      let weightTangent = tangents.tangent(weight.variable)
      if let cotangentTangent, let cotangent, let weightTangent, weightTangent.pointer == weightValue.pointer {
        let sum = sum(cotangentTangent, cotangent)
        multiply(sum, into: tensor, accumulate: accumulates)
        tape.workspace.giveBack(sum)
        accumulates = true
      } else {
        if let cotangentTangent {
          multiply(cotangentTangent, into: tensor, accumulate: accumulates)
          accumulates = true
        }
        if let cotangent, let weightTangent {
          tensor.assignProduct(cotangent, weightTangent, accumulate: accumulates)
          accumulates = true
        }
      }
      if !accumulates { tensor.fill(0) }
    }
    guard second.requestedRows(weight.variable) != nil else { return }
    if let cotangentTangent {
      second.addProduct(weight.variable, cotangent: cotangentTangent, of: output, input: tape.value(input))
    }
    if let cotangent, let tangent = tangents.tangent(input) {
      primal.hold(output, for: weight.variable)
      second.addProduct(weight.variable, cotangent: cotangent, of: output, input: tangent)
    }
  }

  /// target ← or += cotangent·W.
  private func multiply(_ cotangent: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    if let backward = weight.backward {
      target.assignProduct(cotangent, backward, accumulate: accumulate)
    } else {
      target.assignProduct(cotangent, tape.value(weight.variable), accumulate: accumulate)
    }
  }

  /// A weight whose tangent is the weight itself needs one product instead of two.
  private func sum(_ a: Tensor<Element>, _ b: Tensor<Element>) -> Tensor<Element> {
    let result: Tensor<Element> = tape.workspace.tensor(a.rows, a.columns)
    result.copy(from: a)
    result.add(b)
    return result
  }
}

extension Tape {
  /// Records y = x·Wᵀ, written into the memory of a variable that nothing has written yet. No pullback reads the value of
  /// y, so that its memory may be used again once everything that reads it forward has.
  package func project(_ input: Variable, _ weight: ProjectionWeight<Element>, into output: Variable) {
    value(output).assignProduct(value(input), weight.forward)
    record(Project(tape: self, input: input, weight: weight, output: output))
  }
}
