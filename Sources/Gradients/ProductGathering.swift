import Tensors

/// Joins products whose factors follow one another in memory.
enum ProductGathering {
  /// The same sum of cotangentᵀ·input with as few products as the memory allows, in ascending order of rows.
  static func stacked<Element>(
    _ products: [(cotangent: Tensor<Element>, input: Tensor<Element>)]
  ) -> [(cotangent: Tensor<Element>, input: Tensor<Element>)] {
    var joined: [(cotangent: Tensor<Element>, input: Tensor<Element>)] = []
    // A reverse sweep gathers the last step first.
    for product in products.reversed() {
      if let last = joined.last, follows(product.cotangent, last.cotangent), follows(product.input, last.input) {
        joined[joined.count - 1] = (extended(last.cotangent, product.cotangent), extended(last.input, product.input))
      } else {
        joined.append(product)
      }
    }
    return joined
  }

  private static func follows<Element>(_ next: Tensor<Element>, _ last: Tensor<Element>) -> Bool {
    next.columns == last.columns && next.stride == last.stride && next.pointer == last.pointer + last.rows * last.stride
  }

  private static func extended<Element>(_ last: Tensor<Element>, _ next: Tensor<Element>) -> Tensor<Element> {
    Tensor(pointer: last.pointer, rows: last.rows + next.rows, columns: last.columns, stride: last.stride)
  }
}
