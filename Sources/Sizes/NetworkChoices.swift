/// The kinds of architectures that can be measured, as files describe them and specs name them.
package enum ArchitectureKind: String, Sendable, Hashable, CaseIterable {
  /// A recurrent cell in the layers of a language model.
  case recurrentCell = "recurrent-cell"
  /// A record of the benchmark of encoders (Serianni & Kalita 2023).
  case encoder
  /// A decoder of LiteTransformerSearch (Javaheripi et al. 2022) with the layers of GPT-2.
  case gpt2 = "gpt-2"
  /// One with those of Transformer-XL.
  case transformerXL = "transformer-xl"

  /// Networks of the kind in words.
  package var title: String {
    switch self {
    case .recurrentCell: "recurrent cells"
    case .encoder: "encoders"
    case .gpt2: "decoders of the kind of GPT-2"
    case .transformerXL: "decoders of the kind of Transformer-XL"
    }
  }

  /// The sizes that are taken where none is given. Those of the recurrent network are its publication's. Of encoders V is that
  /// of ELECTRA; of decoders, which have a vocabulary of their own, it bounds the dictionary of a text. L bounds the layers that
  /// layered metrics have columns for.
  package var standard: (vocabulary: Int, layers: Int, steps: Int, columns: Int) {
    switch self {
    case .recurrentCell:
      (
        MeasurementSizes.vocabulary.standard, MeasurementSizes.layers.standard,
        MeasurementSizes.sequenceLength.standard, MeasurementSizes.batchSize.standard
      )
    case .encoder: (30_522, 4, 128, 8)
    case .gpt2, .transformerXL: (50_000, 16, 128, 8)
    }
  }
}

/// The three networks that a record of the benchmark of encoders stands for.
package enum EncoderVariant: String, Sendable, Hashable, CaseIterable {
  /// The network whose metric values were released: hidden size 256 and feed-forward width 1024 whatever is declared.
  case published
  /// The declared hidden size, feed-forward width 1024.
  case declared
  /// The network that was trained: declared hidden size, scaled-dot-product attention in every layer, feed-forward
  /// widths 4h, f, …, f.
  case asTrained = "as-trained"
}

/// How the weights of a network of transformers are drawn.
package enum WeightSource: String, Sendable, Hashable, CaseIterable {
  /// As PyTorch on a CPU draws them after `torch.manual_seed(seed)`: `normal_(0, σ)` of one parameter after another, in the
  /// order of the modules, in single precision. Logarithms and sines are rounded correctly here and by vector routines there:
  /// a value differs by at most 3·10⁻⁷·σ.
  case torch
  /// By a linear congruential generator that any implementation can draw again from its documentation: σ·√3·(2u − 1), one
  /// stream over the parameters in the order of the modules. Of the standard deviation σ too, but uniform.
  case documented
}

/// The choices that decide on the network of an architecture beside its sizes.
package struct NetworkChoices: Sendable, Hashable {
  /// The kind of architectures.
  package var kind: ArchitectureKind
  /// Of encoders.
  package var variant: EncoderVariant
  /// Of transformers.
  package var weights: WeightSource
  /// The seed of random cotangents.
  package var cotangentSeed: Int
  /// Of transformers; nil when nothing is dropped.
  package var dropout: Dropout?

  /// The variant where none is given.
  package static let variant = EncoderVariant.declared
  /// The source of weights where none is given.
  package static let weights = WeightSource.torch
  /// The seed of random cotangents where none is given.
  package static let cotangentSeed = 777

  /// Joins the choices.
  package init(
    _ kind: ArchitectureKind = .recurrentCell, variant: EncoderVariant = Self.variant,
    weights: WeightSource = Self.weights, cotangentSeed: Int = Self.cotangentSeed, dropout: Dropout? = nil
  ) {
    self.kind = kind
    self.variant = variant
    self.weights = weights
    self.cotangentSeed = cotangentSeed
    self.dropout = dropout
  }
}
