import Tensors
import Testing

/// Memory that is handed out, given back and used again.
@Suite struct WorkspaceTests {
  @Test func whatIsGivenBackIsHandedOutAgain() {
    let workspace = Workspace()
    let first: Tensor<Double> = workspace.tensor(10, 10)
    let address = first.pointer
    #expect(Int(bitPattern: address) % 64 == 0)
    workspace.giveBack(first)
    let second: Tensor<Double> = workspace.tensor(5, 20)
    #expect(second.pointer == address)
    let third: Tensor<Double> = workspace.tensor(5, 20)
    #expect(third.pointer != address)
  }

  @Test func bytesAreThoseInUse() {
    let workspace = Workspace()
    #expect(workspace.bytesInUse == 0 && workspace.peakBytes == 0)
    let small: Tensor<Float> = workspace.tensor(3, 5)
    #expect(workspace.bytesInUse == 64)
    let large: Tensor<Double> = workspace.tensor(100, 100)
    // At least the elements, at most an eighth more.
    #expect((80_064...90_064).contains(workspace.bytesInUse))
    let peak = workspace.bytesInUse
    workspace.giveBack(large)
    #expect(workspace.bytesInUse == 64 && workspace.peakBytes == peak)
    workspace.resetPeak()
    #expect(workspace.peakBytes == 64)
    workspace.giveBack(small)
    #expect(workspace.bytesInUse == 0)
  }

  @Test func giveBackSinceAMoment() {
    let workspace = Workspace()
    let kept: Tensor<Float> = workspace.tensor(1, 100)
    kept.fill(3)
    let bytes = workspace.bytesInUse
    let outer = workspace.mark()
    let first: Tensor<Float> = workspace.tensor(1, 100)
    first.fill(4)
    let between = workspace.bytesInUse
    let inner = workspace.mark()
    let second: Tensor<Float> = workspace.tensor(1, 100)
    let third: Tensor<Float> = workspace.tensor(50, 100)
    workspace.giveBack(second)
    workspace.giveBack(since: inner)
    #expect(workspace.bytesInUse == between && first.elements.allSatisfy { $0 == 4 })
    let again: Tensor<Float> = workspace.tensor(50, 100)
    #expect(again.pointer == third.pointer)
    workspace.giveBack(since: outer)
    #expect(workspace.bytesInUse == bytes && kept.elements.allSatisfy { $0 == 3 })
    workspace.giveBack(since: workspace.mark())
    #expect(workspace.bytesInUse == bytes)
    workspace.giveBackAll()
    #expect(workspace.bytesInUse == 0)
  }

  /// Memory handed out again belongs to the moment of the second time.
  @Test func memoryUsedAgainIsNew() {
    let workspace = Workspace()
    let early: Tensor<Float> = workspace.tensor(2, 2)
    workspace.giveBack(early)
    let mark = workspace.mark()
    let late: Tensor<Float> = workspace.tensor(2, 2)
    #expect(late.pointer == early.pointer)
    workspace.giveBack(since: mark)
    #expect(workspace.bytesInUse == 0)
  }

  /// Sizes that never come again do not pile up: 1.5 GiB in all, none of which is touched.
  @Test func whatIsKeptForUseAgainIsBounded() {
    let workspace = Workspace()
    for size in 1...12 {
      let matrix: Tensor<Double> = workspace.tensor(size << 10, 1 << 11)
      #expect(workspace.bytesHeld <= workspace.peakBytes + 128 << 20)
      workspace.giveBack(matrix)
    }
    #expect(workspace.bytesInUse == 0 && workspace.bytesHeld > 0)
    workspace.trim()
    #expect(workspace.bytesHeld == 0)
  }

  @Test func matricesOfNothing() {
    let workspace = Workspace()
    let empty: Tensor<Double> = workspace.zeros(0, 5)
    let other: Tensor<Double> = workspace.zeros(5, 0)
    #expect(empty.elements.isEmpty && other.elements.isEmpty && empty.pointer != other.pointer)
    workspace.giveBack(empty)
    workspace.giveBack(other)
    workspace.trim()
    #expect(workspace.bytesInUse == 0)
  }

  @Test func viewsShareElements() {
    let workspace = Workspace()
    let matrix: Tensor<Float> = workspace.tensor(4, 6)
    for index in 0..<24 { matrix.pointer[index] = Float(index) }
    let view = matrix.rows(1..<3).columns(2..<5)
    #expect(view.elements == [8, 9, 10, 14, 15, 16] && !view.isContiguous && view.count == 6)
    view[1, 2] = -1
    #expect(matrix[2, 4] == -1)
    #expect(matrix.reshaped(3, 8)[1, 0] == 8)
    #expect(view.rows(0..<0).elements.isEmpty)
  }

  /// Every third row from the second on, every second one of these, and one row as many.
  @Test func rowsAtEqualDistances() {
    let workspace = Workspace()
    let matrix: Tensor<Float> = workspace.tensor(11, 2)
    for index in 0..<22 { matrix.pointer[index] = Float(index) }
    let rows = RowSequence(first: 1, count: 4, step: 3)
    #expect(Array(rows.indices) == [1, 4, 7, 10] && rows.end == 11)
    #expect(matrix.rows(rows).elements == [2, 3, 8, 9, 14, 15, 20, 21])
    let inner = RowSequence(first: 1, count: 2, step: 2)
    #expect(Array(rows.selecting(inner).indices) == [4, 10])
    #expect(matrix.rows(rows).rows(inner).elements == matrix.rows(rows.selecting(inner)).elements)
    #expect(RowSequence(first: 3, count: 1, step: 7) == RowSequence(3..<4))
    #expect(matrix.rows(RowSequence(first: 5, count: 0, step: 9)).elements.isEmpty)
    let repeated = matrix.rows(4..<5).repeated(rows: 3)
    #expect(repeated.elements == [8, 9, 8, 9, 8, 9])
    let sum: Tensor<Float> = workspace.zeros(3, 2)
    sum.add(repeated, scaledBy: 0.5)
    #expect(sum.elements == [4, 4.5, 4, 4.5, 4, 4.5])
  }
}
