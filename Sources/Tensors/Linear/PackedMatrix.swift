/// A matrix B [rows, columns] laid out for products a·B that are done again and again: panels of a few columns, each without
/// gaps, so that a product reads memory in order and packs nothing.
///
/// Products go through kernels that libxsmm makes for the shape at hand. For the some fifty rows of a batch they are up to
/// half as fast again as a BLAS call, which packs B each time.
public struct PackedMatrix<Element: TensorElement> {
  /// Number of rows: the inner size of products.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Panels [⌈columns / width⌉, rows, width] in the order of memory.
  let panels: Tensor<Element>

  /// Lays out a matrix [rows, columns] in memory of a workspace.
  public init(_ matrix: Tensor<Element>, _ workspace: Workspace) {
    self.init(rows: matrix.rows, columns: matrix.columns, workspace)
    Element.pack(matrix, into: panels.pointer)
  }

  /// Lays out the transpose of a matrix [columns, rows] in memory of a workspace.
  public init(transposeOf matrix: Tensor<Element>, _ workspace: Workspace) {
    self.init(rows: matrix.columns, columns: matrix.rows, workspace)
    Element.pack(transposeOf: matrix, into: panels.pointer)
  }

  private init(rows: Int, columns: Int, _ workspace: Workspace) {
    self.rows = rows
    self.columns = columns
    let count = (columns + Element.panelWidth - 1) / Element.panelWidth
    panels = workspace.tensor(count * rows, Element.panelWidth)
  }

  private init(rows: Int, columns: Int, panels: Tensor<Element>) {
    self.rows = rows
    self.columns = columns
    self.panels = panels
  }

  /// The matrix of magnitudes.
  public func magnitudes(_ workspace: Workspace) -> PackedMatrix {
    let copy: Tensor<Element> = workspace.tensor(panels.rows, panels.columns)
    Element.magnitude(panels, into: copy)
    return PackedMatrix(rows: rows, columns: columns, panels: copy)
  }

  /// Gives the memory back.
  public func giveBack(to workspace: Workspace) { workspace.giveBack(panels) }
}

extension Tensor {
  /// self ← a·B, or added to what is there. a [n, rows], B [rows, columns], self [n, columns].
  ///
  /// Every element is summed in blocks of 128 terms in ascending order of the inner index, and the blocks one after the
  /// other, whatever the shapes are split into. In single precision the error is about half that of one long sum.
  public func assignProduct(_ a: Tensor, _ b: PackedMatrix<Element>, accumulate: Bool = false) {
    precondition(a.columns == b.rows && rows == a.rows && columns == b.columns, "sizes agree")
    guard rows > 0, columns > 0 else { return }
    guard b.rows > 0 else {
      if !accumulate { fill(0) }
      return
    }
    ProductCounter.add(rows, columns, b.rows)
    let width = Element.panelWidth
    // A block of a, a panel of B and a tile of the product stay in the cache of a core.
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 64 * width) { memory in
      guard let tile = memory.baseAddress else { return }
      for top in Swift.stride(from: 0, to: rows, by: 64) {
        let height = Swift.min(64, rows - top)
        for left in Swift.stride(from: 0, to: columns, by: width) {
          let panel = b.panels.pointer + left * b.rows
          let (target, count) = (pointer + top * stride + left, Swift.min(width, columns - left))
          for start in Swift.stride(from: 0, to: b.rows, by: 128) {
            let isAdded = accumulate || start > 0
            Element.panelProduct(
              a.pointer + top * a.stride + start, stride: a.stride, panel + start * width,
              into: isAdded ? tile : target, stride: isAdded ? width : stride, height: height, width: count,
              inner: Swift.min(128, b.rows - start))
            if isAdded { Element.addTile(tile, stride: width, into: target, stride: stride, height, count) }
          }
        }
      }
    }
  }
}
