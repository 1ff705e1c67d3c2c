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
  /// Every element is one sum in ascending order of the inner index, whatever the shapes are split into.
  public func assignProduct(_ a: Tensor, _ b: PackedMatrix<Element>, accumulate: Bool = false) {
    precondition(a.columns == b.rows && rows == a.rows && columns == b.columns, "sizes agree")
    guard rows > 0, columns > 0 else { return }
    guard b.rows > 0 else {
      if !accumulate { fill(0) }
      return
    }
    ProductCounter.add(rows, columns, b.rows)
    let width = Element.panelWidth
    // A block of a and a panel of B stay in the cache of a core.
    for top in Swift.stride(from: 0, to: rows, by: 64) {
      let height = Swift.min(64, rows - top)
      for left in Swift.stride(from: 0, to: columns, by: width) {
        let panel = b.panels.pointer + left * b.rows
        for start in Swift.stride(from: 0, to: b.rows, by: 512) {
          Element.panelProduct(
            a.pointer + top * a.stride + start, stride: a.stride, panel + start * width,
            into: pointer + top * stride + left, stride: stride, height: height,
            width: Swift.min(width, columns - left), inner: Swift.min(512, b.rows - start),
            accumulate: accumulate || start > 0)
        }
      }
    }
  }
}
