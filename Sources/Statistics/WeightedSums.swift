/// Weighted sums of two columns of deviations, their squares and products, in one pass.
struct WeightedSums {
  private(set) var total = 0.0
  private(set) var sums = SIMD2<Double>()
  private(set) var squares = SIMD2<Double>()
  private(set) var products = 0.0

  /// Adds up the rows.
  ///
  /// - Precondition: The three arrays have equal length.
  init(_ xs: [Double], _ ys: [Double], _ weights: [Int32]) {
    precondition(xs.count == ys.count && xs.count == weights.count, "columns have equal length")
    weights.withUnsafeBufferPointer { weights in
      xs.withUnsafeBufferPointer { xs in
        ys.withUnsafeBufferPointer { ys in
          for index in 0..<weights.count {
            let weight = Double(weights[index])
            let pair = SIMD2(xs[index], ys[index])
            let weighted = pair * weight
            total += weight
            sums += weighted
            squares += weighted * pair
            products += weighted.x * pair.y
          }
        }
      }
    }
  }

  /// Σ w (x − x̄)² and Σ w (y − ȳ)².
  var spread: SIMD2<Double> { squares - sums * sums / total }

  /// Σ w (x − x̄)(y − ȳ) / √(Σ w (x − x̄)² Σ w (y − ȳ)²); nil when a column does not vary.
  var pearson: Double? {
    let spread = self.spread
    guard total > 0, spread.x > 0, spread.y > 0 else { return nil }
    let value = (products - sums.x * sums.y / total) / spread.x.squareRoot() / spread.y.squareRoot()
    return value.isFinite ? max(-1, min(1, value)) : nil
  }
}
