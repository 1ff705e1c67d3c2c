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

  private let readers = Readers<[Tensor<Element>]>()
  let wish: Wish

  init(_ wish: Wish) { self.wish = wish }

  /// Reads the gradients: for each parameter of the scope that some sequence reads a matrix with a row for each sequence.
  func read<Value>(_ body: @escaping ([Tensor<Element>]) throws(Reason) -> Value) -> Reading<Value> {
    readers.add(body)
  }

  /// Runs a pass and a sweep for each sequence.
  func run(_ network: any Network<Element>, _ tokens: TokenBatch, cotangentSeed: UInt64, _ workspace: Workspace) {
    // Which parameters are read differs by sequence: tables and projections of clusters are, where it has their tokens.
    var places: [String: Int] = [:]
    var gradients: [Tensor<Element>] = []
    let start = workspace.mark()
    defer { workspace.giveBack(since: start) }
    for (number, sequence) in tokens.sequences.enumerated() {
      let mark = workspace.mark()
      var request = ForwardRequest<Element>(gradients: [wish.scope])
      if let loss = wish.cotangent.loss { request.losses.insert(loss) }
      let trace = network.forward(network.input(sequence), request)
      let parameters = trace.parameters(in: wish.scope)
      // Taken while the pass holds its memory; what the pass took goes back by itself.
      for parameter in parameters where places[parameter.name] == nil {
        places[parameter.name] = gradients.count
        gradients.append(workspace.zeros(tokens.batchSize, parameter.value(trace.tape).count))
      }
      let objective: (variable: Variable, cotangent: Tensor<Element>)
      do throws(Reason) {
        objective = try wish.cotangent.start(trace, seed: cotangentSeed, skipping: number, workspace)
      } catch {
        return readers.refuse(error)
      }
      let sweep = ReverseSweep(trace.tape)
      sweep.seed(objective.variable, objective.cotangent)
      sweep.run()
      for parameter in parameters {
        guard let cotangent = sweep.cotangent(parameter.variable), let place = places[parameter.name] else { continue }
        let shape = parameter.value(trace.tape)
        gradients[place].rows(number..<number + 1).reshaped(shape.rows, shape.columns)
          .copy(from: parameter.gradient(cotangent))
      }
      workspace.giveBack(since: mark, except: gradients)
    }
    guard !tokens.sequences.isEmpty else { return readers.refuse(Reason("the batch has no sequences")) }
    readers.show(gradients)
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
        let count = gradients.first?.rows ?? 0
        let matrix: Tensor<Double> = workspace.zeros(count, count)
        for gradient in gradients {
          for row in 0..<count {
            for column in row..<count {
              // In double, as all reductions.
              matrix[row, column] += Element.productSum(
                gradient.rows(row..<row + 1), gradient.rows(column..<column + 1))
            }
          }
        }
        for row in 0..<count { for column in 0..<row { matrix[row, column] = matrix[column, row] } }
        do throws(Reason) { return try LinearAlgebra.symmetricEigenvalues(matrix) } catch {
          throw Reason("tangent kernel: \(error.text)")
        }
      }
    }
  }
}
