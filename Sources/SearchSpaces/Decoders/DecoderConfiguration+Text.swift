extension DecoderConfiguration {
  /// The configuration in one line of JSON, with the keys of LiteTransformerSearch and `kind`. Heads and inner widths are listed by
  /// layer, cutoffs are those in force, and a GPT-2 has no `mem_len`, a Transformer-XL no `tgt_len`: configurations with the same
  /// text have the same network. `DecoderConfigurationParser` reads it to the same configuration.
  package var json: String {
    func list(_ values: [some CustomStringConvertible]) -> String {
      "[\(values.map(\.description).joined(separator: ", "))]"
    }
    let fields: [(key: String, value: String)] = [
      ("kind", "\"\(kind.rawValue)\""), ("n_token", "\(embedding.vocabularySize)"), ("n_layer", "\(layers.count)"),
      ("d_model", "\(width)"), ("d_embed", "\(embedding.width)"), ("n_head", list(layers.map(\.heads))),
      ("d_inner", list(layers.map(\.feedForwardDimension))), ("cutoffs", list(Array(embedding.clusterEnds.dropLast()))),
      ("div_val", "\(embedding.divisor)"), ("tie_weight", "\(embedding.tiesWeights)"),
      ("tie_projs", list(embedding.tiesProjections)),
      kind == .gpt2 ? ("tgt_len", "\(positionCount)") : ("mem_len", "\(memoryLength)"),
    ]
    return "{\(fields.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", "))}"
  }
}
