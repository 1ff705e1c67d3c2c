import Tensors

/// y = (1/n) Σᵣ −ln softmax(x[r])[target(r)], the mean over the rows. x [n, columns], y [1, 1].
///
/// Pullback: x̄ += ȳ·(softmax(x) − onehot)/n, computed anew from x a few rows at a time, so that no matrix of probabilities is
/// kept.
struct CrossEntropy<Element: TensorElement>: Operation {
  unowned let tape: Tape<Element>
  let logits: Variable
  let targets: [Int32]
  let output: Variable

  /// The number of rows whose residuals are in memory at once.
  private static var batch: Int { 32 }

  var inputs: [Variable] { [logits] }

  /// The sum of the rows' losses; calls a function with some rows after another and the residual softmax − onehot of each.
  @discardableResult
  func eachResidual(_ body: (_ rows: Range<Int>, _ residual: Tensor<Element>) -> Void = { _, _ in }) -> Double {
    let x = tape.value(logits)
    var total = 0.0
    for start in stride(from: 0, to: x.rows, by: Self.batch) {
      let rows = start..<min(start + Self.batch, x.rows)
      tape.withScratch(rows.count, x.columns) { residual in
        residual.copy(from: x.rows(rows))
        total += Element.softmaxCrossEntropy(residual, targets: targets[rows]).reduce(0, +)
        body(rows, residual)
      }
    }
    return total
  }

  /// ȳ/n, the cotangent of one row's loss, from the cotangent ȳ of the mean.
  private func weight(_ cotangent: Tensor<Element>) -> Double { Double(cotangent[0, 0]) / Double(targets.count) }

  private func pull(_ cotangent: Tensor<Element>, into target: Tensor<Element>, accumulate: Bool) {
    let weight = weight(cotangent)
    eachResidual { Element.scale(weight, $1, into: target.rows($0), accumulate: accumulate) }
  }

  func pullback(_ sweep: ReverseSweep<Element>) {
    guard let cotangent = sweep.cotangent(output), let (tensor, accumulate) = sweep.destination(logits) else { return }
    pull(cotangent, into: tensor, accumulate: accumulate)
  }

  func pushforward(_ sweep: TangentSweep<Element>) {
    guard let tangent = sweep.tangent(logits) else { return }
    var sum = 0.0
    eachResidual { sum += Element.productSum($1, tangent.rows($0)) }
    sweep.destination(output).fill(sum / Double(targets.count))
  }

  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>
  ) {
    guard let (tensor, isAdded) = second.destination(logits) else { return }
    var accumulate = isAdded
    if let cotangent = second.cotangent(output) {
      pull(cotangent, into: tensor, accumulate: accumulate)
      accumulate = true
    }
    if let cotangent = primal.cotangent(output), let tangent = tangents.tangent(logits) {
      let (weight, isAdded) = (weight(cotangent), accumulate)
      eachResidual { rows, probabilities in
        Element.softmax(tape.value(logits).rows(rows), into: probabilities)
        Element.softmaxPullback(
          scale: weight, y: probabilities, dy: tangent.rows(rows), dx: tensor.rows(rows), accumulate: isAdded)
      }
      accumulate = true
    }
    if !accumulate { tensor.fill(0) }
  }
}

extension Tape {
  /// Records the mean over the rows of −ln softmax(x)[target], written into the memory of a variable that nothing has
  /// written yet. A loss that reads some rows alone takes them from the others with a `lookup`. Pullbacks read the value of x.
  ///
  /// - Parameters:
  ///   - logits: x [n, columns], n ≥ 1.
  ///   - targets: A column for each row.
  ///   - output: [1, 1].
  package func crossEntropy(_ logits: Variable, targets: [Int32], into output: Variable) {
    let x = value(logits)
    precondition(targets.count == x.rows && x.rows > 0, "a target a row")
    precondition(targets.allSatisfy { $0 >= 0 && $0 < x.columns }, "targets are columns")
    precondition(value(output).count == 1, "one number")
    let operation = CrossEntropy(tape: self, logits: logits, targets: targets, output: output)
    value(output).fill(operation.eachResidual() / Double(targets.count))
    record(operation)
  }
}
