import Outcomes

extension Recipe {
  /// Exact number of parameters of a language model with this cell: V·e for the embedding; for each layer and linear
  /// H for the bias, and H·I or H·H for each input that is x or not; V for the decoder's bias, and V·H of the last layer
  /// for its weights unless they are tied. Unused linears count.
  ///
  /// - Throws: `Reason` when the number does not fit 64 bits.
  package func parameterCount(_ sizes: RecurrentSizes) throws(Reason) -> Int {
    var count = ExactCount()
    count.add(sizes.vocabularySize, sizes.embeddingSize)
    count.add(sizes.vocabularySize)
    if !sizes.isTied { count.add(sizes.vocabularySize, sizes.hiddenSize) }
    let linears = LinearCounts(self)
    for layer in 0..<sizes.layerCount {
      let (input, hidden) = sizes.widths(ofLayer: layer)
      count.add(linears.fromInput, hidden, input)
      count.add(linears.fromHidden, hidden, hidden)
      count.add(linears.count, hidden)
    }
    return try count.checked("parameters")
  }
}

/// The number of linears of a recipe, and the numbers of their matrices.
struct LinearCounts {
  /// Linear nodes.
  let count: Int
  /// Matrices applied to x.
  let fromInput: Int
  /// Matrices applied to vectors of the hidden size.
  let fromHidden: Int

  init(_ recipe: Recipe) {
    let inputs = recipe.linearNodes.flatMap { recipe.nodes[$0].inputs }
    count = recipe.linearNodes.count
    fromInput = inputs.count { $0 == .x }
    fromHidden = inputs.count - fromInput
  }
}

/// Sums and products of counts that say when they do not fit.
struct ExactCount {
  private(set) var value = 0
  private(set) var isExact = true

  /// Adds a product.
  mutating func add(_ factors: Int...) {
    var product = 1
    for factor in factors {
      let (partial, overflow) = product.multipliedReportingOverflow(by: factor)
      if overflow { isExact = false }
      product = partial
    }
    let (sum, overflow) = value.addingReportingOverflow(product)
    if overflow { isExact = false }
    value = sum
  }

  /// The value, when it fits.
  ///
  /// - Throws: `Reason` when it does not fit 64 bits.
  func checked(_ name: String) throws(Reason) -> Int {
    guard isExact else { throw Reason("the number of \(name) does not fit 64 bits") }
    return value
  }
}
