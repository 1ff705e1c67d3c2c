import CKernels

/// Counts equal bits of rows.
package enum SignAgreement {
  /// kernel[i, j] += the number of the first `bitsPerRow` bits that rows i and j share. bits [rows, words], kernel
  /// [rows, rows]. O(rows² · words).
  package static func add(_ bits: [UInt64], rows: Int, words: Int, bitsPerRow: Int, to kernel: inout [Int64]) {
    precondition(bits.count >= rows * words && kernel.count == rows * rows, "bits and kernel have the rows' size")
    tf_agreement_add(rows, words, bitsPerRow, bits, &kernel)
  }
}
