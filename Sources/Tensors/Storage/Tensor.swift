/// A matrix [rows, columns] in row-major order with a row stride; leading axes of larger arrays are flattened into rows.
///
/// It refers to memory of a `Workspace` and is valid as long as that memory is not given back. Copies refer to the same
/// memory.
package struct Tensor<Element: TensorElement> {
  /// The first element.
  package let pointer: UnsafeMutablePointer<Element>
  /// Number of rows.
  package let rows: Int
  /// Number of columns.
  package let columns: Int
  /// Elements from one row to the next, at least `columns`.
  package let stride: Int

  /// Refers to memory.
  package init(pointer: UnsafeMutablePointer<Element>, rows: Int, columns: Int, stride: Int) {
    self.pointer = pointer
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// Number of elements.
  package var count: Int { rows * columns }

  /// Whether the elements lie next to one another.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// The view of some rows.
  ///
  /// - Precondition: The range lies in the matrix.
  package func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows of the matrix")
    return Tensor(pointer: pointer + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }

  /// The view of some columns.
  ///
  /// - Precondition: The range lies in the matrix.
  package func columns(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns, "columns of the matrix")
    return Tensor(pointer: pointer + range.lowerBound, rows: rows, columns: range.count, stride: stride)
  }

  /// The same elements in another shape.
  ///
  /// - Precondition: The matrix is contiguous and the number of elements stays.
  package func reshaped(_ rows: Int, _ columns: Int) -> Tensor {
    precondition(isContiguous && rows * columns == count, "same elements")
    return Tensor(pointer: pointer, rows: rows, columns: columns, stride: columns)
  }

  /// One element.
  package subscript(row: Int, column: Int) -> Element {
    get { pointer[row * stride + column] }
    nonmutating set { pointer[row * stride + column] = newValue }
  }

  /// The elements in row-major order.
  package var elements: [Element] {
    var all: [Element] = []
    all.reserveCapacity(count)
    for row in 0..<rows { all += UnsafeBufferPointer(start: pointer + row * stride, count: columns) }
    return all
  }
}
