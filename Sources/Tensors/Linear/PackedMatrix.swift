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
    Element.pack(matrix, transposed: false, into: packed.pointer)
  }

  /// Lays out the transpose of a matrix [columns, rows] in memory of a workspace.
  package init(transposeOf matrix: Tensor<Element>, _ workspace: Workspace) {
    self.init(rows: matrix.columns, columns: matrix.rows, workspace)
    Element.pack(matrix, transposed: true, into: packed.pointer)
  }

  private init(rows: Int, columns: Int, _ workspace: Workspace) {
    self.rows = rows
    self.columns = columns
    packed = workspace.tensor(1, Element.packedCount(rows: rows, columns: columns))
  }

  /// The matrix of magnitudes.
  package func magnitudes(_ workspace: Workspace) -> PackedMatrix {
    let copy = PackedMatrix(rows: rows, columns: columns, workspace)
    Element.magnitude(packed, into: copy.packed)
    return copy
  }

  /// Gives the memory back.
  package func giveBack(to workspace: Workspace) { workspace.giveBack(packed) }
}

extension Tensor {
  /// self ← a·B, or that added to what is there. a [n, rows], B [rows, columns], self [n, columns]. The bits are
  /// those of the product with the matrix that was laid out.
  ///
  /// - Precondition: The sizes agree, and self overlaps neither factor.
  package func assignProduct(_ a: Tensor, _ b: PackedMatrix<Element>, accumulate: Bool = false) {
    precondition(a.columns == b.rows && rows == a.rows && columns == b.columns, "sizes agree")
    ProductCounter.add(rows, columns, b.rows)
    Element.packedProduct(a, b.packed.pointer, accumulate: accumulate, into: self)
  }
}
