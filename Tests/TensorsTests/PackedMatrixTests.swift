import Tensors
import TestSupport
import Testing

/// Products with matrices laid out in panels, around the sizes of tiles, panels and blocks.
@Suite struct PackedMatrixTests {
  struct Size: Sendable, CustomTestStringConvertible {
    var rows: Int
    var inner: Int
    var columns: Int
    var testDescription: String { "\(rows) x \(inner) x \(columns)" }
  }

  static let sizes = [
    Size(rows: 1, inner: 1, columns: 1), Size(rows: 3, inner: 5, columns: 31), Size(rows: 64, inner: 128, columns: 32),
    Size(rows: 65, inner: 129, columns: 33), Size(rows: 50, inner: 300, columns: 70),
    Size(rows: 130, inner: 17, columns: 16), Size(rows: 4, inner: 0, columns: 3), Size(rows: 0, inner: 4, columns: 3),
    Size(rows: 4, inner: 3, columns: 0),
  ]

  /// A view into a larger matrix of marks, filled with numbers.
  private func view<Element: TensorElement>(
    _ rows: Int, _ columns: Int, salt: Int, _ workspace: Workspace
  ) -> (view: Tensor<Element>, whole: Tensor<Element>) {
    let whole: Tensor<Element> = workspace.tensor(rows + 2, columns + 3)
    whole.fill(-77)
    let view = whole.rows(1..<rows + 1).columns(1..<columns + 1)
    var numbers = SampleNumbers(salt)
    for row in 0..<rows { for column in 0..<columns { view[row, column] = Element(numbers.next()) } }
    return (view, whole)
  }

  private func check<Element: TensorElement>(_ size: Size, _: Element.Type, _ tolerance: Double) {
    let workspace = Workspace()
    let a: Tensor<Element> = view(size.rows, size.inner, salt: 1, workspace).view
    let b: Tensor<Element> = view(size.inner, size.columns, salt: 2, workspace).view
    let turned: Tensor<Element> = workspace.tensor(size.columns, size.inner)
    Element.transpose(b, into: turned)
    let packed = PackedMatrix(b, workspace)
    var results: [[Element]] = []
    for (isAdded, matrix) in [(false, packed), (true, packed), (false, PackedMatrix(transposeOf: turned, workspace))] {
      let (c, whole): (Tensor<Element>, Tensor<Element>) = view(size.rows, size.columns, salt: 3, workspace)
      let old = c.elements.map { Double($0) }
      c.assignProduct(a, matrix, accumulate: isAdded)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          var sum = isAdded ? old[row * size.columns + column] : 0
          for inner in 0..<size.inner { sum += Double(a[row, inner]) * Double(b[inner, column]) }
          #expect(abs(Double(c[row, column]) - sum) <= tolerance * Double(size.inner + 2), "[\(row), \(column)]")
        }
      }
      #expect(whole.elements.count { $0 == -77 } == whole.count - c.count, "nothing around the view is written")
      results.append(c.elements)
    }
    #expect(results[0] == results[2], "a matrix and the transpose of its transpose are laid out alike")
  }

  @Test(arguments: sizes) func single(_ size: Size) { check(size, Float.self, 1e-6) }
  @Test(arguments: sizes) func double(_ size: Size) { check(size, Double.self, 1e-15) }

  /// What an element is does not depend on what is computed beside it.
  @Test func partsAreTheBitsOfTheWhole() {
    let workspace = Workspace()
    let a: Tensor<Float> = view(70, 300, salt: 4, workspace).view
    let b: Tensor<Float> = view(300, 70, salt: 5, workspace).view
    let whole: Tensor<Float> = workspace.tensor(70, 70)
    whole.assignProduct(a, PackedMatrix(b, workspace))
    for (rows, columns) in [(0..<1, 0..<70), (3..<17, 0..<70), (60..<70, 5..<9), (0..<70, 32..<33), (69..<70, 69..<70)]
    {
      let part: Tensor<Float> = workspace.tensor(rows.count, columns.count)
      part.assignProduct(a.rows(rows), PackedMatrix(b.columns(columns), workspace))
      #expect(part.elements == whole.rows(rows).columns(columns).elements, "rows \(rows), columns \(columns)")
    }
  }

  @Test func operationsAreCounted() {
    let workspace = Workspace()
    let a: Tensor<Float> = workspace.zeros(3, 4)
    let b: Tensor<Float> = workspace.zeros(4, 5)
    let c: Tensor<Float> = workspace.zeros(3, 5)
    let packed = PackedMatrix(b, workspace)
    let before = ProductCounter.count
    c.assignProduct(a, packed)
    #expect(ProductCounter.count - before == 2 * 3 * 4 * 5)
  }
}
