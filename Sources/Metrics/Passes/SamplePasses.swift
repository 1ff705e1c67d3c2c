import Gradients
import Networks
import Outcomes
import Sizes
import Tensors

/// Passes over parts of the batch, each by itself, and what their gradients have in common.
final class SamplePasses<Element: TensorElement> {
  /// The parts.
  enum Parts: Hashable {
    /// Each sequence.
    case sequences
    /// The first and the second half of the sequences; of an odd number the last is left out.
    case halves
  }

  /// The objective, of which each part has its own, and the parameters.
  struct Wish: Hashable {
    var cotangent: Cotangent
    var scope: ParameterScope
    var parts: Parts
  }

  private let readers = Readers<[SampleGradients<Element>]>()
  let wish: Wish

  init(_ wish: Wish) { self.wish = wish }

  /// Reads the gradients of the parameters of the scope, of which there is at least one.
  func read<Value>(_ body: @escaping ([SampleGradients<Element>]) throws(Reason) -> Value) -> Reading<Value> {
    readers.add(body)
  }

  /// Runs a pass and a sweep for each part.
  func run(_ network: any Network<Element>, _ tokens: TokenBatch, cotangentSeed: UInt64, _ workspace: Workspace) {
    let size = wish.parts == .sequences ? 1 : tokens.batchSize / 2
    guard size > 0 else { return readers.refuse(Reason("one sequence has no halves")) }
    let parts = wish.parts == .sequences ? tokens.parts(of: size) : Array(tokens.parts(of: size).prefix(2))
    // A pass reads the parameters that its tokens need: of a later part there may be more.
    var gradients: [SampleGradients<Element>] = []
    for (number, part) in parts.enumerated() {
      let mark = workspace.mark()
      let input = network.input(part)
      var request = ForwardRequest<Element>(gradients: [wish.scope])
      if let loss = wish.cotangent.loss { request.losses.insert(loss) }
      let trace = network.forward(input, request)
      let start: (variable: Variable, cotangent: Tensor<Element>)
      do throws(Reason) {
        start = try wish.cotangent.start(trace, seed: cotangentSeed, workspace)
      } catch {
        readers.refuse(error)
        workspace.giveBack(since: mark)
        for known in gradients { workspace.giveBack(known.rows) }
        return
      }
      let sweep = ReverseSweep(trace.tape)
      sweep.seed(start.variable, start.cotangent)
      sweep.run()
      for parameter in trace.parameters(in: wish.scope) {
        guard case .leaf = parameter.place else { continue }
        let shape = parameter.value(trace.tape)
        var known = gradients.first { $0.name == parameter.name }
        if known == nil {
          // Taken while the pass holds its memory; what the pass took goes back by itself.
          let added = SampleGradients(
            name: parameter.name, rows: workspace.zeros(parts.count, shape.count) as Tensor<Element>)
          gradients.append(added)
          known = added
        }
        if let rows = known?.rows, let cotangent = sweep.cotangent(parameter.variable) {
          rows.rows(number..<number + 1).reshaped(shape.rows, shape.columns).copy(from: parameter.gradient(cotangent))
        }
      }
      workspace.giveBack(since: mark, except: gradients.map(\.rows))
    }
    if gradients.isEmpty {
      readers.refuse(Reason("there are no such parameters"))
    } else {
      readers.show(gradients)
    }
    for known in gradients { workspace.giveBack(known.rows) }
  }
}

/// The gradients of one parameter.
struct SampleGradients<Element: TensorElement> {
  /// The parameter's name.
  let name: String
  /// A row for each part of the batch [parts, elements]; zero where a part does not read the parameter.
  let rows: Tensor<Element>
}

extension Passes {
  /// Reads the gradients of both halves of the sequences with regard to the parameters of a scope.
  func halfGradients<Value>(
    _ cotangent: Cotangent, _ scope: ParameterScope,
    _ body: @escaping ([SampleGradients<Element>]) throws(Reason) -> Value
  ) -> Reading<Value> {
    needs.insert(.halfGradients)
    if let need = cotangent.need { needs.insert(need) }
    return samples(SamplePasses<Element>.Wish(cotangent: cotangent, scope: scope, parts: .halves)).read(body)
  }

  /// The eigenvalues, ascending, of the tangent kernel Θ[i, j] = ⟨gᵢ, gⱼ⟩, gᵢ the gradient of the objective of sequence i with
  /// regard to the parameters of a scope.
  func tangentKernel(_ cotangent: Cotangent, _ scope: ParameterScope) -> Reading<[Double]> {
    needs.insert(.sampleGradients)
    if let need = cotangent.need { needs.insert(need) }
    let wish = SamplePasses<Element>.Wish(cotangent: cotangent, scope: scope, parts: .sequences)
    return shared(wish) { SharedEigenvalues(samples(wish)) }.reading
  }

  private final class SharedEigenvalues {
    let reading: Reading<[Double]>

    init(_ passes: SamplePasses<Element>) {
      reading = passes.read { (gradients) throws(Reason) in
        let workspace = Workspace()
        let count = gradients[0].rows.rows
        let matrix: Tensor<Double> = workspace.zeros(count, count)
        for parameter in gradients {
          for row in 0..<count {
            for column in row..<count {
              // In double, as all reductions.
              matrix[row, column] += Element.productSum(
                parameter.rows.rows(row..<row + 1), parameter.rows.rows(column..<column + 1))
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
