import CKernels

/// Counts the floating-point operations of the matrix products of this thread.
package enum ProductCounter {
  /// Operations so far: 2·m·n·k for each product, half of it where one triangle is enough.
  package static var count: UInt64 { tf_counted_operations() }

  static func add(_ rows: Int, _ columns: Int, _ inner: Int, isUpper: Bool = false) {
    tf_count_operations(UInt64((isUpper ? 1 : 2) * rows * columns * inner))
  }
}
