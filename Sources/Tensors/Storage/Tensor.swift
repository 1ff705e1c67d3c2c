/// Rows at equal distances: first, first + step, …, in all `count`.
///
/// In a matrix [T·B, width] of T steps of B sequences each, step by step, `RowSequence(first: b, count: T, step: B)` is
/// sequence b.
package struct RowSequence: Sendable, Hashable {
  /// The first row.
  package let first: Int
  /// Number of rows.
  package let count: Int
  /// From one row to the next, at least 1.
  package let step: Int

  /// Rows first, first + step, ….
  ///
  /// - Precondition: `first` and `count` are not negative, and `step` is positive.
  package init(first: Int, count: Int, step: Int) {
    precondition(first >= 0 && count >= 0 && step > 0, "rows in ascending order")
    self.first = first
    self.count = count
    // Equal rows are equal sequences.
    self.step = count > 1 ? step : 1
  }

  /// Rows that follow one another.
  package init(_ range: Range<Int>) { self.init(first: range.lowerBound, count: range.count, step: 1) }

  /// One more than the last row; `first` when there is none.
  package var end: Int { count == 0 ? first : first + (count - 1) * step + 1 }

  /// Every row.
  package var indices: some Sequence<Int> { (0..<count).lazy.map { first + $0 * step } }

  /// The rows of these that a sequence of them selects.
  package func selecting(_ inner: RowSequence) -> RowSequence {
    precondition(inner.count == 0 || inner.end <= count, "rows of these rows")
    return RowSequence(first: first + inner.first * step, count: inner.count, step: step * inner.step)
  }
}

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
  /// Elements from one row to the next, at least `columns`; 0 when all rows are the same.
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

  /// True when no memory lies between one row and the next: the stride is the number of columns, or there is at most one row.
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

  /// The view of rows at equal distances.
  ///
  /// - Precondition: They lie in the matrix.
  package func rows(_ sequence: RowSequence) -> Tensor {
    precondition(sequence.count == 0 || sequence.end <= rows, "rows of the matrix")
    return Tensor(
      pointer: pointer + sequence.first * stride, rows: sequence.count, columns: columns, stride: sequence.step * stride
    )
  }

  /// A matrix of one row as one of many equal rows, in the same memory: to be read alone.
  ///
  /// - Precondition: It has one row.
  package func repeated(rows count: Int) -> Tensor {
    precondition(rows == 1, "one row is repeated")
    return Tensor(pointer: pointer, rows: count, columns: columns, stride: 0)
  }

  /// The same elements in another shape.
  ///
  /// - Precondition: The matrix is contiguous and the number of elements stays.
  package func reshaped(_ rows: Int, _ columns: Int) -> Tensor {
    precondition(isContiguous && rows * columns == count, "same elements")
    return Tensor(pointer: pointer, rows: rows, columns: columns, stride: columns)
  }

  /// One element. A call from another module is not compiled into its loop: one over many elements is faster on `pointer`.
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

  /// Sets every element.
  package func fill(_ value: Double) { Element.fill(self, value) }

  /// Copies the elements of a matrix of the same shape.
  package func copy(from other: Tensor) { Element.scale(1, other, into: self, accumulate: false) }

  /// Adds a multiple of a matrix of the same shape.
  package func add(_ other: Tensor, scaledBy factor: Double = 1) {
    Element.scale(factor, other, into: self, accumulate: true)
  }
}
