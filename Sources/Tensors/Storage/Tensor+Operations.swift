extension Tensor {
  /// Sets every element.
  package func fill(_ value: Element) { Element.fill(self, value) }

  /// Copies the elements of a matrix of the same shape.
  package func copy(from other: Tensor) { Element.scale(1, other, into: self, accumulate: false) }

  /// Adds a multiple of a matrix of the same shape.
  package func add(_ other: Tensor, scaledBy factor: Element = 1) {
    Element.scale(factor, other, into: self, accumulate: true)
  }

  /// self ← op(a)·op(b), or that added to what is there. op(a) [rows, k], op(b) [k, columns].
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
    Element.product(
      a, transposed: aTransposed, b, rightTransposed: bTransposed, accumulate: accumulate, into: self, isUpper: isUpper)
  }
}
