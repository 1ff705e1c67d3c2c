import Tensors
import TestSupport
import Testing

/// Products against plain loops, with views, transposes and what is there already.
@Suite struct ProductTests {
  struct Size: Sendable, CustomTestStringConvertible {
    var rows: Int
    var inner: Int
    var columns: Int
    var testDescription: String { "\(rows) x \(inner) x \(columns)" }
  }

  static let sizes = [
    Size(rows: 1, inner: 1, columns: 1), Size(rows: 3, inner: 5, columns: 2), Size(rows: 17, inner: 33, columns: 9),
    Size(rows: 50, inner: 24, columns: 64), Size(rows: 4, inner: 0, columns: 3), Size(rows: 0, inner: 4, columns: 3),
    Size(rows: 4, inner: 3, columns: 0), Size(rows: 2, inner: 300, columns: 1),
  ]

  /// A view into a larger matrix of marks, filled with numbers.
  private func view<Element: TensorElement>(
    _ rows: Int, _ columns: Int, gap: Int, salt: Int, _ workspace: Workspace
  ) -> (view: Tensor<Element>, whole: Tensor<Element>) {
    let whole: Tensor<Element> = workspace.tensor(rows + 2, columns + gap)
    whole.fill(-77)
    let view = whole.rows(1..<rows + 1).columns(gap / 2..<gap / 2 + columns)
    var numbers = SampleNumbers(salt)
    for row in 0..<rows { for column in 0..<columns { view[row, column] = Element(numbers.next()) } }
    return (view, whole)
  }

  private func check<Element: TensorElement>(_ size: Size, _ type: Element.Type, _ tolerance: Double) {
    let workspace = Workspace()
    let flags = [false, true]
    for (gap, aTransposed, bTransposed, isAdded) in product([0, 3], flags, flags, flags) {
      let a: Tensor<Element> =
        view(
          aTransposed ? size.inner : size.rows, aTransposed ? size.rows : size.inner, gap: gap, salt: 1, workspace
        ).view
      let b: Tensor<Element> =
        view(
          bTransposed ? size.columns : size.inner, bTransposed ? size.inner : size.columns, gap: gap, salt: 2,
          workspace
        ).view
      let (c, whole): (Tensor<Element>, Tensor<Element>) = view(size.rows, size.columns, gap: gap, salt: 3, workspace)
      let old = c.elements.map { Double($0) }
      c.assignProduct(a, transposed: aTransposed, b, rightTransposed: bTransposed, accumulate: isAdded)
      for row in 0..<size.rows {
        for column in 0..<size.columns {
          var sum = 0.0
          for inner in 0..<size.inner {
            let left = aTransposed ? a[inner, row] : a[row, inner]
            sum += Double(left) * Double(bTransposed ? b[column, inner] : b[inner, column])
          }
          let expected = isAdded ? sum + old[row * size.columns + column] : sum
          #expect(
            abs(Double(c[row, column]) - expected) <= tolerance * Double(size.inner + 2),
            "gap \(gap), \(aTransposed), \(bTransposed), \(isAdded)")
        }
      }
      let marks = whole.elements.count { $0 == -77 }
      #expect(marks == whole.count - c.count, "nothing around the view is written")
    }
  }

  private func product<A, B, C, D>(_ a: [A], _ b: [B], _ c: [C], _ d: [D]) -> [(A, B, C, D)] {
    a.flatMap { a in b.flatMap { b in c.flatMap { c in d.map { (a, b, c, $0) } } } }
  }

  @Test(arguments: sizes) func single(_ size: Size) { check(size, Float.self, 1e-6) }
  @Test(arguments: sizes) func double(_ size: Size) { check(size, Double.self, 1e-15) }

  /// What is there is forgotten, even what is not a number.
  @Test func productsOverwrite() {
    let workspace = Workspace()
    let one: Tensor<Double> = workspace.tensor(2, 2)
    one.fill(1)
    let result: Tensor<Double> = workspace.tensor(2, 2)
    result.fill(.nan)
    result.assignProduct(one, one)
    #expect(result.elements == [2, 2, 2, 2])
  }

  @Test func operationsAreCounted() {
    let workspace = Workspace()
    let a: Tensor<Float> = workspace.zeros(3, 4)
    let b: Tensor<Float> = workspace.zeros(4, 5)
    let c: Tensor<Float> = workspace.zeros(3, 5)
    let before = ProductCounter.count
    c.assignProduct(a, b)
    #expect(ProductCounter.count - before == 2 * 3 * 4 * 5)
  }
}
