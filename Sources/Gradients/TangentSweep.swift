import Tensors

/// Carries tangents from the leaves of a tape forward to its outputs.
package final class TangentSweep<Element: TensorElement> {
  private let tape: Tape<Element>
  private var tangents: [Int: Tensor<Element>] = [:]
  private var isSet: [Bool]

  /// Starts a sweep over everything recorded so far.
  package init(_ tape: Tape<Element>) {
    self.tape = tape
    isSet = [Bool](repeating: false, count: tape.entries.count)
  }

  /// Gives a leaf a tangent of the shape of its value; the memory stays the caller's.
  package func seed(_ leaf: Variable, _ tangent: Tensor<Element>) {
    tangents[leaf.index] = tangent
    isSet[leaf.index] = true
  }

  /// Runs every operation forward. Tangents of scratch variables are given back once everything that reads them has run.
  package func run() {
    var lastReads: [Int: Int] = [:]
    for (index, operation) in tape.operations.enumerated() {
      for input in operation.inputs {
        let root = tape.entries[input.index].root
        if tape.entries[root].isScratch { lastReads[root] = index }
      }
    }
    var ends: [Int: [Int]] = [:]
    for (root, index) in lastReads { ends[index, default: []].append(root) }
    for (index, operation) in tape.operations.enumerated() {
      operation.pushforward(self)
      for root in ends[index] ?? [] {
        if let memory = tangents.removeValue(forKey: root) { tape.workspace.giveBack(memory) }
      }
    }
  }

  /// The tangent of a variable; nil when it is zero.
  package func tangent(_ variable: Variable) -> Tensor<Element>? {
    let entry = tape.entries[variable.index]
    guard let memory = tangents[entry.root], isSet[variable.index] || isSet[entry.root] else { return nil }
    return entry.part(of: memory)
  }

  /// The memory that an operation writes its output's tangent to. Parts of a series that no operation writes are zero.
  func destination(_ variable: Variable) -> Tensor<Element> {
    let entry = tape.entries[variable.index]
    if tangents[entry.root] == nil {
      let root = tape.entries[entry.root].value
      tangents[entry.root] =
        entry.root == variable.index
        ? tape.workspace.tensor(root.rows, root.columns) : tape.workspace.zeros(root.rows, root.columns)
    }
    isSet[variable.index] = true
    isSet[entry.root] = true
    guard let tangent = tangent(variable) else { preconditionFailure("a tangent that was just made is there") }
    return tangent
  }
}
