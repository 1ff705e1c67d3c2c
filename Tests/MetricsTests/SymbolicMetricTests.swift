import Networks
import Outcomes
import Proxies
import SearchSpaces
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// Formulas over the matrices of transformers, against recorded values, against metrics of their own, and against one another.
@Suite struct SymbolicMetricTests {
  /// Measures formulas by name.
  private func measure(
    _ architecture: any Architecture, _ tokens: TokenBatch, _ formulas: [String: (text: String, defects: ProxyDefects)],
    metrics: [String] = [], cotangent: Cotangent? = nil, precision: NumericPrecision = .float64
  ) throws -> [String: Outcome<Double>] {
    var request = MeasurementRequest(
      architecture: architecture, metrics: metrics, precision: precision, seed: 2023, tokens: tokens)
    request.others = try formulas.map { name, formula in
      let reading = ProxyProgram.parse(formula.text)
      return SymbolicMetric(
        try #require(reading.program, "\(formula.text): \(reading.problems)"), name: name, cotangent: cotangent,
        defects: formula.defects)
    }
    let outcomes = try MeasurementWorker().measure(request).outcomes
    return Dictionary(outcomes.map { ($0.column, $0.outcome) }, uniquingKeysWith: { first, _ in first })
  }

  private func measure(
    _ architecture: any Architecture, _ tokens: TokenBatch, _ formula: String
  ) throws -> Outcome<Double> {
    try #require(try measure(architecture, tokens, ["x": (formula, .none)])["x"])
  }

  private func named(_ name: String) throws -> (text: String, defects: ProxyDefects) {
    let proxy = try #require(NamedProxy.catalogue.first { $0.name == name })
    return (proxy.formula, proxy.defects)
  }

  /// LPZero's proxies, written in the language, against PyTorch and against the metrics of the catalogue.
  @Test(.needsRecordedNetworks, arguments: GoldenTransformer.all)
  func publishedProxies(_ model: GoldenTransformer) throws {
    var formulas = ["w": try named("lpzero-gpt-2")]
    var metrics = ["w": "lpzero-gpt2"]
    if model.architecture.kind == .encoder {
      formulas["h"] = try named("lpzero-flexibert")
      formulas["r"] = try named("lpzero-flexibert-released")
      metrics["h"] = "lpzero-bert"
      metrics["r"] = "lpzero-bert-released"
    }
    let found = try measure(
      model.architecture, model.tokens, formulas, metrics: Array(metrics.values), cotangent: .random)
    for (name, metric) in metrics {
      let (ours, theirs) = (try #require(found[name]?.value), try #require(found[metric]?.value))
      #expect(abs(ours - theirs) <= 1e-12 * abs(theirs), "\(model): \(name) is \(ours), \(metric) \(theirs)")
    }
    let single = try measure(
      model.architecture, model.tokens, formulas, cotangent: .random, precision: .float32)
    for name in formulas.keys {
      let (one, other) = (try #require(single[name]?.value), try #require(found[name]?.value))
      #expect(abs(one - other) <= 1e-5 * abs(other), "\(model): \(name)")
    }
    for (name, node, key) in [
      ("w", model.node["float64"]?["cotangent"], "lpzero_gpt2"),
      ("h", model.node["float64"]?["activation"], "lpzero_bert"),
      ("r", model.node["float64"]?["activation"], "lpzero_bert_released"),
    ] {
      guard formulas[name] != nil, let recorded = node?[key]?.double else { continue }
      let value = try #require(found[name]?.value)
      #expect(abs(value - recorded) <= 1e-10 * abs(recorded), "\(model): \(key) is \(value), not \(recorded)")
    }
  }

  /// Whether a program reads gradients, and so goes behind a reverse sweep, changes no other input.
  @Test func inputsDoNotDependOnOneAnother() throws {
    for sample in SampleTransformer.all {
      for input in ["weight", "activation", "head", "softmax"] {
        let alone = try measure(
          sample.architecture, SampleTransformer.tokens(5, 2), "mean(layers, mean(square(\(input))))")
        let beside = try measure(
          sample.architecture, SampleTransformer.tokens(5, 2),
          "mean(layers, mean(square(\(input)))) + 0 * mean(modules, mean(gradient))")
        #expect(alone == beside, "\(input) of \(sample.architecture.kind)")
      }
    }
  }

  /// Rows of probabilities add up to one, and their number is what the sizes say.
  @Test func attentionsAreProbabilities() throws {
    for sample in SampleTransformer.all {
      let tokens = try SampleTransformer.tokens(5, 2)
      let outcome = try measure(sample.architecture, SampleTransformer.tokens(5, 2), "mean(modules, mean(softmax))")
      guard let mean = outcome.value else { continue }
      #expect(abs(mean * Double(tokens.sequenceLength) - 1) < 1e-12)
    }
  }

  /// Recurrent cells have weights, gradients and activations, and say what they lack.
  @Test func recurrentCells() throws {
    let settings = try LanguageModelSettings(vocabularySize: 30, embeddingSize: 6, hiddenSize: 8, layerCount: 2)
    let recipe = try RecipeParser.parse(
      Array(
        #"{"f": {"op": "linear", "input": ["x", "h_prev_0"]}, "h_new_0": {"op": "activation_tanh", "input": ["f"]}}"#
          .utf8), file: "cell")
    let cell = RecurrentArchitecture(recipe, settings)
    let tokens = try TokenBatch.textFree(sequenceLength: 5, batchSize: 3, vocabularySize: 30)
    let snip = try measure(cell, tokens, ["x": ("sum(modules, sum(abs(weight * gradient)))", .none)])["x"]
    #expect(try #require(snip?.value) > 0)
    #expect(try #require(measure(cell, tokens, "mean(layers, mean(abs(activation)))").value) > 0)
    #expect(try measure(cell, tokens, "max(layers, std(head))").reason?.text == "the network has no head matrices")
    #expect(try measure(cell, tokens, "max(layers, std(softmax))").reason != nil)
  }
}
