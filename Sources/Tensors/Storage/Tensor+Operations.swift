extension Tensor {
  /// Sets every element.
  public func fill(_ value: Element) { Element.fill(self, value) }

  /// Copies the elements of a matrix of the same shape.
  public func copy(from other: Tensor) { Element.scale(1, other, into: self, accumulate: false) }

  /// Adds a multiple of a matrix of the same shape.
  public func add(_ other: Tensor, scaledBy factor: Element = 1) {
    Element.scale(factor, other, into: self, accumulate: true)
  }

  /// self ← α·op(a)·op(b), or added to what is there.
  public func assignProduct(
    _ a: Tensor, transposed aTransposed: Bool = false, _ b: Tensor, rightTransposed bTransposed: Bool = false,
    accumulate: Bool = false
  ) {
    Element.product(
      a, transposed: aTransposed, b, rightTransposed: bTransposed, alpha: 1, beta: accumulate ? 1 : 0, into: self)
  }
}
