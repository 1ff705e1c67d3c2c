import Gradients
import Networks
import Outcomes
import Sizes
import Tensors

/// A reverse sweep from each of a chain of values to the one before, every time from a random cotangent.
///
/// A value is all that the next one depends on, but for parameters. So one sweep does for the whole chain: where it passes a
/// value, the gradient that has come is read, and replaced by the cotangent of the next link.
final class StateChain<Element: TensorElement> {
  private let kinds: [ProbeKind]
  private let readers = Readers<[Outcome<Double>]>()
  private let score: (_ cotangent: Tensor<Element>, _ gradient: Tensor<Element>, Workspace) throws(Reason) -> Double?

  init(
    _ kinds: [ProbeKind],
    _ score:
      @escaping (_ cotangent: Tensor<Element>, _ gradient: Tensor<Element>, Workspace) throws(Reason) -> Double?
  ) {
    self.kinds = kinds
    self.score = score
  }

  /// The scores of the links that have one, from the last to the first.
  private(set) lazy var scores: Reading<[Double]> = readers.add { (scores) throws(Reason) in
    var values: [Double] = []
    for score in scores { values.append(try score.get()) }
    return values
  }

  /// Gives the reading a reason in place of a value.
  func refuse(_ reason: Reason) { readers.refuse(reason) }

  /// Runs the sweep. Cotangents are ±1, the signs of the numbers of `Cotangent.random`, in one stream from the last link to the
  /// first, over the rows of a value one after another, the sequences in the order of their numbers.
  func run(_ trace: NetworkTrace<Element>, cotangentSeed: UInt64, _ workspace: Workspace) {
    for kind in kinds {
      do throws(Reason) { try trace.checkHas(kind) } catch { return refuse(error) }
    }
    let probes = trace.probes.filter { kinds.contains($0.label.kind) }
    guard let last = probes.last, probes.count > 1 else { return refuse(Reason("there is one state alone")) }
    let shape = trace.tape.value(last.variable)
    guard probes.allSatisfy({ trace.tape.value($0.variable).columns == shape.columns && $0.end != nil }) else {
      return refuse(Reason("the states differ in width"))
    }
    var generator = DocumentedGenerator(seed: cotangentSeed)
    let cotangent: Tensor<Element> = workspace.tensor(shape.rows, shape.columns)
    let rows = trace.layout.rowsByNumber(of: cotangent.rows)
    func draw() {
      for row in rows {
        let start = cotangent.pointer + row * cotangent.stride
        for column in 0..<cotangent.columns { start[column] = generator.next() < 0.5 ? -1 : 1 }
      }
    }
    draw()
    let sweep = ReverseSweep(trace.tape)
    sweep.seed(last.variable, cotangent)
    var scores: [Outcome<Double>] = []
    var linkCount = 0
    for probe in probes.dropLast() {
      guard let end = probe.end else { continue }
      sweep.visit(probe.variable, after: end) { [score] gradient in
        linkCount += 1
        do throws(Reason) {
          if let value = try score(cotangent, gradient, workspace) { scores.append(.success(value)) }
        } catch {
          scores.append(.failure(error))
        }
        draw()
        gradient.copy(from: cotangent)
      }
    }
    sweep.run()
    guard linkCount == probes.count - 1 else { return refuse(Reason("a state does not depend on the one before")) }
    readers.show(scores)
  }
}
