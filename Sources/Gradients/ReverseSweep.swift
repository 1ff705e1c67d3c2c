import Tensors

/// Carries cotangents from the outputs of a tape back to the leaves that were asked for.
///
/// Memory of a cotangent is handed out when the first contribution comes and given back once the operation that made the
/// value has been passed; leaves keep theirs. The products δᵀ·x that add up to a weight's gradient are gathered and computed
/// as few large products: rows that follow one another in memory are one factor.
package final class ReverseSweep<Element: TensorElement> {
  private let tape: Tape<Element>
  private var cotangents: [Int: Tensor<Element>] = [:]
  /// By variable, true once the whole of its cotangent has been written.
  private var isWritten: [Bool]
  /// The variables whose views have elements in common.
  private let overlapped: Set<Int>
  /// The views of a variable that were written, wholly or in part.
  private var touched: [Int: [Int]] = [:]
  /// By weight, the products that add up to its gradient.
  private var products: [Int: [(cotangent: Tensor<Element>, input: Tensor<Element>)]] = [:]
  /// By weight, memory that is given back once its gradient is computed.
  private var lent: [Int: [Tensor<Element>]] = [:]
  /// By root, the weights whose products read its cotangent.
  private var borrowers: [Int: Set<Int>] = [:]
  /// By operation, the weights whose gradient is computed when it has been passed.
  private var flushes: [Int: [Int]] = [:]
  private var visitors: [Int: [(Tensor<Element>) -> Void]] = [:]
  private var markVisitors: [Int: [(Variable, (Tensor<Element>) -> Void)]] = [:]
  private var productVisitor: (([(cotangent: Tensor<Element>, input: Tensor<Element>)]) -> Void)?
  private weak var companion: ReverseSweep?

  /// Starts a sweep over everything recorded so far.
  package init(_ tape: Tape<Element>) {
    self.tape = tape
    overlapped = tape.overlapped()
    isWritten = [Bool](repeating: false, count: tape.entries.count)
  }

  /// Calls a function with the cotangent of a variable when it is complete, before its memory is used again.
  package func visit(_ variable: Variable, _ body: @escaping (Tensor<Element>) -> Void) {
    visitors[variable.index, default: []].append(body)
  }

  /// Calls a function with what the operations recorded after a mark have added to the cotangent of a variable, unless that
  /// is zero.
  package func visit(_ variable: Variable, after mark: TapeMark, _ body: @escaping (Tensor<Element>) -> Void) {
    markVisitors[mark.index, default: []].append((variable, body))
  }

  /// Calls a function for every weight with the products cotangentᵀ·input that its gradient is the sum of.
  package func visitProducts(
    _ body: @escaping (_ products: [(cotangent: Tensor<Element>, input: Tensor<Element>)]) -> Void
  ) {
    productVisitor = body
  }

  /// Adds to the cotangent of a variable before the sweep.
  package func seed(_ variable: Variable, _ cotangent: Tensor<Element>) {
    guard let destination = destination(variable) else { return }
    Element.scale(1, cotangent, into: destination.tensor, accumulate: destination.accumulate)
  }

  /// Runs every operation backward.
  package func run() {
    prepare()
    for index in tape.operations.indices.reversed() {
      visitMarks(index)
      let operation = tape.operations[index]
      if let complete = cotangent(operation.output) {
        for visitor in visitors[operation.output.index] ?? [] { visitor(complete) }
        operation.pullback(self)
      }
      pass(index)
    }
    visitMarks(-1)
  }

  /// Runs every operation backward, and with it the sweep whose cotangents are the tangents of this one's.
  package func run(tangents: TangentSweep<Element>, second: ReverseSweep) {
    prepare()
    second.prepare()
    companion = second
    for index in tape.operations.indices.reversed() {
      visitMarks(index)
      let operation = tape.operations[index]
      let complete = cotangent(operation.output)
      if complete != nil || second.cotangent(operation.output) != nil {
        operation.pullbackTangent(second, primal: self, tangents)
      }
      if let complete {
        for visitor in visitors[operation.output.index] ?? [] { visitor(complete) }
        operation.pullback(self)
      }
      // The second sweep's products read this one's cotangents.
      second.pass(index)
      pass(index)
    }
    visitMarks(-1)
  }

  private func prepare() {
    let entries = tape.entries
    for index in entries.indices where entries[index].request != .none && entries[index].firstUse >= 0 {
      flushes[entries[index].firstUse, default: []].append(index)
    }
  }

  /// Shows what the operations after one have added; −1 stands before the first.
  private func visitMarks(_ index: Int) {
    for (variable, visitor) in markVisitors[index + 1] ?? [] {
      if let cotangent = cotangent(variable) { visitor(cotangent) }
    }
  }

  private func pass(_ index: Int) {
    for leaf in flushes[index] ?? [] { flush(leaf) }
    for root in tape.origins[index] ?? [] { release(root) }
  }

  /// The cotangent of a variable, complete once every operation that reads it has been passed; nil when it is zero.
  package func cotangent(_ variable: Variable) -> Tensor<Element>? {
    let entry = tape.entries[variable.index]
    guard let memory = cotangents[entry.root] else { return nil }
    guard isCovered(variable.index) || complete(variable.index, memory) else { return nil }
    return entry.part(of: memory)
  }

  /// The memory for a contribution to a variable's cotangent, and whether to add to what is there; nil when nobody wants it.
  package func destination(_ variable: Variable) -> (tensor: Tensor<Element>, accumulate: Bool)? {
    guard tape.isWanted(variable) else { return nil }
    let entry = tape.entries[variable.index]
    let memory: Tensor<Element>
    if let present = cotangents[entry.root] {
      memory = present
    } else {
      let root = tape.entries[entry.root].value
      memory = tape.workspace.tensor(root.rows, root.columns)
      cotangents[entry.root] = memory
    }
    settle(variable.index, memory)
    let accumulate = isCovered(variable.index) || complete(variable.index, memory)
    if !accumulate { markWritten(variable.index) }
    return (entry.part(of: memory), accumulate)
  }

  /// True when a variable, or one that it is a part of, has been written as a whole.
  private func isCovered(_ index: Int) -> Bool {
    var index = index
    while true {
      if isWritten[index] { return true }
      let parent = tape.entries[index].parent
      if parent == index { return false }
      index = parent
    }
  }

  private func markWritten(_ index: Int) {
    isWritten[index] = true
    var index = index
    while true {
      let parent = tape.entries[index].parent
      guard parent != index else { return }
      let isNew = touched[parent] == nil
      touched[parent, default: []].append(index)
      guard isNew, !isWritten[parent] else { return }
      index = parent
    }
  }

  /// Adds cotangentᵀ·input to the gradient of a weight [outputs, inputs]: cotangent [n, outputs], input [n, inputs].
  ///
  /// The matrices are read when the sweep passes the first operation that reads the weight; until then the cotangent of
  /// `source` is kept.
  func addProduct(_ weight: Variable, cotangent: Tensor<Element>, of source: Variable, input: Tensor<Element>) {
    hold(source, for: weight)
    products[weight.index, default: []].append((cotangent, input))
  }

  /// Keeps the cotangent of a variable until the gradient of a weight is computed.
  func hold(_ source: Variable, for weight: Variable) {
    borrowers[tape.entries[source.index].root, default: []].insert(weight.index)
  }

  /// The rows of a weight's gradient that were asked for.
  func requestedRows(_ variable: Variable) -> Range<Int>? {
    let entry = tape.entries[variable.index]
    switch entry.request {
    case .none: return nil
    case .all: return 0..<entry.value.rows
    case .rows(let range): return range.isEmpty ? nil : range
    }
  }

  private var pending: Dictionary<Int, [(cotangent: Tensor<Element>, input: Tensor<Element>)]>.Keys { products.keys }

  /// Fills with zeros what no part of a variable has written, so that the whole can be read; false when no part was.
  private func complete(_ index: Int, _ memory: Tensor<Element>) -> Bool {
    guard let parts = touched[index], !parts.isEmpty else { return false }
    for part in parts where !isWritten[part] { _ = complete(part, memory) }
    isWritten[index] = true
    let whole = tape.entries[index]
    let views = parts.map { tape.entries[$0] }
    guard views.reduce(0, { $0 + $1.value.count }) < whole.value.count else { return true }
    for (rows, columns) in ViewCover(of: whole, views).gaps() { memory.rows(rows).columns(columns).fill(0) }
    return true
  }

  /// Fills with zeros what a variable is a part of where parts of that overlap: what is written first is then added to
  /// nothing, and what overlaps it to that.
  private func settle(_ index: Int, _ memory: Tensor<Element>) {
    guard !overlapped.isEmpty else { return }
    let parent = tape.entries[index].parent
    guard parent != index else { return }
    settle(parent, memory)
    guard overlapped.contains(parent), !isCovered(parent) else { return }
    tape.entries[parent].part(of: memory).fill(0)
    markWritten(parent)
  }

  private func release(_ root: Int) {
    guard let memory = cotangents[root] else { return }
    let waiting = borrowers[root]?.filter { products[$0] != nil || companion?.pending.contains($0) == true } ?? []
    // The weight that is read first has its gradient computed last; no two are read first by one operation.
    if let last = waiting.min(by: { tape.entries[$0].firstUse < tape.entries[$1].firstUse }) {
      lent[last, default: []].append(memory)
    } else {
      tape.workspace.giveBack(memory)
    }
    cotangents[root] = nil
  }

  /// Computes the gradient of a weight from the gathered products.
  private func flush(_ leaf: Int) {
    let variable = Variable(index: leaf)
    if let gathered = products.removeValue(forKey: leaf), let rows = requestedRows(variable) {
      let stacked = ProductGathering.stacked(gathered)
      productVisitor?(stacked)
      for product in stacked {
        guard let destination = destination(variable) else { break }
        multiply(product, rows: rows, into: destination)
      }
    }
    for memory in lent.removeValue(forKey: leaf) ?? [] { tape.workspace.giveBack(memory) }
  }

  /// The rows of target ← or += cotangentᵀ·input. Both factors are laid out anew, which takes a small part of the time that
  /// the product of all steps takes.
  private func multiply(
    _ product: (cotangent: Tensor<Element>, input: Tensor<Element>), rows: Range<Int>,
    into destination: (tensor: Tensor<Element>, accumulate: Bool)
  ) {
    let workspace = tape.workspace
    let transposed: Tensor<Element> = workspace.tensor(rows.count, product.cotangent.rows)
    Element.transpose(product.cotangent.columns(rows), into: transposed)
    let input = PackedMatrix(product.input, workspace)
    destination.tensor.rows(rows).assignProduct(transposed, input, accumulate: destination.accumulate)
    input.giveBack(to: workspace)
    workspace.giveBack(transposed)
  }
}

/// Joins products whose factors follow one another in memory.
enum ProductGathering {
  /// The same sum of cotangentᵀ·input with as few products as the memory allows, in ascending order of rows.
  static func stacked<Element>(
    _ products: [(cotangent: Tensor<Element>, input: Tensor<Element>)]
  ) -> [(cotangent: Tensor<Element>, input: Tensor<Element>)] {
    var joined: [(cotangent: Tensor<Element>, input: Tensor<Element>)] = []
    // A reverse sweep gathers the last step first.
    for product in products.reversed() {
      if let last = joined.last, follows(product.cotangent, last.cotangent), follows(product.input, last.input) {
        joined[joined.count - 1] = (extended(last.cotangent, product.cotangent), extended(last.input, product.input))
      } else {
        joined.append(product)
      }
    }
    return joined
  }

  private static func follows<Element>(_ next: Tensor<Element>, _ last: Tensor<Element>) -> Bool {
    next.columns == last.columns && next.stride == last.stride && next.pointer == last.pointer + last.rows * last.stride
  }

  private static func extended<Element>(_ last: Tensor<Element>, _ next: Tensor<Element>) -> Tensor<Element> {
    Tensor(pointer: last.pointer, rows: last.rows + next.rows, columns: last.columns, stride: last.stride)
  }
}
