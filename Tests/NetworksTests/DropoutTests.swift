import Gradients
import SearchSpaces
import Sizes
import Tensors
import Testing

@testable import Networks

/// Dropout of transformers: masks, what they act on, and gradients through them against central differences.
@Suite struct DropoutTests {
  private let tokens: TokenBatch
  private let workspace = Workspace()

  init() throws {
    tokens = try TokenBatch(sequenceLength: 4, batchSize: 3, ids: (0..<12).map { Int32($0 * 7 % 11) })
  }

  /// A network of each kind with every place of dropout.
  private func network(_ name: String, _ dropout: Dropout?) throws -> any Network<Double> {
    let kind = try #require(ArchitectureKind(rawValue: name))
    guard kind != .encoder else {
      let operations: [EncoderOperation] = [.scaledDotProduct, .convolution5, .cosine, .weightedMultiplicative]
      let record = try EncoderRecord(
        hiddenSize: 4,
        layers: operations.map {
          EncoderLayer(operation: $0, heads: 2, feedForwardDimension: 512, feedForwardCount: 1)
        })
      var settings = EncoderSettings()
      (settings.vocabularySize, settings.embeddingSize, settings.positionCount) = (11, 3, 4)
      return EncoderArchitecture(record, .declared, settings, source: .documented, dropout: dropout)
        .network(of: Double.self, seed: 5, wantsGradients: true, workspace: workspace)
    }
    let configuration = try DecoderConfiguration(
      kind: kind == .gpt2 ? .gpt2 : .transformerXL,
      record: DecoderRecord(
        width: 4,
        layers: [DecoderLayer(heads: 2, feedForwardDimension: 6), DecoderLayer(heads: 1, feedForwardDimension: 5)]),
      embedding: AdaptiveEmbedding(
        vocabularySize: 11, width: 4, divisor: 2, cutoffs: [6], tiesProjections: [false, true]), positionCount: 4)
    return DecoderArchitecture(configuration, source: .documented, dropout: dropout)
      .network(of: Double.self, seed: 5, wantsGradients: true, workspace: workspace)
  }

  private func cotangent(_ trace: NetworkTrace<Double>) -> Tensor<Double> {
    let shape = trace.tape.value(trace.output)
    let cotangent: Tensor<Double> = workspace.tensor(shape.rows, shape.columns)
    var generator = DocumentedGenerator(seed: 9)
    generator.fill(cotangent, scale: 1)
    return cotangent
  }

  /// Σ c ⊙ y.
  private func objective(_ trace: NetworkTrace<Double>) -> Double {
    Double.productSum(trace.tape.value(trace.output), cotangent(trace))
  }

  private func gradients(
    _ network: any Network<Double>, _ input: NetworkInput<Double>, _ request: ForwardRequest<Double>
  ) -> (trace: NetworkTrace<Double>, sweep: ReverseSweep<Double>) {
    let trace = network.forward(input, request)
    let sweep = ReverseSweep(trace.tape)
    sweep.seed(trace.output, cotangent(trace))
    return (trace, sweep)
  }

  private static let kinds = [ArchitectureKind.encoder, .gpt2, .transformerXL].map(\.rawValue)

  /// With regard to what a network reads.
  @Test(arguments: kinds) func inputGradient(_ kind: String) throws {
    let network = try network(kind, Dropout(0.3, seed: 2))
    // Larger than embeddings are at the start, so that normalisations are no plain scaling.
    let input = network.input(tokens)
    var generator = DocumentedGenerator(seed: 1)
    generator.fill(input.embedded, scale: 1)
    var request = ForwardRequest<Double>()
    request.inputGradient = true
    let (trace, sweep) = gradients(network, input, request)
    sweep.run()
    let found = try #require(sweep.cotangent(trace.input)).elements
    let (embedded, step) = (input.embedded, 1e-6)
    let largest = found.reduce(0) { max($0, abs($1)) }
    #expect(largest > 0)
    for row in 0..<embedded.rows {
      for column in 0..<embedded.columns {
        let value = embedded[row, column]
        let sides = [step, -step].map { step in
          embedded[row, column] = value + step
          return objective(network.forward(input, ForwardRequest()))
        }
        embedded[row, column] = value
        let slope = (sides[0] - sides[1]) / (2 * step)
        #expect(abs(found[row * embedded.columns + column] - slope) < 1e-7 * max(1, largest))
      }
    }
  }

  /// With regard to parameters, and the product of their Hessian with themselves. GPT-2's matrices are read where they lie, so
  /// that they can be moved.
  @Test func parametersAndHessian() throws {
    let network = try network("gpt-2", Dropout(0.3, seed: 2))
    let input = network.input(tokens)
    let request = ForwardRequest<Double>(gradients: [.weights])
    func gradient() -> [String: [Double]] {
      let (trace, sweep) = gradients(network, input, request)
      sweep.run()
      return Dictionary(
        uniqueKeysWithValues: trace.parameters(in: .weights).compactMap { parameter in
          sweep.cotangent(parameter.variable).map { (parameter.name, $0.elements) }
        })
    }
    let (trace, sweep) = gradients(network, input, request)
    let parameters = trace.parameters(in: .weights)
    let tangents = TangentSweep(trace.tape)
    for parameter in parameters { tangents.seed(parameter.variable, parameter.value(trace.tape)) }
    tangents.run()
    let second = ReverseSweep(trace.tape)
    sweep.run(tangents: tangents, second: second)
    // Layers alone: where they move, the tape computes what it computed.
    let layers = parameters.filter { $0.name.hasPrefix("h.") }
    #expect(layers.count == 8)
    for parameter in layers {
      let values = parameter.value(trace.tape)
      let found = try #require(sweep.cotangent(parameter.variable)).elements
      let place = values.count / 2
      let (row, column) = (place / values.columns, place % values.columns)
      let value = values[row, column]
      let sides = [1e-5, -1e-5].map { step in
        values[row, column] = value + step
        return objective(network.forward(input, request))
      }
      values[row, column] = value
      let largest = found.reduce(0) { max($0, abs($1)) }
      #expect(abs(found[place] - (sides[0] - sides[1]) / 2e-5) < 1e-6 * max(1e-3, largest), "\(parameter.name)")
    }
    let step = 1e-4
    let moved = [1 + step, (1 - step) / (1 + step)].map { factor in
      for parameter in parameters {
        let values = parameter.value(trace.tape)
        for row in 0..<values.rows { for column in 0..<values.columns { values[row, column] *= factor } }
      }
      return gradient()
    }
    for parameter in layers {
      let product = try #require(second.cotangent(parameter.variable)).elements
      let (up, down) = (try #require(moved[0][parameter.name]), try #require(moved[1][parameter.name]))
      let largest = product.reduce(0) { max($0, abs($1)) }
      for (index, found) in product.enumerated() {
        #expect(abs(found - (up[index] - down[index]) / (2 * step)) < 1e-5 * max(1e-3, largest), "\(parameter.name)")
      }
    }
  }

  /// As many numbers are dropped as p says, the others are scaled; seed, place and sequence decide.
  @Test func masks() throws {
    let mask: Tensor<Double> = workspace.tensor(200, 100)
    func drawn(_ probability: Double, seed: Int = 0, _ place: String = "drop", sequence: Int = 0) throws -> [Double] {
      try #require(Dropout(probability, seed: seed)).fill(mask, place, sequence: sequence)
      return mask.elements
    }
    for probability in [0.1, 0.5, 0.9] {
      let values = try drawn(probability)
      let share = Double(values.count { $0 == 0 }) / 20_000
      #expect(abs(share - probability) < 4 * (probability * (1 - probability) / 20_000).squareRoot())
      #expect(values.allSatisfy { $0 == 0 || $0 == 1 / (1 - probability) })
    }
    let one = try drawn(0.5)
    #expect(try drawn(0.5) == one)
    for other in [
      try drawn(0.5, seed: 1), try drawn(0.5, "drop1"), try drawn(0.5, sequence: 1),
    ] {
      // Independent: half of the places agree.
      #expect(abs(Double(zip(one, other).count { $0 == $1 }) - 10_000) < 300)
    }
    #expect(Dropout(0, seed: 1) == nil && Dropout(nil, seed: 1) == nil)
  }

  /// A sequence has its masks wherever it stands, and alone too.
  @Test(arguments: kinds) func masksGoWithSequences(_ kind: String) throws {
    let network = try network(kind, Dropout(0.3, seed: 2))
    func outputs(_ tokens: TokenBatch) -> [Int: [Double]] {
      let trace = network.forward(network.input(tokens), ForwardRequest())
      let output = trace.tape.value(trace.output)
      return Dictionary(
        uniqueKeysWithValues: trace.layout.numbers.enumerated().map {
          ($1, output.rows(trace.layout.rows(ofSequence: $0)).elements)
        })
    }
    let all = outputs(tokens)
    #expect(tokens.reversed().numbers == [2, 1, 0])
    #expect(outputs(tokens.reversed()) == all)
    for part in tokens.parts(of: 1) { for (number, output) in outputs(part) { #expect(output == all[number]) } }
    #expect(try outputs(tokens) != Self.plain(self.network(kind, nil), tokens))
  }

  private static func plain(_ network: any Network<Double>, _ tokens: TokenBatch) -> [Int: [Double]] {
    let trace = network.forward(network.input(tokens), ForwardRequest())
    return Dictionary(
      uniqueKeysWithValues: (0..<tokens.batchSize).map {
        ($0, trace.tape.value(trace.output).rows(trace.layout.rows(ofSequence: $0)).elements)
      })
  }

  /// Attention is read behind dropout; what SynFlow runs on drops nothing.
  @Test(arguments: kinds) func whatIsRead(_ kind: String) throws {
    let (dropping, plain) = (try network(kind, Dropout(0.5, seed: 2)), try network(kind, nil))
    let trace = dropping.forward(dropping.input(tokens), ForwardRequest())
    let attentions = trace.probes(.attention).flatMap { trace.tape.value($0.variable).elements }
    let whole = plain.forward(plain.input(tokens), ForwardRequest())
    let sighted = whole.probes(.attention).flatMap { whole.tape.value($0.variable).elements }.count { $0 > 0 }
    let kept = attentions.count { $0 > 0 }
    #expect(kept > sighted / 3 && kept < 2 * sighted / 3, "\(kept) of \(sighted)")
    for reading in plain.magnitudeReadings {
      let flows = [dropping, plain].map { network -> [Double] in
        let magnitudes = network.magnitudes(reading)
        let trace = magnitudes.forward(magnitudes.ones(sequenceLength: 4), ForwardRequest())
        return trace.tape.value(trace.output).elements
      }
      #expect(flows[0] == flows[1])
    }
  }
}
