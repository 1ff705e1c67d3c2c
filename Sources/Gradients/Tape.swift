import Tensors

/// Records operations with their values, in the order in which they were computed.
///
/// ```swift
/// let tape = Tape<Double>(workspace)
/// let x = tape.leaf(value, gradient: .all)                // [3, 5]
/// let y = tape.variable(workspace.tensor(3, 5))
/// tape.gelu(x, into: y)
/// let sweep = ReverseSweep(tape)
/// sweep.seed(y, cotangent)
/// sweep.run()
/// sweep.cotangent(x)                                      // gelu′(x) ⊙ cotangent
/// ```
///
/// One thread; its memory is the workspace's. A tape of a full-size recurrent network holds some thousand operations, each
/// recorded in well under a microsecond.
package final class Tape<Element: TensorElement> {
  struct Entry {
    var value: Tensor<Element>
    /// The variable whose memory holds this one's cotangent: itself, or the one it is a view of.
    var root: Int
    /// The variable it was made a view of; itself when it is none.
    var parent: Int
    /// Its rows in the root; `columns` are its columns there.
    var rows: RowSequence
    var columns: Range<Int>
    var isWanted: Bool
    var request: GradientRequest
    /// The first operation that reads it.
    var firstUse: Int
    /// The view of it that was made last.
    var latestView: Int?
    /// True when its memory is used again once every operation that reads it has run.
    var isScratch = false

    /// Its part of a matrix of the root's shape.
    func part(of memory: Tensor<Element>) -> Tensor<Element> { memory.rows(rows).columns(columns) }

    /// Whether all its elements come after those of another part of the same variable: below them, or beside them to the
    /// right.
    func follows(_ other: Entry) -> Bool {
      rows.first >= other.rows.end || (rows == other.rows && columns.lowerBound >= other.columns.upperBound)
    }
  }

  /// The memory of values and cotangents.
  package let workspace: Workspace
  private(set) var entries: [Entry] = []
  private(set) var operations: [any Operation<Element>] = []
  /// By operation, the roots whose cotangents are settled once the reverse sweep has passed it.
  private(set) var origins: [Int: [Int]] = [:]
  private var views: [ViewPlace: Variable] = [:]
  /// The variables of which some view does not follow the one before it: only these can have views that overlap.
  private var unordered: Set<Int> = []
  private var overlaps: (entries: Int, variables: Set<Int>)?

  private struct ViewPlace: Hashable {
    var parent: Int
    var rows: RowSequence
    var columns: Range<Int>
  }

  /// Creates an empty tape.
  package init(_ workspace: Workspace) { self.workspace = workspace }

  /// A value that no operation computed.
  package func leaf(_ value: Tensor<Element>, gradient request: GradientRequest = .none) -> Variable {
    add(value, isWanted: request != .none, request: request)
  }

  /// A variable whose value an operation writes into the given memory.
  ///
  /// - Parameters:
  ///   - value: The memory.
  ///   - isScratch: Whether the memory is used again once every operation that reads it has run. Only sums may read it: their
  ///     pullbacks need neither its value nor its tangent.
  package func variable(_ value: Tensor<Element>, isScratch: Bool = false) -> Variable {
    let variable = add(value, isWanted: false, request: .none)
    entries[variable.index].isScratch = isScratch
    return variable
  }

  /// A variable whose parts operations write through views, and others read as a whole; its cotangent is one matrix of
  /// which the views' cotangents are parts. Operations must not write the same element twice.
  /// Of a scratch series, each view has a value of its own; see `variable(_:isScratch:)`.
  package func series(_ value: Tensor<Element>, isScratch: Bool = false) -> Variable {
    let variable = variable(value, isScratch: isScratch)
    origins[operations.count, default: []].append(variable.index)
    return variable
  }

  /// A part of a variable that shares its value and cotangent, rows at equal distances of some columns: a sequence of a
  /// batch, a head of an attention. The same part is one view however often it is asked for; views of views are parts of
  /// those.
  ///
  /// Views of one variable may overlap, as those by step and those by sequence do: each adds to the one cotangent.
  package func view(_ of: Variable, rows: RowSequence, columns: Range<Int>) -> Variable {
    let place = ViewPlace(parent: of.index, rows: rows, columns: columns)
    if let view = views[place] { return view }
    let view = part(of, rows: rows, columns: columns)
    views[place] = view
    return view
  }

  /// A part of a variable of rows that follow one another.
  package func view(_ of: Variable, rows: Range<Int>, columns: Range<Int>) -> Variable {
    view(of, rows: RowSequence(rows), columns: columns)
  }

  private func part(_ of: Variable, rows: RowSequence, columns: Range<Int>) -> Variable {
    let entry = entries[of.index]
    let start = entry.columns.lowerBound
    let part = Entry(
      value: entry.value.rows(rows).columns(columns), root: entry.root, parent: of.index,
      rows: entry.rows.selecting(rows), columns: start + columns.lowerBound..<start + columns.upperBound,
      isWanted: entry.isWanted, request: .none, firstUse: -1)
    if let latest = entry.latestView, !part.follows(entries[latest]) { unordered.insert(of.index) }
    entries[of.index].latestView = entries.count
    entries.append(part)
    return Variable(index: entries.count - 1)
  }

  /// A part of a variable whose value is elsewhere: for operations that write into memory used again, and whose output no
  /// pullback reads.
  package func view(_ of: Variable, rows: Range<Int>, columns: Range<Int>, value: Tensor<Element>) -> Variable {
    let variable = part(of, rows: RowSequence(rows), columns: columns)
    entries[variable.index].value = value
    return variable
  }

  /// The variables that have views with elements in common, found once for each length of the tape. O(n) for n variables
  /// where some have views out of order, O(1) otherwise.
  func overlapped() -> Set<Int> {
    if let known = overlaps, known.entries == entries.count { return known.variables }
    var views: [Int: [Entry]] = [:]
    if !unordered.isEmpty {
      for index in entries.indices where unordered.contains(entries[index].parent) && entries[index].parent != index {
        views[entries[index].parent, default: []].append(entries[index])
      }
    }
    let found = Set(views.keys.filter { ViewCover(of: entries[$0], views[$0] ?? []).hasOverlap })
    overlaps = (entries.count, found)
    return found
  }

  /// The value of a variable.
  package func value(_ variable: Variable) -> Tensor<Element> { entries[variable.index].value }

  /// True when a requested leaf leads to a variable, so that its cotangent is wanted.
  package func isWanted(_ variable: Variable) -> Bool {
    entries[variable.index].isWanted || entries[entries[variable.index].root].isWanted
  }

  /// Has the cotangent of a variable computed although no requested leaf may lead to it. To be called before the operation
  /// that writes it is recorded.
  package func want(_ variable: Variable) {
    entries[variable.index].isWanted = true
    entries[entries[variable.index].root].isWanted = true
  }

  /// The place between what is recorded and what comes next.
  package func mark() -> TapeMark { TapeMark(index: operations.count) }

  private func add(_ value: Tensor<Element>, isWanted: Bool, request: GradientRequest) -> Variable {
    let index = entries.count
    entries.append(
      Entry(
        value: value, root: index, parent: index, rows: RowSequence(0..<value.rows), columns: 0..<value.columns,
        isWanted: isWanted, request: request, firstUse: -1))
    return Variable(index: index)
  }

  /// Records an operation whose value was just computed; when neither an input nor the output is wanted it is forgotten.
  func record(_ operation: some Operation<Element>) {
    guard operation.inputs.contains(where: { isWanted($0) }) || isWanted(operation.output) else { return }
    let output = operation.output.index
    entries[output].isWanted = true
    let root = entries[output].root
    entries[root].isWanted = true
    for input in operation.inputs where entries[input.index].firstUse < 0 {
      entries[input.index].firstUse = operations.count
    }
    if root == output { origins[operations.count, default: []].append(root) }
    operations.append(operation)
  }

  /// Runs a function with a matrix of unspecified content that is given back at its end.
  func withScratch<Result>(_ rows: Int, _ columns: Int, _ body: (Tensor<Element>) -> Result) -> Result {
    let memory: Tensor<Element> = workspace.tensor(rows, columns)
    defer { workspace.giveBack(memory) }
    return body(memory)
  }
}

/// A value on a tape.
package struct Variable: Sendable, Hashable {
  let index: Int
}

/// The part of a leaf's gradient that is asked for.
package enum GradientRequest: Sendable, Hashable {
  /// None: what only leads to this leaf is not computed.
  case none
  /// All of it.
  case all
  /// Some rows; the others are left out and undefined.
  case rows(Range<Int>)
}

/// A place between operations of a tape.
package struct TapeMark: Sendable, Hashable {
  let index: Int
}

/// An operation as it stands on a tape. Its forward computation is the function of `Tape` that records it; the README of the
/// module says how one is added, and `Cube` in its tests is one to copy.
///
/// In the three functions nil stands for zero, or for what nobody wants; a destination that a sweep hands out is written.
package protocol Operation<Element> {
  associatedtype Element: TensorElement

  /// The variables it reads. An operation of which neither these nor the output are wanted is not recorded.
  var inputs: [Variable] { get }

  /// The variable it wrote.
  var output: Variable { get }

  /// Adds the vector-Jacobian products of the output's cotangent to the cotangents of the inputs that are wanted.
  func pullback(_ sweep: ReverseSweep<Element>)

  /// Writes the output's tangent from those of the inputs; an input without a tangent has the tangent zero.
  func pushforward(_ sweep: TangentSweep<Element>)

  /// Adds the tangents of what `pullback` adds to the cotangents of a second sweep.
  func pullbackTangent(
    _ second: ReverseSweep<Element>, primal: ReverseSweep<Element>, _ tangents: TangentSweep<Element>)
}
