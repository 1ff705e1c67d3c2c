import Networks
import SearchSpaces
import Sizes
import Tensors
import TestSupport

@testable import Metrics

/// A tiny network to measure, and the same in plain loops with derivatives from central differences.
struct PlainSample {
  let request: MeasurementRequest
  let settings: LanguageModelSettings
  let network: PlainNetwork
  /// The embedding [V, e].
  let embedding: [Double]
  private let step = 1e-5

  init(_ cell: String, isTied: Bool = true, sequenceLength: Int = 4, batchSize: Int = 3, vocabulary: Int = 7) throws {
    settings = try LanguageModelSettings(
      vocabularySize: vocabulary, embeddingSize: 3, hiddenSize: 4, layerCount: 2, isTied: isTied)
    let recipe = try recipe(SampleCells.text(cell))
    request = try MeasurementRequest(
      architecture: RecurrentArchitecture(recipe, settings), metrics: [], precision: .float64, seed: 2,
      tokens: .textFree(sequenceLength: sequenceLength, batchSize: batchSize, vocabularySize: vocabulary))
    let workspace = Workspace()
    let model = LanguageModel<Double>(recipe, settings: settings, seed: 2, workspace: workspace)
    var weights = Dictionary(uniqueKeysWithValues: model.namedWeights().map { ($0.name, $0.values) })
    embedding = weights.removeValue(forKey: "encoder.weight") ?? []
    network = PlainNetwork(
      recipe, settings.sizes, steps: sequenceLength, columns: batchSize, weights: weights,
      input: model.input(request.tokens).embedded.elements)
  }

  /// The values of metrics by column.
  func measure(_ metrics: [String], _ protocolName: MetricProtocol = .results) throws -> [String: Double] {
    var request = request
    request.metrics = metrics
    request.protocolName = protocolName
    let outcomes = try MeasurementWorker().measure(request).outcomes
    return Dictionary(
      uniqueKeysWithValues: outcomes.compactMap { outcome in outcome.outcome.value.map { (outcome.column, $0) } })
  }

  /// The matrices of linear nodes by name, in no order.
  func matrices(_ network: PlainNetwork) -> [String] {
    network.weights.keys.filter { $0.contains("weights_raw") }.sorted()
  }

  /// The derivative of an objective when something of a network is moved.
  func slope(
    _ network: PlainNetwork, _ objective: (PlainNetwork) -> Double = { $0.total() },
    _ move: (inout PlainNetwork, Double) -> Void
  ) -> Double {
    let values = [step, -step].map { step in
      var moved = network
      move(&moved, step)
      return objective(moved)
    }
    return (values[0] - values[1]) / (2 * step)
  }

  /// The gradient of an objective with regard to a matrix.
  func gradient(
    _ network: PlainNetwork, _ name: String, _ objective: (PlainNetwork) -> Double = { $0.total() }
  ) -> [Double] {
    (network.weights[name] ?? []).indices.map { index in slope(network, objective) { $0.weights[name]?[index] += $1 } }
  }

  /// The gradient of an objective with regard to the embedded tokens [T·B, e].
  func inputGradient(
    _ network: PlainNetwork, _ objective: (PlainNetwork) -> Double = { $0.total() }
  ) -> [Double] {
    network.input.indices.map { index in slope(network, objective) { $0.input[index] += $1 } }
  }

  /// A gradient of the embedded tokens as that of the embedding [V, e].
  func embeddingGradient(_ inputGradient: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: embedding.count)
    let width = settings.embeddingSize
    for (row, id) in request.tokens.ids.enumerated() {
      for unit in 0..<width { gradient[Int(id) * width + unit] += inputGradient[row * width + unit] }
    }
    return gradient
  }

  /// All matrices and the embedding with their gradients.
  func weightsAndGradients(_ network: PlainNetwork) -> [(weight: [Double], gradient: [Double])] {
    matrices(network).map { (network.weights[$0] ?? [], gradient(network, $0)) }
      + [(embedding, embeddingGradient(inputGradient(network)))]
  }

  /// The network with all matrices and the embedding multiplied.
  func scaled(_ factor: Double) -> PlainNetwork {
    var scaled = network
    for name in matrices(network) { scaled.weights[name] = network.weights[name]?.map { $0 * factor } }
    scaled.input = network.input.map { $0 * factor }
    return scaled
  }
}

/// Whether a value is within a tolerance relative to its size.
func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
  guard let value else { return false }
  return abs(value - expected) <= tolerance * max(abs(expected), 1e-3)
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
func magnitudeDot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + abs($1.0 * $1.1) } }
