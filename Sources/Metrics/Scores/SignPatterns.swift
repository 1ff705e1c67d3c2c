import Tensors

/// Signs of activations as a matrix of 0 and 1, a row for each sample and a column for each neuron. Exact.
package final class SignPatterns {
  /// Number of rows.
  package let samples: Int
  /// Number of columns.
  package private(set) var neurons = 0
  private let countsColumns: Bool
  private var rows: [[UInt64]]
  private var columns: Set<[UInt64]> = []
  /// Columns of up to 64 samples.
  private var shortColumns: Set<UInt64> = []
  private var bits: [UInt64] = []

  /// A matrix without columns.
  ///
  /// - Parameter countsColumns: True when `distinctColumns` is wanted.
  package init(samples: Int, countsColumns: Bool) {
    self.samples = samples
    self.countsColumns = countsColumns
    rows = Array(repeating: [], count: samples)
  }

  /// Adds columns: 1 where an output is positive [samples, neurons].
  package func add<Element: TensorElement>(_ outputs: Tensor<Element>) {
    precondition(outputs.rows == samples, "a row for each sample")
    let words = (outputs.columns + 63) / 64
    if bits.count < words * samples { bits = Array(repeating: 0, count: words * samples) }
    Element.signBits(outputs, into: &bits, wordsPerRow: words)
    neurons += outputs.columns
    guard countsColumns else {
      for row in 0..<samples { rows[row] += bits[row * words..<(row + 1) * words] }
      return
    }
    if samples <= 64 {
      for column in 0..<outputs.columns {
        var code: UInt64 = 0
        for row in 0..<samples { code = code << 1 | bits[row * words + column >> 6] >> UInt64(column & 63) & 1 }
        shortColumns.insert(code)
      }
      return
    }
    for column in 0..<outputs.columns {
      var code = [UInt64](repeating: 0, count: (samples + 63) / 64)
      for row in 0..<samples {
        code[row >> 6] |= (bits[row * words + column >> 6] >> UInt64(column & 63) & 1) << UInt64(row & 63)
      }
      columns.insert(code)
    }
  }

  /// Number of distinct rows, when columns are not counted.
  package var distinctRows: Int { Set(rows).count }

  /// Number of distinct columns, when they are counted.
  package var distinctColumns: Int { columns.count + shortColumns.count }
}
