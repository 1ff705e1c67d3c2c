import Gradients
import Networks
import Outcomes
import Tensors

/// Passes over each sequence of the batch by itself, and what their gradients have in common.
final class SamplePasses<Element: TensorElement> {
  /// The objective, of which each sequence has its own, and the parameters.
  struct Wish: Hashable {
    var cotangent: Cotangent
    var scope: ParameterScope
  }

  private let readers = Readers<Tensor<Element>>()
  let wish: Wish

  init(_ wish: Wish) { self.wish = wish }

  /// Reads the gradients, a row for each sequence: all parameters of the scope one after another.
  func read<Value>(_ body: @escaping (Tensor<Element>) throws(Reason) -> Value) -> Reading<Value> { readers.add(body) }

  /// Runs a pass and a sweep for each sequence.
  func run(_ network: any Network<Element>, _ tokens: TokenBatch, cotangentSeed: UInt64, _ workspace: Workspace) {
    var gradients: Tensor<Element>?
    for (number, sequence) in tokens.sequences.enumerated() {
      let mark = workspace.mark()
      let input = network.input(sequence)
      var request = ForwardRequest<Element>(gradients: [wish.scope])
      if let loss = wish.cotangent.loss { request.losses.insert(loss) }
      let trace = network.forward(input, request)
      let parameters = trace.parameters(in: wish.scope)
      let start: (variable: Variable, cotangent: Tensor<Element>)
      do throws(Reason) {
        start = try wish.cotangent.start(trace, seed: cotangentSeed, skipping: number, workspace)
      } catch {
        readers.refuse(error)
        return workspace.giveBack(since: mark)
      }
      let sweep = ReverseSweep(trace.tape)
      sweep.seed(start.variable, start.cotangent)
      sweep.run()
      let count = parameters.reduce(0) { $0 + $1.value(trace.tape).count }
      // Taken while the pass holds its memory; what the pass took goes back by itself.
      let rows = gradients ?? workspace.tensor(tokens.batchSize, count)
      var column = 0
      for parameter in parameters {
        let shape = parameter.value(trace.tape)
        let target = rows.rows(number..<number + 1).columns(column..<column + shape.count)
          .reshaped(shape.rows, shape.columns)
        if let cotangent = sweep.cotangent(parameter.variable) {
          target.copy(from: parameter.gradient(cotangent))
        } else {
          target.fill(0)
        }
        column += shape.count
      }
      workspace.giveBack(since: mark, except: rows)
      gradients = rows
    }
    guard let gradients else { return readers.refuse(Reason("the batch has no sequences")) }
    readers.show(gradients)
    workspace.giveBack(gradients)
  }
}

extension Passes {
  /// The eigenvalues, ascending, of the tangent kernel Θ[i, j] = ⟨gᵢ, gⱼ⟩, gᵢ the gradient of the objective of sequence i with
  /// regard to the parameters of a scope.
  func tangentKernel(_ cotangent: Cotangent, _ scope: ParameterScope) -> Reading<[Double]> {
    needs.insert(.sampleGradients)
    let wish = SamplePasses<Element>.Wish(cotangent: cotangent, scope: scope)
    return shared(wish) { SharedEigenvalues(samples(wish)) }.reading
  }

  private final class SharedEigenvalues {
    let reading: Reading<[Double]>

    init(_ passes: SamplePasses<Element>) {
      reading = passes.read { (gradients) throws(Reason) in
        let workspace = Workspace()
        let matrix: Tensor<Double> = workspace.tensor(gradients.rows, gradients.rows)
        for row in 0..<gradients.rows {
          for column in row..<gradients.rows {
            // In double, as all reductions.
            let product = Element.productSum(gradients.rows(row..<row + 1), gradients.rows(column..<column + 1))
            matrix[row, column] = product
            matrix[column, row] = product
          }
        }
        do throws(Reason) { return try LinearAlgebra.symmetricEigenvalues(matrix) } catch {
          throw Reason("tangent kernel: \(error.text)")
        }
      }
    }
  }
}
