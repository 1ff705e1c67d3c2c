import Documents

extension DecoderKind {
  /// The kind of a configuration, from its content. The first that applies:
  ///
  /// 1. `kind`: `gpt-2` or `transformer-xl`.
  /// 2. `n_token`: the byte-pair vocabulary of GPT-2, 50,257 tokens, filled up to 50,304 at most, or 200,000 and more, as only
  ///    vocabularies of words have, such as the 267,735 words of WikiText-103. All released configurations are told apart by it; other
  ///    keys do not tell, since those of GPT-2 were written with the keys of Transformer-XL.
  /// 3. `tgt_len` alone is a GPT-2, which needs it for its table of positions; `mem_len` alone, or neither, is a
  ///    Transformer-XL.
  ///
  /// - Returns: Nil when none applies.
  static func recognised(_ node: DocumentNode) -> DecoderKind? {
    if let text = node["kind"]?.text { return DecoderKind(rawValue: text) }
    if let count = node["n_token"]?.integer {
      if (50_257...50_304).contains(count) { return .gpt2 }
      if count >= 200_000 { return .transformerXL }
    }
    return switch (node["tgt_len"] != nil, node["mem_len"] != nil) {
    case (true, false): .gpt2
    case (false, _): .transformerXL
    case (true, true): nil
    }
  }

  /// True when a mapping names its kind, or has a key that only configurations of decoders have.
  static func recognises(_ root: DocumentNode) -> Bool {
    root["kind"]?.text != nil
      || ["n_layer", "n_head", "d_model", "d_inner", "d_embed", "n_token", "div_val"].contains {
        root[$0] != nil && root[$0]?["op"] == nil
      }
  }
}
