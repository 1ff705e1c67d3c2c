import Networks
import SearchSpaces

/// A bound of the memory that a measurement takes, to be asked for before it begins.
enum MemoryNeed {
  /// Bytes that all metrics together take at most. O(nodes · layers).
  ///
  /// Terms, with p the numbers of the weight matrices with panels of 32 columns, v those of embedding and decoder, a those
  /// that a pass over the tokens keeps (`LanguageModel.check`), T·B tokens in B columns, w the largest width: weights lie in
  /// three layouts, once more as magnitudes, and have gradients (7p, 4v); values have cotangents, tangents and theirs (4a);
  /// scores work in double precision on a few matrices of the size of the states (6·T·B·w), on w² and on B²; the tangent
  /// kernel takes its gradients in blocks. A test holds peaks against it.
  ///
  /// - Precondition: `LanguageModel.check` passed, so that nothing overflows.
  static func bytes(of request: MeasurementRequest) -> Int {
    let settings = request.settings
    let recipe = request.recipe
    let inputs = recipe.linearNodes.flatMap { recipe.nodes[$0].inputs }
    let tokens = request.tokens.ids.count
    let columns = request.tokens.columns
    var matrices = 0
    var units = 0
    for layer in 0..<settings.layerCount {
      let width = settings.width(ofLayer: layer)
      units += width
      for input in inputs {
        matrices += padded(width) * padded(input == .x ? settings.inputWidth(ofLayer: layer) : width)
      }
    }
    let vocabulary = settings.vocabularySize * (settings.embeddingSize + (settings.isTied ? 0 : settings.hiddenSize))
    let values = tokens * (settings.embeddingSize + (recipe.nodes.count + inputs.count) * units)
    let widest = max(settings.embeddingSize, settings.hiddenSize)
    let tangents = min(2_000_000 + columns * widest, columns * widest * widest) + columns * columns
    let element = request.precision == .float64 ? 8 : 4
    let small = 65_536 * (recipe.nodes.count + inputs.count + 4) * settings.layerCount
    return element * (7 * matrices + 4 * vocabulary + 4 * values + tangents)
      + 8 * (6 * tokens * widest + 3 * widest * widest + 4 * columns * columns) + small
  }

  private static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }
}
