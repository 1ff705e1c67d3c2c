import CKernels

/// An element type of the kernels, so that one test serves both.
protocol KernelElement: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// What the kernels call it.
  static var kernelElement: Int32 { get }
}

extension Float: KernelElement {
  static var kernelElement: Int32 { TF_FLOAT }
}

extension Double: KernelElement {
  static var kernelElement: Int32 { TF_DOUBLE }
}

/// A row-major matrix with gaps between its rows; the gaps hold a mark that no kernel may overwrite.
struct StridedMatrix<Element: KernelElement> {
  static var mark: Element { -77 }
  let rows: Int
  let columns: Int
  let stride: Int
  var storage: [Element]

  /// A matrix of zeros.
  init(_ shape: Shape) {
    (rows, columns, stride) = (shape.rows, shape.columns, shape.columns + shape.gap)
    // One element more: the storage of an empty matrix has an address, too.
    storage = [Element](repeating: Self.mark, count: rows * stride + 1)
    for row in 0..<rows { for column in 0..<columns { self[row, column] = 0 } }
  }

  /// Numbers in -2..<2 from a fixed sequence, `salt` of the way into it.
  init(_ shape: Shape, salt: UInt64) {
    self.init(shape)
    var state = salt &* 0x9E37_79B9_7F4A_7C15 &+ 1
    for row in 0..<rows {
      for column in 0..<columns {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        self[row, column] = Element(Double(state >> 11) * 0x1p-51 - 2)
      }
    }
  }

  subscript(row: Int, column: Int) -> Element {
    get { storage[row * stride + column] }
    set { storage[row * stride + column] = newValue }
  }

  /// Whether the gaps still hold the mark.
  var isIntact: Bool {
    storage.indices.allSatisfy { index in
      (stride > 0 && index / stride < rows && index % stride < columns) || storage[index] == Self.mark
    }
  }

  /// The elements as a function of row and column.
  func mapped(_ element: (Int, Int) -> Element) -> Self {
    var result = self
    for row in 0..<rows { for column in 0..<columns { result[row, column] = element(row, column) } }
    return result
  }
}

/// A size and the gap between rows.
struct Shape: Sendable, CustomStringConvertible {
  var rows: Int
  var columns: Int
  var gap: Int
  var description: String { "\(rows) x \(columns), gap \(gap)" }

  /// Sizes around the widths of vectors, tiles and blocks; with and without gaps; empty ones.
  static let all = [
    Shape(rows: 1, columns: 1, gap: 0), Shape(rows: 3, columns: 7, gap: 2), Shape(rows: 5, columns: 16, gap: 0),
    Shape(rows: 4, columns: 33, gap: 5), Shape(rows: 17, columns: 64, gap: 1), Shape(rows: 33, columns: 50, gap: 0),
    Shape(rows: 2, columns: 1029, gap: 3), Shape(rows: 50, columns: 129, gap: 7), Shape(rows: 0, columns: 5, gap: 0),
    Shape(rows: 3, columns: 0, gap: 2),
  ]
}
