import Foundation
import Gradients
import Networks
import Outcomes
import SearchSpaces
import Tensors
import TestSupport
import Testing

@testable import Metrics

/// The proxies of later papers against closed forms, made cases and networks in plain loops.
@Suite struct LaterProxyTests {
  private let workspace = Workspace()

  private func matrix<Element: TensorElement>(_ rows: [[Double]], _: Element.Type = Double.self) -> Tensor<Element> {
    let matrix: Tensor<Element> = workspace.tensor(rows.count, rows.first?.count ?? 0)
    for (row, values) in rows.enumerated() {
      for (column, value) in values.enumerated() { matrix[row, column] = Element(value) }
    }
    return matrix
  }

  // MARK: Descriptions alone

  /// The answer of a public course exercise, to nine decimals.
  @Test func spectralCapacityOfADecoder() throws {
    let architecture = DecoderArchitecture(
      try DecoderConfiguration(
        kind: .gpt2,
        record: DecoderRecord(
          width: 128, layers: [256, 512].map { DecoderLayer(heads: 4, feedForwardDimension: $0) }),
        embedding: AdaptiveEmbedding(vocabularySize: 267_735, width: 128)))
    let ids = CapacityReading.allCases.map { NeuralSpectralCapacity.published.description.id + suffix($0) }
    var request = MeasurementRequest(architecture: architecture, metrics: ids, tokens: try SmallTransformers.tokens())
    let result = try MeasurementWorker().measure(request)
    let found = Dictionary(uniqueKeysWithValues: result.outcomes.map { ($0.column, $0.outcome) })
    #expect(result.peakBytes == 0)
    let published = try #require(found["neural-spectral-capacity"]?.value)
    #expect(abs(published - 121.820169804) < 1e-9)
    #expect(found["neural-spectral-capacity-per-head"]?.value == published)
    #expect(found["neural-spectral-capacity-constant"]?.value == published)
    #expect(
      found["neural-spectral-capacity-stacked"]
        == .failure(Reason("it is not defined for \(ArchitectureKind.gpt2.title)")))
    for id in ["merged", "xavier", "kaiming"] {
      #expect(try #require(found["neural-spectral-capacity-\(id)"]?.value) != published)
    }
    request.metrics = ["layer-parameters", "non-embedding-parameters"]
    let counts = try MeasurementWorker().measure(request).outcomes.map(\.outcome)
    // 2·(4d² + 4d) and Σ 2df + f + d; normalisations 2·4d + 2d.
    let layers = 2.0 * (4 * 128 * 128 + 4 * 128) + Double(2 * 128 * 768 + 768 + 2 * 128)
    #expect(counts == [.success(layers), .success(layers + 10 * 128)])
  }

  private func suffix(_ reading: CapacityReading) -> String { reading == .published ? "" : "-\(reading.rawValue)" }

  /// The declared record counts, whatever the network: Σ of the test vectors of single matrices.
  @Test(arguments: EncoderVariant.allCases) func spectralCapacityOfAnEncoder(_ variant: EncoderVariant) throws {
    let record = try EncoderRecord(
      hiddenSize: 256,
      layers: [EncoderLayer(operation: .scaledDotProduct, heads: 4, feedForwardDimension: 1024, feedForwardCount: 2)])
    let found = try SmallTransformers.measure(
      EncoderArchitecture(record, variant),
      ["neural-spectral-capacity", "neural-spectral-capacity-stacked", "neural-spectral-capacity-per-head"])
    let (square, merged, branch) = (148.5971555505, 219.4763902582, 196.7388993187)
    let published = try #require(found["neural-spectral-capacity"]?.value)
    #expect(abs(published - (merged + square + 4 * branch)) < 1e-8)
    let perHead = try #require(found["neural-spectral-capacity-per-head"]?.value)
    #expect(abs(perHead - (12 * 58.1542551771 + square + 4 * branch)) < 1e-8)
    var capacity = SpectralCapacity()
    let stack = [
      WeightMatrices(outputs: 768, inputs: 256), WeightMatrices(outputs: 256, inputs: 256),
      WeightMatrices(outputs: 1024, inputs: 256, count: 2), WeightMatrices(outputs: 1024, inputs: 1024),
    ]
    let stacked = try #require(found["neural-spectral-capacity-stacked"]?.value)
    #expect(abs(stacked - capacity.value(of: stack, scale: .xavier)) < 1e-8)
  }

  // MARK: ZeroLM

  /// E[S] = s²·max(m, n) of independent entries: a count of widths.
  @Test func zeroLMIsExpectedToCountWidths() throws {
    let variance = 0.02 * 0.02
    let configuration = try DecoderConfiguration(
      kind: .gpt2,
      record: DecoderRecord(width: 96, layers: [64, 200].map { DecoderLayer(heads: 4, feedForwardDimension: $0) }),
      embedding: AdaptiveEmbedding(vocabularySize: 30, width: 96), positionCount: 16)
    let found = try SmallTransformers.measure(
      DecoderArchitecture(configuration), ["zerolm-attention", "zerolm-feed-forward", "zerolm"])
    // Joint queries, keys and values 3·96; outputs of the two parts have the variance σ²/(2L).
    let attention = 2 * (variance * 288 + variance / 4 * 96)
    let feedForward = variance * (96 + 200) + variance / 4 * (96 + 200)
    let (a, f) = (
      try #require(found["zerolm-attention"]?.value), try #require(found["zerolm-feed-forward"]?.value)
    )
    #expect(abs(a / attention - 1) < 0.02 && abs(f / feedForward - 1) < 0.02)
    #expect(found["zerolm"]?.value == 0.5 * a + 0.5 * f)
  }

  // MARK: ZiCo

  @Test func zicoOfTwoBatches() {
    let rows: [[Double]] = [[1, -2, 3, 0, 5], [1, 2, 1, 4, -1]]
    // The first entry has no deviation; mean |g| over population deviation of the others.
    var expected = 0.0
    for column in 1..<5 {
      let (a, b) = (rows[0][column], rows[1][column])
      let mean = (a + b) / 2
      let deviation = (((a - mean) * (a - mean) + (b - mean) * (b - mean)) / 2).squareRoot()
      expected += (abs(a) + abs(b)) / 2 / deviation
    }
    #expect(abs(ZiCo.inner(matrix(rows)) - expected) < 1e-12)
    #expect(abs(ZiCo.inner(matrix(rows, Float.self)) - expected) < 1e-6)
    #expect(ZiCo.inner(matrix([[1, 2], [1, 2]])) == 0)
  }

  /// Of an odd number of columns the last is left out.
  @Test(arguments: SampleCells.names, [3, 5]) func zicoOfCells(_ cell: String, _ columns: Int) throws {
    let sample = try PlainSample(cell, batchSize: columns)
    let size = columns / 2
    let halves = [0..<size, size..<2 * size].map { half in
      sample.matrices(sample.network).map { name in
        sample.gradient(sample.network, name) { network in half.reduce(0) { $0 + network.totals()[$1] } }
      }
    }
    var expected = 0.0
    for (first, second) in zip(halves[0], halves[1]) {
      var inner = 0.0
      for (a, b) in zip(first, second) where a != b { inner += (abs(a) + abs(b)) / abs(a - b) }
      if inner > 0 { expected += log(inner) }
    }
    #expect(isClose(try sample.measure(["zico"])["zico"], expected, 1e-4))
  }

  @Test func zicoOfEqualHalves() throws {
    for architecture in try SmallTransformers.all() {
      let ids = try SmallTransformers.tokens(batchSize: 1).ids
      let twice = try TokenBatch(sequenceLength: 12, batchSize: 2, ids: ids.flatMap { [$0, $0] })
      let once = try TokenBatch(sequenceLength: 12, batchSize: 1, ids: ids)
      #expect(
        try SmallTransformers.measure(architecture, ["zico"], twice)["zico"]
          == .failure(Reason("the gradients of both halves are the same")))
      #expect(
        try SmallTransformers.measure(architecture, ["zico"], once)["zico"]
          == .failure(Reason("one sequence has no halves")))
      #expect(try SmallTransformers.measure(architecture, ["zico"])["zico"]?.value != nil)
      // Cotangents go on from half to half.
      #expect(try SmallTransformers.measure(architecture, ["zico-random"], twice)["zico-random"]?.value != nil)
    }
  }

  // MARK: NASI

  /// ‖Σ gᵢ‖²/B² of recurrent cells; of one sequence the trace of its tangent kernel.
  @Test(arguments: SampleCells.names) func nasiTraceOfCells(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let norm = sample.weightsAndGradients(sample.network).reduce(0) { $0 + dot($1.gradient, $1.gradient) }
    #expect(isClose(try sample.measure(["nasi-trace"])["nasi-trace"], norm / 9, 1e-6))
  }

  @Test func nasiTraceOfOneSequence() throws {
    let one = try SmallTransformers.tokens(batchSize: 1)
    for architecture in try SmallTransformers.all() {
      let found = try SmallTransformers.measure(architecture, ["nasi-trace-random", "ntk-trace"], one)
      #expect(isClose(found["nasi-trace-random"]?.value, try #require(found["ntk-trace"]?.value), 1e-10))
    }
  }

  // MARK: Signs

  /// Rows of a matrix are the columns of its transpose: regions count what SWAP counts, the other way round.
  @Test(arguments: [(3, 4), (2, 70), (70, 9), (130, 67)]) func patterns(_ samples: Int, _ neurons: Int) {
    var generator = DocumentedGenerator(seed: UInt64(samples))
    let few = (0..<5).map { _ in (0..<neurons).map { _ in generator.next() - 0.5 } }
    let rows = (0..<samples).map { _ in few[Int(generator.next() * 5)] }
    let columns = (0..<neurons).map { column in rows.map { $0[column] } }
    func distinct(_ rows: [[Double]]) -> Int { Set(rows.map { $0.map { $0 > 0 } }).count }
    let (plain, turned) = (
      SignPatterns(samples: samples, countsColumns: false), SignPatterns(samples: samples, countsColumns: true)
    )
    // In two parts, the first of one neuron.
    for patterns in [plain, turned] {
      patterns.add(matrix(rows.map { [$0[0]] }))
      patterns.add(matrix(rows.map { Array($0.dropFirst()) }, Float.self))
      #expect(patterns.neurons == neurons)
    }
    #expect(plain.distinctRows == distinct(rows) && turned.distinctColumns == distinct(columns))
    let transposed = SignPatterns(samples: neurons, countsColumns: true)
    transposed.add(matrix(columns))
    #expect(transposed.distinctColumns == plain.distinctRows)
  }

  @Test func patternsOfNetworks() throws {
    let tokens = try SmallTransformers.tokens()
    for architecture in try SmallTransformers.all() {
      let network = architecture.network(of: Double.self, seed: 3, wantsGradients: false, workspace: workspace)
      let trace = network.forward(network.input(tokens), ForwardRequest())
      let outputs = trace.probes(.activation).map { trace.tape.value($0.variable) }
      let rows = (0..<48).map { row in outputs.flatMap { $0.rows(row..<row + 1).elements.map { $0 > 0 } } }
      let sequences = (0..<4).map { sequence in
        (0..<12).flatMap { rows[trace.layout.row(step: $0, sequence: sequence)] }
      }
      let columns = sequences[0].indices.map { column in sequences.map { $0[column] } }
      let found = try SmallTransformers.measure(architecture, ["linear-regions", "linear-regions-tokens", "swap"])
      #expect(found["linear-regions"]?.value == Double(Set(sequences).count))
      #expect(found["linear-regions-tokens"]?.value == Double(Set(rows).count))
      #expect(found["swap"]?.value == Double(Set(columns).count))
    }
  }

  // MARK: MeCo

  @Test func smallestEigenvalueOfCorrelations() throws {
    // Two outputs with correlation r have the eigenvalues 1 ± |r|, whatever their sizes and means.
    let x = [1.0, 2, 4, 7, 3]
    let y = [2.0, 1, 6, 5, 1]
    func covariance(_ a: [Double], _ b: [Double]) -> Double {
      let (meanA, meanB) = (a.reduce(0, +) / 5, b.reduce(0, +) / 5)
      return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) }
    }
    let r = covariance(x, y) / (covariance(x, x) * covariance(y, y)).squareRoot()
    let rows = zip(x, y).map { [$0, 100 - 3 * $1] }
    #expect(abs(try MeCo.smallestEigenvalue(matrix(rows), workspace) - (1 - abs(r))) < 1e-12)
    #expect(try MeCo.smallestEigenvalue(matrix(x.map { [$0, 4] }), workspace) == 0)
    // 8 outputs and more of every layer over 8 tokens: no rank is full.
    let found = try SmallTransformers.measure(
      SmallTransformers.decoder(.gpt2), ["meco"], SmallTransformers.tokens(sequenceLength: 5))
    #expect(found["meco"]?.reason?.text.contains("every correlation is singular") == true)
    #expect(try SmallTransformers.measure(SmallTransformers.decoder(.gpt2), ["meco"])["meco"]?.value ?? 0 > 0)
  }

  // MARK: AZ-NAS

  @Test func expressivity() throws {
    // d directions of the same variance: ln d but for the offset.
    let cross: [[Double]] = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
    #expect(abs(try AZNASExpressivity.entropy(matrix(cross), workspace) - log(3)) < 1e-7)
    // Shares ½, ¼, ¼ of variances 2, 1, 1.
    let scaled = cross.map { (row: [Double]) -> [Double] in [row[0] * 2.0.squareRoot() + 5, row[1], row[2]] }
    #expect(abs(try AZNASExpressivity.entropy(matrix(scaled), workspace) - 1.5 * log(2)) < 1e-7)
    // More units than tokens: those that repeat others add nothing but their variance.
    let wide = scaled.map { (row: [Double]) -> [Double] in row + row + row.map { -$0 } + row }
    #expect(abs(try AZNASExpressivity.entropy(matrix(wide), workspace) - 1.5 * log(2)) < 1e-7)
    #expect(throws: Reason.self) { try AZNASExpressivity.entropy(matrix([[1, 2], [1, 2]]), workspace) }
  }

  @Test func largestSingularValue() throws {
    // aᵀ·b/n = [[3, 0], [4, 5]]/2, whose singular values are √45/2 and √5/2.
    let a = matrix([[1.0, 0], [0, 1]])
    let b = matrix([[3.0, 0], [4, 5]])
    #expect(
      abs(try AZNASTrainability.largestSingularValue(a, b, workspace) - 45.0.squareRoot() / 2) < 1e-12)
    #expect(abs(AZNASTrainability.score(1)) < 1e-5)
    #expect(AZNASTrainability.score(0.5) < -0.4 && AZNASTrainability.score(2) < -0.4)
  }

  /// One sweep over the chain gives what a sweep for each link gives.
  @Test func trainabilityOfNetworks() throws {
    let tokens = try SmallTransformers.tokens()
    for architecture in try SmallTransformers.all() {
      let network = architecture.network(of: Double.self, seed: 3, wantsGradients: true, workspace: workspace)
      let trace = network.forward(network.input(tokens), ForwardRequest(inputGradient: true))
      let probes = trace.probes.filter { [.middleStates, .states].contains($0.label.kind) }
      #expect(probes.count == 2 * architecture.layerCount)
      var generator = DocumentedGenerator(seed: 777)
      var scores: [Double] = []
      for (into, out) in zip(probes, probes.dropFirst()).reversed() {
        let cotangent: Tensor<Double> = workspace.tensor(48, 8)
        for row in 0..<48 { for unit in 0..<8 { cotangent[row, unit] = generator.next() < 0.5 ? -1 : 1 } }
        var gradient: [[Double]] = []
        let sweep = ReverseSweep(trace.tape)
        sweep.visit(into.variable, after: try #require(into.end)) { found in
          if gradient.isEmpty { gradient = (0..<48).map { found.rows($0..<$0 + 1).elements } }
        }
        sweep.seed(out.variable, cotangent)
        sweep.run()
        let sigma = try AZNASTrainability.largestSingularValue(matrix(gradient), cotangent, workspace)
        scores.append(AZNASTrainability.score(sigma))
      }
      let found = try SmallTransformers.measure(architecture, ["az-nas-trainability"])["az-nas-trainability"]?.value
      #expect(isClose(found, scores.reduce(0, +) / Double(scores.count), 1e-10))
    }
  }

  // MARK: All of them

  /// A decoder of the kind of GPT-2 with documented weights, written again in PyTorch 1.13.
  @Test func againstPyTorch() throws {
    let configuration = try DecoderConfiguration(
      kind: .gpt2,
      record: DecoderRecord(
        width: 8,
        layers: [DecoderLayer(heads: 2, feedForwardDimension: 12), DecoderLayer(heads: 4, feedForwardDimension: 5)]),
      embedding: AdaptiveEmbedding(vocabularySize: 30, width: 8), positionCount: 16)
    let recorded = [
      "zico": 48.14644187430541, "nasi-trace": 0.0013136143095308995, "zerolm-attention": 0.02069396117748843,
      "zerolm-feed-forward": 0.011254093143672064, "linear-regions": 4, "linear-regions-tokens": 34, "swap": 16,
      "meco": 0.0874089672025655, "az-nas-expressivity": 6.144617584851115, "az-nas-trainability": -0.25993023101491824,
    ]
    let found = try SmallTransformers.measure(
      DecoderArchitecture(configuration, source: .documented), recorded.keys.sorted())
    for (id, value) in recorded { #expect(isClose(found[id]?.value, value, 1e-9), "\(id): \(found[id] as Any)") }
  }
}
