import Documents
import Sizes

/// The shape of measurements and of what is made from them.
extension AnalysisSchema {
  static let selection = ObjectSchema(
    "architecture-selection", "Architectures drawn from each decile of a column.",
    fields: [
      .required("deciles-of", .identifier, "The column whose deciles are drawn from."),
      .optional("per", .integer(1...1000), "How many from each decile.", fallback: 1),
      .optional("seed", .integer(MeasurementSizes.seeds), "Seed of the draw.", fallback: 1),
    ])

  static let architectureColumns = ObjectSchema(
    "architecture-columns", "Rows of a dataset that hold recipes.",
    fields: [
      .required("dataset", .identifier, "Name of a dataset of the analysis."),
      .required("recipe", .identifier, "Text column with the recipes as JSON."),
      .required("id", .identifier, "Column that tells the architectures apart."),
      .optional(
        "distinct", .boolean, "Whether of rows with the same recipe only the first is measured.", fallback: false),
      .optional("keep", names, "Columns carried into the measured tables."),
      .optional("select", .object(selection), "Which rows are measured; all when left out."),
    ])

  static let sample = ObjectSchema(
    "sample", "Recipes sampled by the published rules of the search space.",
    fields: [
      .required("count", .integer(1...100_000), "How many."),
      .optional("seed", .integer(MeasurementSizes.seeds), "Seed of the sample.", fallback: 1),
    ])

  static let sampledArchitectures = ObjectSchema(
    "sampled-architectures", "Architectures that no dataset holds.",
    fields: [.required("sample", .object(sample), "What is sampled.")])

  private static func size(_ size: MeasurementSizes.Size) -> FieldSchema {
    .optional(size.name, .integer(size.range), size.summary, fallback: .integer(size.standard))
  }

  static let network = ObjectSchema(
    "network", "The language model that recipes are measured in.",
    fields: [
      size(MeasurementSizes.vocabulary), size(MeasurementSizes.embedding), size(MeasurementSizes.hidden),
      size(MeasurementSizes.layers),
      .optional(
        "tied", .boolean, "Whether the decoder's weights are the embedding's.",
        fallback: .bool(MeasurementSizes.isTied)),
      .optional(
        "protocol", words(NetworkSpec.MetricProtocol.self), "Which published version of the metrics is computed.",
        fallback: "results"),
      .optional("precision", words(NetworkSpec.Precision.self), "The numbers computed with.", fallback: "float32"),
      .optional(
        "seeds", .list(.integer(MeasurementSizes.seeds), minimum: 1), "Seeds of the initial weights.", fallback: [0]),
    ])

  static let tokens = ObjectSchema(
    "tokens", "The tokens that networks read while they are measured.",
    fields: [
      .optional(
        "use", .text, "text-free, a split such as wikitext-2/test, or a folder with texts.",
        fallback: .string(MeasurementSizes.tokens)),
      .optional(
        "vocabulary", .integer(MeasurementSizes.vocabulary.range),
        "Most words in the dictionary, further ones stand for <unk>; the network's vocabulary when left out."),
      size(MeasurementSizes.steps), size(MeasurementSizes.columns),
      .optional(
        "batches", .list(.integer(MeasurementSizes.batches), minimum: 1), "Numbers of the batches.", fallback: [0]),
    ])

  static let measure = ObjectSchema(
    "measure", "Architectures measured by the analysis itself.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required(
        "architectures", .either([.object(architectureColumns), .object(sampledArchitectures)]), "What is measured."),
      .optional("network", .object(network), "The network; that of the publication when left out."),
      .optional("tokens", .object(tokens), "The tokens; text-free ones when left out."),
      .optional(
        "metrics", .either([.word(["all"]), names]), "Ids in the catalogue of metrics.", fallback: "all"),
      .optional("features", .boolean, "Whether features of the recipes are columns too.", fallback: true),
    ])

  static let reliability = ObjectSchema(
    "reliability", "Intraclass correlations of repeated measurements.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required("dataset", .identifier, "Name of a dataset or a measurement's runs."),
      .required("subject", .either([.identifier, names]), "Columns that tell the subjects apart."),
      .required("rater", .either([.identifier, names]), "Columns that tell the raters apart, such as seed."),
      .optional("columns", .either([.word(["all"]), names]), "Columns judged; all of role metric.", fallback: "all"),
      .optional("form", words(ReliabilitySpec.Form.self), "Form of Shrout & Fleiss (1979).", fallback: "2,1"),
      .optional("level", .number(0.5...1, exclusive: true), "Coverage of the intervals.", fallback: 0.95),
    ])

  static let pair = ObjectSchema(
    "comparison-pair", "A computed column with its published one.",
    fields: [
      .required("computed", .identifier, "The computed column."),
      .required("published", .identifier, "The published column."),
      .optional("name", .identifier, "Its name in the results; the computed column's when left out."),
      .optional("title", .text, "Name for people."),
    ])

  static let comparison = ObjectSchema(
    "comparison", "Computed columns held against published ones, row by row.",
    fields: [
      .optional("title", .text, "Name for people."),
      .required("dataset", .identifier, "Name of a dataset or measurement with the columns of every pair."),
      .required("pairs", .list(.object(pair), minimum: 1), "The pairs."),
    ])
}
