import CKernels

extension Tensor {
  /// self ← op(a)·op(b), or that added to what is there. op(a) [rows, k], op(b) [k, columns], op being the transpose where
  /// asked for.
  ///
  /// Every element is a chain of fused multiply-adds over k, ascending, inside blocks of 128, whose sums are added in order:
  /// its bits depend on its row of a and its column of b alone. In single precision the error is about half that of one long
  /// sum. With `isUpper` elements below the diagonal are unspecified afterwards.
  ///
  /// - Precondition: The sizes agree, and self overlaps neither factor.
  package func assignProduct(
    _ a: Tensor, transposed aTransposed: Bool = false, _ b: Tensor, rightTransposed bTransposed: Bool = false,
    accumulate: Bool = false, isUpper: Bool = false
  ) {
    let inner = aTransposed ? a.rows : a.columns
    precondition((aTransposed ? a.columns : a.rows) == rows, "rows of a and the product agree")
    precondition((bTransposed ? b.rows : b.columns) == columns, "columns of b and the product agree")
    precondition((bTransposed ? b.columns : b.rows) == inner, "the inner sizes agree")
    ProductCounter.add(rows, columns, inner, isUpper: isUpper)
    tf_product(
      Element.kernelElement, rows, columns, inner, a.pointer, a.stride, aTransposed.flag, b.pointer, b.stride,
      bTransposed.flag, pointer, stride, accumulate ? TF_PRODUCT_ADD : TF_PRODUCT_ASSIGN, isUpper.flag)
  }

  /// self ← a·B, or that added to what is there. a [n, rows], B [rows, columns], self [n, columns]. The bits are
  /// those of the product with the matrix that was laid out.
  ///
  /// - Precondition: The sizes agree, and self overlaps neither factor.
  package func assignProduct(_ a: Tensor, _ b: PackedMatrix<Element>, accumulate: Bool = false) {
    precondition(a.columns == b.rows && rows == a.rows && columns == b.columns, "sizes agree")
    ProductCounter.add(rows, columns, b.rows)
    tf_packed_product(
      Element.kernelElement, rows, columns, b.rows, a.pointer, a.stride, b.packed.pointer, pointer, stride,
      accumulate ? TF_PRODUCT_ADD : TF_PRODUCT_ASSIGN)
  }
}

/// A matrix B [rows, columns] laid out for products a·B that are done again and again, so that they read memory in order and
/// pack nothing. The layout is that of the `KernelPath` of the thread that made it.
package struct PackedMatrix<Element: TensorElement> {
  /// Number of rows: the inner size of products.
  package let rows: Int
  /// Number of columns.
  package let columns: Int
  /// All elements, and zeros that fill up the last vectors, in one row.
  let packed: Tensor<Element>

  /// Lays out a matrix [rows, columns] in memory of a workspace.
  package init(_ matrix: Tensor<Element>, _ workspace: Workspace) {
    self.init(rows: matrix.rows, columns: matrix.columns, workspace)
    pack(matrix, isTransposed: false)
  }

  /// Lays out the transpose of a matrix [columns, rows] in memory of a workspace.
  package init(transposeOf matrix: Tensor<Element>, _ workspace: Workspace) {
    self.init(rows: matrix.columns, columns: matrix.rows, workspace)
    pack(matrix, isTransposed: true)
  }

  private init(rows: Int, columns: Int, _ workspace: Workspace) {
    self.rows = rows
    self.columns = columns
    packed = workspace.tensor(1, tf_packed_count(Element.kernelElement, rows, columns))
  }

  private func pack(_ matrix: Tensor<Element>, isTransposed: Bool) {
    tf_pack(
      Element.kernelElement, rows, columns, matrix.pointer, matrix.stride, isTransposed.flag, packed.pointer)
  }

  /// Gives the memory back.
  package func giveBack(to workspace: Workspace) { workspace.giveBack(packed) }
}

/// Counts the floating-point operations of the matrix products of this thread.
package enum ProductCounter {
  /// Operations so far: 2·m·n·k for each product, half of it where one triangle is enough.
  package static var count: UInt64 { tf_counted_operations() }

  static func add(_ rows: Int, _ columns: Int, _ inner: Int, isUpper: Bool = false) {
    tf_count_operations(UInt64((isUpper ? 1 : 2) * rows * columns * inner))
  }
}
