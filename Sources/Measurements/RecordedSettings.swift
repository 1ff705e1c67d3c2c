import Diagnostics
import Documents
import Sizes
import Specs

/// The settings of a measurement as a report has them in `measurements/NAME.json`, where `MeasurementFiles` writes them.
struct RecordedSettings: Keyed {
  /// The name for people.
  var title = ""
  /// The source of the architectures.
  var architectures = RecordedArchitectures.sample(count: 1, seed: 0)
  /// Seeds of the runs.
  var seeds = [0]
  /// Batches of the runs.
  var batches = [0]
  /// True when the first seed goes with the first batch alone, and so on.
  var paired = false
  /// The network, without seeds.
  var network = NetworkSpec()
  /// The tokens, without batches.
  var tokens = TokenSpec()
  /// Ids of metrics.
  var metrics: [Located<String>] = []
  /// Metrics by formulas.
  var proxies: [RecordedProxy] = []

  init() {}

  static let definition = "recorded-measurement"
  static let summary = "The settings of a measurement in a report."
  static let fields: [Field<RecordedSettings>] = [
    .required("title", \.title, "Name for people."),
    .required("architectures", \.architectures, "The source of the architectures."),
    .required("seeds", \.seeds, "Seeds of the runs.", .list(.integer(MeasurementSizes.seeds), minimum: 1)),
    .required("batches", \.batches, "Batches of the runs.", .list(.integer(MeasurementSizes.batches), minimum: 1)),
    .optional("paired", \.paired, "Whether seeds go with batches one by one."),
    .required("network", \.network, "The network."), .required("tokens", \.tokens, "The tokens."),
    .required("metrics", \.metrics, "Ids of metrics.", .list(.identifier, minimum: 0)),
    .optional("proxies", \.proxies, "Metrics by formulas."),
  ]

  /// Reads a file.
  ///
  /// - Throws: `DiagnosticsError` with every problem.
  static func parse(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> RecordedSettings {
    let root = try DocumentReader.read(bytes, file: file)
    var validator = SchemaValidator()
    validator.check(root, against: schema, name: "the measurement")
    let reading = Reading(SourceText(String(decoding: bytes, as: UTF8.self), file: file))
    let settings = read(root, as: schema, reading) ?? RecordedSettings()
    let formulas = settings.proxies.map { $0.spec.formula }
    let problems =
      validator.problems
      + formulas.flatMap { formula in formula.problems.map { $0.diagnostic(at: formula.location(of: $0)) } }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return settings
  }

  /// The measurement as a spec would have it.
  func spec(name: Located<String>) -> MeasureSpec {
    var spec = MeasureSpec()
    spec.name = name
    spec.title = title
    spec.network = network
    spec.network.seeds = seeds
    spec.tokens = tokens
    spec.tokens.batches = batches
    spec.paired = paired
    spec.metrics = .columns(metrics)
    spec.proxies = Entries(proxies.map(\.spec))
    spec.features = false
    switch architectures {
    case .sample(let count, let seed):
      spec.architectures = .sample(
        Sample {
          $0.count = count
          $0.seed = seed
        })
    case .dataset(let dataset, let recipe, let id):
      spec.architectures = .dataset(
        ArchitectureColumns {
          $0.dataset = Located(dataset, at: name.location)
          $0.recipe = Located(recipe, at: name.location)
          $0.id = Located(id, at: name.location)
        })
    }
    return spec
  }
}

/// The source of the architectures of a measurement, as a report has it.
enum RecordedArchitectures: FieldValue {
  /// Rows of a dataset of the catalogue.
  case dataset(String, recipe: String, id: String)
  /// A sample of the search space.
  case sample(count: Int, seed: Int)

  private static let rows = ObjectSchema(
    "recorded-rows", "Rows of a dataset.",
    fields: [
      .required("dataset", .path, "The dataset."), .required("recipe", .identifier, "The column with the recipes."),
      .required("id", .identifier, "The column that tells the architectures apart."),
    ])
  private static let sampled = ObjectSchema(
    "recorded-sample", "Architectures that no dataset holds.",
    fields: [
      .required("sample", .integer(1...100_000), "Number of architectures."),
      .required("seed", .integer(MeasurementSizes.seeds), "Seed of the sample."),
    ])

  static var schema: Schema { .either([.object(rows), .object(sampled)]) }

  static func read(_ node: DocumentNode, as _: Schema, _: Reading) -> RecordedArchitectures? {
    if let count = node["sample"]?.integer, let seed = node["seed"]?.integer {
      return .sample(count: count, seed: seed)
    }
    guard let dataset = node["dataset"]?.text, let recipe = node["recipe"]?.text, let id = node["id"]?.text else {
      return nil
    }
    return .dataset(dataset, recipe: recipe, id: id)
  }

  var canonical: JSONValue {
    switch self {
    case .dataset(let dataset, let recipe, let id):
      .record(["dataset": .string(dataset), "recipe": .string(recipe), "id": .string(id)])
    case .sample(let count, let seed): .record(["sample": .integer(count), "seed": .integer(seed)])
    }
  }
}

/// A metric by a formula, as a report has it: its keys in a spec, and its name.
struct RecordedProxy: FieldValue {
  var spec: ProxySpec

  private static let keys = KeySet<ProxySpec>(
    "recorded-proxy", ProxySpec.summary,
    [.required("name", \.name, "Its column.", .identifier)] + ProxySpec.fields)

  static var schema: Schema { .object(keys.object) }

  static func read(_ node: DocumentNode, as _: Schema, _ reading: Reading) -> RecordedProxy? {
    keys.read(node, reading).map { RecordedProxy(spec: $0) }
  }

  var canonical: JSONValue { spec.canonical }
}
