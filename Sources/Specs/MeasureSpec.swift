import Diagnostics
import Documents
import Sizes

/// Architectures measured by the analysis itself instead of imported.
///
/// Its name stands for a table with a row for each architecture, metrics averaged over seeds and batches;
/// `NAME-runs` stands for one with a row for each architecture, seed and batch.
package struct MeasureSpec: Keyed, Named {
  /// The name; the tables are addressed by it.
  package var name = Located<String>.unread
  /// The name for people.
  package var title: String?
  /// The architectures to measure: rows of a dataset that hold recipes, or a sample of the search space.
  package var architectures = ArchitectureSource.sample(Sample())
  /// The network that an architecture's cells are put into.
  package var network = NetworkSpec()
  /// The tokens that the network reads.
  package var tokens = TokenSpec()
  /// True when the seeds go with the batches one by one; otherwise every seed goes with every batch.
  package var paired = false
  /// Metrics by id in the catalogue of metrics, or all of them.
  package var metrics = ColumnSelection.all
  /// Metrics that are defined here, by formulas; they stand behind the others.
  package var proxies = Entries<ProxySpec>()
  /// True when columns with features of the recipes are added.
  package var features = true

  package init() {}

  package static let definition = "measure"
  package static let summary = "Architectures measured by the analysis itself."
  package static let fields: [Field<MeasureSpec>] = [
    .title(\.title),
    .required("architectures", \.architectures, "The architectures."),
    .optional("network", \.network, "The network; that of the publication when left out."),
    .optional("tokens", \.tokens, "The tokens; text-free ones when left out."),
    .optional(
      "paired", \.paired,
      "Whether the first seed goes with the first batch alone, and so on; every seed goes with every batch otherwise."),
    .selection("metrics", \.metrics, "Ids in the catalogue of metrics."),
    .optional("proxies", \.proxies, "Metrics by formulas of their own, by name; measured beside the others."),
    .optional("features", \.features, "Whether features of the recipes are columns too."),
  ]

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> MeasureSpec? {
    var measure = keys.read(node, reading)
    measure?.network.location = node["network"]?.location
    return measure
  }

  /// Seed and batch of each run of an architecture, in order.
  package var runs: [(seed: Int, batch: Int)] {
    paired
      ? zip(network.seeds, tokens.batches).map { ($0, $1) }
      : network.seeds.flatMap { seed in tokens.batches.map { (seed, $0) } }
  }

  /// Number of runs of an architecture.
  package var runCount: Int {
    paired
      ? min(network.seeds.count, tokens.batches.count)
      : network.seeds.count.multipliedReportingOverflow(by: tokens.batches.count).partialValue
  }

  /// The name of the table with a row for each run.
  package var runsName: String { "\(name.value)-runs" }
}

/// The source of the architectures of a measurement.
package enum ArchitectureSource: FieldValue {
  /// Rows of a dataset that hold recipes.
  case dataset(ArchitectureColumns)
  /// Recipes sampled by the published rules of the search space.
  case sample(Sample)

  private static let sampled = ObjectSchema(
    "sampled-architectures", "Architectures that no dataset holds.",
    fields: [.required("sample", Sample.schema, "Number and seed of the architectures drawn.")])

  package static var schema: Schema { .either([ArchitectureColumns.schema, .object(sampled)]) }

  package static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> ArchitectureSource? {
    if let sample = node["sample"] { return Sample.read(sample, as: Sample.schema, reading).map { .sample($0) } }
    return ArchitectureColumns.read(node, as: ArchitectureColumns.schema, reading).map { .dataset($0) }
  }

  package var canonical: JSONValue {
    switch self {
    case .dataset(let columns): columns.canonical
    case .sample(let sample): sample.canonical
    }
  }
}

/// The columns of a dataset that hold architectures.
package struct ArchitectureColumns: Keyed {
  /// The dataset's name in the analysis.
  package var dataset = Located<String>.unread
  package var recipe = Located<String>.unread
  /// The column that tells the architectures apart; carried into the measured tables.
  package var id = Located<String>.unread
  package var distinct = false
  package var keep: [Located<String>] = []
  /// The draw of the rows that are measured; nil for all rows.
  package var select: DecileSelection?

  package init() {}

  package static let definition = "architecture-columns"
  package static let summary = "Rows of a dataset that hold architectures."
  package static let fields: [Field<ArchitectureColumns>] = [
    .required("dataset", \.dataset, "Name of a dataset of the analysis.", .identifier),
    .required(
      "recipe", \.recipe, "Text column with the architectures as JSON: recipes, records, configurations.", .identifier),
    .required("id", \.id, "Column that tells the architectures apart.", .identifier),
    .optional("distinct", \.distinct, "Whether of rows with the same recipe only the first is measured."),
    .identifiers("keep", \.keep, "Columns carried into the measured tables."),
    .optional("select", \.select, "Which rows are measured; all when left out."),
  ]
}

/// Architectures drawn from each decile of a column.
package struct DecileSelection: Keyed {
  /// The column; rows without a value are not drawn.
  package var column = Located<String>.unread
  /// Number of architectures drawn from each decile, from 1 to 1000; all of a decile that has fewer.
  package var perDecile = 1
  /// Seed of the draw.
  package var seed = 1

  package init() {}

  package static let definition = "architecture-selection"
  package static let summary = "Architectures drawn from each decile of a column."
  package static let fields: [Field<DecileSelection>] = [
    .required("deciles-of", \.column, "The column whose deciles are drawn from.", .identifier),
    .optional("per", \.perDecile, "Number of architectures from each decile.", .integer(1...1000)),
    .optional("seed", \.seed, "Seed of the draw.", .integer(MeasurementSizes.seeds)),
  ]
}

/// Recipes sampled by the published rules of the search space.
package struct Sample: Keyed {
  package var count = 1
  package var seed = 1

  package init() {}

  package static let definition = "sample"
  package static let summary = "Recipes sampled by the published rules of the search space."
  package static let fields: [Field<Sample>] = [
    .required("count", \.count, "Number of architectures.", .integer(1...100_000)),
    .optional("seed", \.seed, "Seed of the sample.", .integer(MeasurementSizes.seeds)),
  ]
}

extension Field where Root: Keyed {
  /// One of the sizes that specs and the command line share; the standard of the kind of network when left out.
  fileprivate static func size(_ size: MeasurementSizes.Size, _ path: Path<Int?>) -> Field {
    .optional(size.name, path, size.summary, .integer(size.range))
  }
}

/// The network that architectures are measured as; `MeasurementSizes` has the bounds of its sizes, `ArchitectureKind` what is
/// taken where none is given.
package struct NetworkSpec: Keyed {
  /// The kind of architectures.
  package var kind = ArchitectureKind.recurrentCell
  /// Of encoders the one of a record's networks.
  package var variant: EncoderVariant?
  /// Of transformers.
  package var weights: WeightSource?
  /// The seed of random cotangents.
  package var cotangentSeed: Int?
  /// The probability of dropout; of transformers.
  package var dropout: Double?
  /// The seed of its masks.
  package var dropoutSeed: Int?
  /// Number of tokens V.
  package var vocabulary: Int?
  /// Width of the embedding e.
  package var embedding: Int?
  /// Width of the hidden states h.
  package var hidden: Int?
  /// Number of layers L.
  package var layers: Int?
  /// True when the decoder's weights are the embedding's.
  package var tied: Bool?
  package var metricProtocol: MetricProtocol?
  package var precision = NumericPrecision.float32
  /// Seeds of the initial weights.
  package var seeds = [0]
  /// Place of the mapping in the spec; nil when the spec states no network.
  package var location: SourceLocation?

  package init() {}

  package static let definition = "network"
  package static let summary = "The network that architectures are measured as."
  package static let fields: [Field<NetworkSpec>] = [
    .optional("kind", \.kind, "What the architectures are."),
    .optional(
      "variant", \.variant, "Which of the networks that a record stands for; of encoders. Declared when left out."),
    .optional("weights", \.weights, "How weights are drawn; of transformers. As PyTorch draws them when left out."),
    .optional(
      "cotangent-seed", \.cotangentSeed, "Seed of random cotangents; 777 when left out.",
      .integer(MeasurementSizes.seeds)),
    .optional(
      "dropout", \.dropout,
      "Probability of dropout, as networks have it in training; of transformers. None when left out.",
      .number(Dropout.range, exclusive: false)),
    .optional(
      "dropout-seed", \.dropoutSeed, "Seed of the masks of dropout; 0 when left out.",
      .integer(MeasurementSizes.seeds)),
    .size(MeasurementSizes.vocabulary, \.vocabulary), .size(MeasurementSizes.embedding, \.embedding),
    .size(MeasurementSizes.hidden, \.hidden), .size(MeasurementSizes.layers, \.layers),
    .optional("tied", \.tied, "Whether the decoder's weights are the embedding's; of recurrent cells."),
    .optional(
      "protocol", \.metricProtocol, "Which published version of the metrics is computed; of recurrent cells."),
    .optional("precision", \.precision, "The numbers computed with."),
    .optional(
      "seeds", \.seeds, "Seeds of the initial weights.", .list(.integer(MeasurementSizes.seeds), minimum: 1)),
  ]
}

extension NetworkSpec {
  /// The choices beside the sizes.
  package var choices: NetworkChoices {
    NetworkChoices(
      kind, variant: variant ?? NetworkChoices.variant, weights: weights ?? NetworkChoices.weights,
      cotangentSeed: cotangentSeed ?? NetworkChoices.cotangentSeed, dropout: Dropout(dropout, seed: dropoutSeed))
  }

  /// The keys that are given and that networks of the kind do not have.
  package var foreignKeys: [String] {
    let isRecurrent = kind == .recurrentCell
    let given: [(key: String, isGiven: Bool, isOwn: Bool)] = [
      ("variant", variant != nil, kind == .encoder), ("weights", weights != nil, !isRecurrent),
      ("dropout", dropout != nil, !isRecurrent), ("dropout-seed", dropoutSeed != nil, !isRecurrent),
      ("vocabulary", vocabulary != nil, isRecurrent), ("embedding", embedding != nil, isRecurrent),
      ("hidden", hidden != nil, isRecurrent), ("tied", tied != nil, isRecurrent),
      ("protocol", metricProtocol != nil, isRecurrent),
    ]
    return given.filter { $0.isGiven && !$0.isOwn }.map(\.key)
  }
}

/// The tokens that networks read while they are measured; `MeasurementSizes` has their defaults and bounds.
package struct TokenSpec: Keyed {
  /// `text-free` for the sequence that needs no text, `documented` for that of a generator, a split such as `wikitext-2/test`, or a folder with texts; nil for
  /// `text-free`.
  package var use = Located(MeasurementSizes.tokens, at: Located<String>.unread.location)
  /// The most words in the dictionary, further ones stand for `<unk>`; the network's vocabulary when nil.
  package var vocabulary: Located<Int>?
  /// The first state of the generator of `documented` tokens.
  package var seed: Int?
  /// Time steps T of a batch.
  package var steps: Int?
  /// Columns B of a batch.
  package var columns: Int?
  /// The order of the sequences of a batch.
  package var order = BatchOrder.asRead
  /// Numbers of the batches, from 0; batches do not overlap.
  package var batches = [0]

  package init() {}

  package static let definition = "tokens"
  package static let summary = "The tokens that networks read while they are measured."
  package static let fields: [Field<TokenSpec>] = [
    .optional(
      "use", \.use, "text-free, documented, a split such as wikitext-2/test, or a folder with texts.", .text),
    .optional(
      "seed", \.seed, "First state of the generator of documented tokens; 12345 when left out.",
      .integer(MeasurementSizes.seeds)),
    .optional(
      "vocabulary", \.vocabulary,
      "Most words in the dictionary, further ones stand for <unk>; the network's vocabulary when left out.",
      .integer(MeasurementSizes.vocabulary.range)),
    .size(MeasurementSizes.sequenceLength, \.steps), .size(MeasurementSizes.batchSize, \.columns),
    .optional(
      "order", \.order,
      "The order of the sequences of a batch: what is rounding noise differs from one to the other."),
    .optional(
      "batches", \.batches, "Numbers of the batches.", .list(.integer(MeasurementSizes.batches), minimum: 1)),
  ]
}
