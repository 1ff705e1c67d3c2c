import Outcomes
import Testing

@testable import Proxies

@Suite struct ProxyEvaluationTests {
  private func program(_ text: String) throws -> ProxyProgram {
    try #require(ProxyProgram.parse(text).program, "\(text): \(ProxyProgram.parse(text).problems)")
  }

  private func matrix(_ rows: [[Double]]) throws -> ProxyTensor {
    try ProxyTensor(shape: [rows.count, rows[0].count], values: rows.flatMap { $0 })
  }

  private func entry(_ layer: Int, _ name: String, _ rows: [[Double]]) throws -> ProxyMatrices.Entry {
    ProxyMatrices.Entry(ProxyModule(layer: layer, name: name), try matrix(rows))
  }

  /// Two layers, the first with two modules.
  private func small() throws -> ProxyMatrices {
    ProxyMatrices([
      .weight: [
        try entry(1, "a", [[1, -2], [3, 4]]), try entry(1, "b", [[0, 6], [0, 0]]),
        try entry(2, "a", [[-1, 1], [1, 3]]),
      ],
      .gradient: [
        try entry(1, "a", [[1, 1], [1, 1]]), try entry(1, "b", [[2, 2], [2, 2]]),
        try entry(2, "a", [[0, 1], [0, 1]]),
      ],
      .head: [try entry(1, "query", [[1, 3]]), try entry(2, "query", [[5, 7]])],
      .activation: [try entry(1, "f", [[3, 4]]), try entry(1, "g", [[6, 8]]), try entry(2, "f", [[0, 5]])],
    ])
  }

  /// Formulas with their values on the small network, whose layer means of weights are 1.5 and 1.
  private static let values: [(String, Double)] = [
    ("mean(layers, mean(weight))", 1.25), ("mean(modules, mean(weight))", 1.3333333333333333),
    ("sum(modules, sum(abs(weight)))", 22), ("sum(modules, sum(abs(weight * gradient)))", 26),
    ("max(layers, mean(weight))", 1.5), ("min(layers, min(modules, min(weight)))", -2),
    ("max(modules, max(weight)) - 1", 5), ("sum(layers, max(modules, frobenius(activation)))", 15),
    ("mean(layers, frobenius(activation))", 6.25), ("mean(layers, mean(head) + frobenius(activation))", 10.25),
    ("mean(layers, mean(head) * frobenius(activation))", 22.5),
    ("sum(modules, mean(matmul(weight, gradient)))", 10),
    ("mean(layers, mean(square(head)) + logsoftmax(frobenius(activation)))", 21),
    ("mean(modules, sum(softmax(gradient)))", 2), ("sum(layers, norm-sum(head)) / 2", 4 - 2e-9),
    ("-sum(layers, max(head))", -10), ("mean(modules, std(head))", 1.4142135623730951),
    ("mean(modules, mean(invert(gradient + 1)))", 0.5277777777777778),
  ]

  @Test(arguments: values)
  func closedForms(_ pair: (String, Double)) throws {
    let value = try program(pair.0).value(on: small()).get()
    #expect(abs(value - pair.1) < 1e-8, "\(pair.0): \(value)")
  }

  @Test(arguments: [
    ("mean(layers, mean(softmax))", "the network has no softmax matrices"),
    (
      "mean(modules, mean(head) + mean(weight))",
      "there are 2 head and 3 weight matrices, which do not go together one by one"
    ),
    (
      "mean(layers, mean(modules, mean(head) + mean(activation)))",
      "there are 1 head and 2 activation matrices in layer 1, which do not go together one by one"
    ),
    ("mean(modules, mean(activation) + mean(weight * gradient))", "the value"),
    ("mean(modules, mean(matmul(head, head)))", "there is no matrix product of shapes [1, 2] and [1, 2]"),
    ("mean(modules, std(mean(head)))", "the value in layer 1, query, is not finite"),
    ("1 / (mean(layers, mean(weight)) - 1.25)", "the value of the proxy is not finite"),
    ("mean(layers, 1 / (mean(head) - 2))", "the value in layer 1, query, is not finite"),
    ("mean(modules, mean(exp(exp(exp(exp(weight))))))", "the value in layer 1, a, is not finite"),
  ])
  func reasons(_ pair: (String, String)) throws {
    let outcome = try program(pair.0).value(on: small())
    if pair.1 == "the value" { return #expect(outcome.value != nil) }
    #expect(outcome.reason?.text == pair.1)
  }

  /// A layer without a matrix of an input that others are joined with has no value; one alone is averaged over those there are.
  @Test func layersWithoutAnInput() throws {
    let source = ProxyMatrices([
      .head: [try entry(1, "q", [[1]]), try entry(2, "q", [[3]])], .softmax: [try entry(2, "p", [[4]])],
    ])
    #expect(try program("mean(layers, mean(softmax))").value(on: source).get() == 4)
    #expect(
      try program("mean(layers, mean(head) + mean(softmax))").value(on: source).reason?.text
        == "layer 1 has no softmax matrix")
  }

  /// Each defect by itself.
  @Test func defects() throws {
    let source = try small()
    // Written into: −2, 0 and −1 become 1 in what is read later.
    let log = try program("mean(modules, 0 * mean(log(weight)) + sum(weight))")
    #expect(try log.value(on: source).get() == (6 + 6 + 4) / 3.0)
    #expect(try log.value(on: source, defects: ProxyDefects(writesIntoInputs: true)).get() == (9 + 9 + 6) / 3.0)
    let inner = try program("mean(modules, 0 * mean(log(negate(weight))) + sum(weight))")
    #expect(try inner.value(on: source, defects: ProxyDefects(writesIntoInputs: true)).get() == 16 / 3.0)
    let kept = try program("mean(modules, 0 * mean(abslog(identity(weight))) + sum(weight))")
    #expect(try kept.value(on: source, defects: ProxyDefects(writesIntoInputs: true)).get() == (6 + 9 + 4) / 3.0)
    // Reduced before the operation.
    let product = try program("sum(modules, sum(weight * gradient))")
    #expect(try product.value(on: source).get() == 6 + 12 + 4)
    #expect(
      try product.value(on: source, defects: ProxyDefects(reducesBeforeBinary: true)).get() == 1.5 + 3 + 0.5)
    let matmul = try program("mean(modules, mean(matmul(weight, gradient)))")
    #expect(matmul.value(on: source, defects: ProxyDefects(reducesBeforeBinary: true)).reason != nil)
    // Cut to the shorter list: heads of layers 1 and 2 with two activations of layer 1.
    let pair = try program("mean(modules, mean(head) + mean(activation))")
    #expect(try pair.value(on: source, defects: ProxyDefects(cutsLists: true)).get() == (2 + 3.5 + 6 + 7) / 2)
    // With hooks that stay the heads are 2, 6, 2, 6, of which there are activations for three.
    #expect(
      try pair.value(on: source, defects: ProxyDefects(cutsLists: true, keepsHooks: true)).get()
        == (2 + 3.5 + 6 + 7 + 2 + 2.5) / 3)
  }

  /// LPZero's proxies: the released pairing is the mean of the first min(2L, Σk) of h₁ … h_L, h₁ … h_L.
  @Test func namedProxies() throws {
    let source = SampleMatrices.network(seed: 3)
    let named = Dictionary(uniqueKeysWithValues: NamedProxy.catalogue.map { ($0.name, $0) })
    for proxy in NamedProxy.catalogue { #expect(proxy.program != nil, "\(ProxyProgram.parse(proxy.formula).problems)") }
    let heads = (0..<3).compactMap { place in
      try? source.tensor(of: .head, at: place).values.reduce(0) { $0 + $1 * $1 } / 24
    }
    let sound = try #require(named["lpzero-flexibert"])
    #expect(
      abs(try #require(sound.program).value(on: source, defects: sound.defects).get() - heads.reduce(0, +) / 3) < 1e-15)
    // 3 layers and 6 activations: all six heads, twice each. With 5 the last one is cut off.
    let released = try #require(named["lpzero-flexibert-released"])
    #expect(released.higherIsBetter)
    #expect(
      abs(try #require(released.program).value(on: source, defects: released.defects).get() - heads.reduce(0, +) / 3)
        < 1e-15)
    var sample = SampleMatrices(seed: 3)
    _ = (sample.entries([2, 2, 2], [4, 3]), sample.entries([2, 2, 2], [4, 3]))
    let shorter = ProxyMatrices([
      .head: sample.entries([1, 1, 1], [2, 3, 4]), .activation: sample.entries([1, 2, 2], [2, 3, 5]),
    ])
    let value = try #require(released.program).value(on: shorter, defects: released.defects)
    #expect(abs(try value.get() - (heads[0] + heads[0] + heads[1] + heads[1] + heads[2]) / 5) < 1e-15)
    // mean(W²) + mean(softmax(G)²), lower is better.
    let gpt = try #require(named["lpzero-gpt-2"])
    #expect(!gpt.higherIsBetter && gpt.defects == .none)
    #expect(try #require(gpt.program).inputs == [.weight, .gradient])
  }

  /// A source that counts what it is asked for, and refuses gradients.
  private final class CountingSource: ProxySource {
    private(set) var asked: [String: Int] = [:]

    func modules(of input: ProxyInput) throws(Reason) -> [ProxyModule] {
      if input == .gradient { throw Reason("there is no loss") }
      // Not in order of layers.
      return [ProxyModule(layer: 2, name: "a"), ProxyModule(layer: 1, name: "a")]
    }

    func tensor(of input: ProxyInput, at place: Int) throws(Reason) -> ProxyTensor {
      asked["\(input.rawValue) \(place)", default: 0] += 1
      return try ProxyTensor(shape: [2], values: input == .softmax ? [.nan, 1] : [Double(place), 3])
    }
  }

  /// Only what is read is asked for, a matrix that is read twice once; what a source refuses is the reason.
  @Test func sourcesAreReadWhenNeeded() throws {
    let source = CountingSource()
    #expect(try program("mean(layers, mean(weight) * std(weight) + mean(head))").value(on: source).value != nil)
    #expect(source.asked == ["weight 0": 1, "weight 1": 1, "head 0": 1, "head 1": 1])
    #expect(try program("mean(layers, mean(gradient))").value(on: source).reason?.text == "there is no loss")
    #expect(
      try program("mean(layers, mean(softmax))").value(on: source).reason?.text
        == "the value in layer 1, a, is not finite")
    #expect(try ProxyFeatures(source).tables.keys.sorted() == [.weight, .activation, .head, .softmax])
    #expect(throws: Reason.self) { try ProxyFeatures(source, inputs: [.gradient]) }
    #expect(throws: Reason.self) { try ProxyTensor(shape: [2, 0], values: []) }
    #expect(throws: Reason.self) { try ProxyTensor(shape: [.max, 4], values: []) }
    #expect(throws: Reason.self) { try ProxyTensor(shape: [2], values: [1]) }
  }

  /// The value has the same bits every time, and does not depend on what else the source holds.
  @Test func valuesDependOnTheMatricesAlone() throws {
    let text = "mean(layers, mean(square(head)) * std(log(activation)))"
    let value = try program(text).value(on: SampleMatrices.network(seed: 5)).get()
    #expect(try program(text).value(on: SampleMatrices.network(seed: 5)).get().bitPattern == value.bitPattern)
    let source = SampleMatrices.network(seed: 5)
    let part = ProxyMatrices(
      Dictionary(
        uniqueKeysWithValues: [ProxyInput.head, .activation].map { input in
          (
            input,
            source.modules(of: input).indices.compactMap { place in
              (try? source.tensor(of: input, at: place)).map { .init(source.modules(of: input)[place], $0) }
            }
          )
        }))
    #expect(try program(text).value(on: part).get().bitPattern == value.bitPattern)
  }
}
