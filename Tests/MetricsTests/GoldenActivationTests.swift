import Documents
import Metrics
import Networks
import Sizes
import TestSupport
import Testing

/// Metrics of hidden states, activations and attention of transformers against values recorded in PyTorch.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenActivationTests {
  @Test(arguments: GoldenTransformer.all, NumericPrecision.allCases)
  func activations(_ model: GoldenTransformer, _ precision: NumericPrecision) throws {
    let recorded = try #require(model.node[precision == .float64 ? "float64" : "float32"]?["activation"])
    var all = GoldenExpectations(precision)
    // Logarithms of determinants of kernels with large numbers. Of one model a sign falls otherwise in single precision.
    try all.add("naswot", recorded, "naswot_sequences", single: 1e-6)
    try all.add("token-naswot", recorded, "naswot_tokens", single: 1e-9)
    try all.add("activation-distance", recorded, "activation_distance", exact: 0, single: 0)
    try all.add("softmax-confidence", recorded, "softmax_confidence", single: 1e-6)
    for (suffix, key) in [("", "first"), ("-stack", "all")] {
      for rule in ["", "-inclusive"] {
        try all.add("v-pca\(suffix)\(rule)", recorded, "vpca/\(key)", exact: 0, single: 0)
        try all.add("w-pca\(suffix)\(rule)", recorded, "wpca/\(key)", exact: 0, single: 0)
      }
    }
    try all.add("attention-entropy", recorded, "attention_entropy", single: 1e-6)
    try addStates(recorded, model, &all)
    try addLayers("head-entropy", "attention_entropy_layers", recorded, model, &all)
    if model.architecture.kind == .encoder {
      try all.add("head-confidence", recorded, "head_confidence", single: 1e-6)
      try all.add("lpzero-bert", recorded, "lpzero_bert", single: 1e-6)
      try all.add("lpzero-bert-released", recorded, "lpzero_bert_released", single: 1e-6)
      try addLayers("kernel-entropy", "kernel_entropy_layers", recorded, model, &all)
    }
    if model.architecture.kind == .gpt2 {
      // PyTorch recorded 0: there are no such layers.
      all.add("head-confidence", value: nil, "head_confidence", single: 0)
      try all.add("all-matrices-confidence", recorded, "head_confidence_lpzero", single: 1e-6)
      try all.add(
        "all-matrices-activation-distance", recorded, "activation_distance_lpzero", exact: 0, single: 1e-5)
    }
    try all.check(model)
  }

  /// A value for each hidden state: what the first layer reads, the layers' outputs, the last normalisation.
  private func addStates(
    _ recorded: DocumentNode, _ model: GoldenTransformer, _ all: inout GoldenExpectations
  ) throws {
    let layers = model.architecture.layerCount
    for (id, key, exact, single) in [
      ("effective-rank", "effective_rank", 1e-11, 1e-5),
      ("centred-effective-rank", "effective_rank_centred", 1e-11, 1e-5),
      ("spectral-entropy", "spectral_entropy", 1e-11, 1e-5), ("hidden-covariance", "hidden_covariance", 1e-8, 2e-5),
      ("token-covariance", "hidden_covariance_tokens", 1e-8, 2e-5),
    ] {
      let values = try #require(recorded[key]?.elements).map(\.double)
      #expect(values.count == layers + (model.architecture.kind == .gpt2 ? 2 : 1))
      for (index, value) in values.enumerated() {
        switch index {
        case 0: all.add("embedded-\(id)", value: value, "\(key) 0", exact: exact, single: single)
        case 1...layers:
          all.add(id, column: "layer-\(index)-\(id)", value: value, "\(key) \(index)", exact: exact, single: single)
        default: all.add("normalised-\(id)", value: value, "\(key) \(index)", exact: exact, single: single)
        }
      }
    }
  }

  /// Values of the layers that have one; the others have a reason.
  private func addLayers(
    _ id: String, _ key: String, _ recorded: DocumentNode, _ model: GoldenTransformer, _ all: inout GoldenExpectations
  ) throws {
    var values: [Int: Double] = [:]
    for pair in try #require(recorded[key]?.elements) {
      let pair = try #require(pair.elements)
      let (layer, value): (Int, Double) = (try #require(pair[0].integer), try #require(pair[1].double))
      values[layer] = value
    }
    for layer in 0..<model.architecture.layerCount {
      all.add(id, column: "layer-\(layer + 1)-\(id)", value: values[layer], "\(key) \(layer)", single: 1e-6)
    }
  }

  /// Sizes, which need no weights.
  @Test(arguments: GoldenTransformer.all) func sizes(_ model: GoldenTransformer) throws {
    let found = try model.measure(["parameters", "flops", "batch-tokens"], .float32)
    let parameters = (model.node["n_params"] ?? model.node["parameters"]?["total"])?.double
    #expect(found["parameters"]?.value == parameters && parameters != nil)
    if let operations = model.node["flops"]?["total"]?.double { #expect(found["flops"]?.value == operations) }
    #expect(found["batch-tokens"]?.value == Double(model.tokens.ids.count))
  }
}
