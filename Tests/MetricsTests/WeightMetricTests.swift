import Foundation
import Networks
import Sizes
import TestSupport
import Testing

@testable import Metrics

/// Metrics of weights and gradients, from central differences of a network in plain loops.
@Suite struct WeightMetricTests {
  static let cells = SampleCells.names

  @Test(arguments: cells, [true, false]) func sumsOverAllWeights(_ cell: String, isTied: Bool) throws {
    let sample = try PlainSample(cell, isTied: isTied)
    let all = sample.weightsAndGradients(sample.network)
    let found = try sample.measure(["gradient-norm", "snip", "plain"])
    let norm = all.reduce(0) { $0 + dot($1.gradient, $1.gradient).squareRoot() }
    #expect(isClose(found["gradient-norm"], norm, 1e-7))
    #expect(isClose(found["snip"], all.reduce(0) { $0 + magnitudeDot($1.weight, $1.gradient) }, 1e-7))
    #expect(isClose(found["plain"], all.reduce(0) { $0 + dot($1.weight, $1.gradient) }, 1e-6))
  }

  /// Matrices of first-listed inputs are left out; a tied decoder counts, but for the last token; the objective is Σy or,
  /// in the notebook's protocol, Σy²/2.
  @Test(arguments: cells, [true, false]) func synapticSaliency(_ cell: String, isTied: Bool) throws {
    let sample = try PlainSample(cell, isTied: isTied)
    for protocolName in MetricProtocol.allCases {
      func objective(_ network: PlainNetwork) -> Double {
        let y = network.output()
        return protocolName == .results ? y.reduce(0, +) : dot(y, y) / 2
      }
      var expected = 0.0
      for name in sample.matrices(sample.network) where !name.hasSuffix("weights_raw.0") {
        expected += magnitudeDot(
          sample.network.weights[name] ?? [], sample.gradient(sample.network, name, objective))
      }
      if isTied {
        let gradient = sample.embeddingGradient(sample.inputGradient(sample.network, objective))
        let width = sample.settings.embeddingSize
        expected += magnitudeDot(sample.embedding.dropLast(width), gradient.dropLast(width))
      }
      #expect(sample.request.tokens.ids.contains(Int32(sample.settings.vocabularySize - 1)))
      let found = try sample.measure(["synaptic-saliency"], protocolName)
      #expect(isClose(found["synaptic-saliency"], expected, 1e-7), "\(protocolName)")
    }
  }

  /// −θᵀHg is minus the slope of ‖g(θ·(1 + ε))‖²/2 at ε = 0.
  @Test(arguments: cells) func grasp(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let epsilon = 1e-3
    let halves = [epsilon, -epsilon, 2 * epsilon, -2 * epsilon].map { epsilon -> Double in
      let network = sample.scaled(1 + epsilon)
      let matrices = sample.matrices(network).reduce(0) { sum, name in
        let gradient = sample.gradient(network, name)
        return sum + dot(gradient, gradient)
      }
      let embedding = sample.embeddingGradient(sample.inputGradient(network))
      return (matrices + dot(embedding, embedding)) / 2
    }
    // Differences of the fourth order.
    let slope = (8 * (halves[0] - halves[1]) - (halves[2] - halves[3])) / (12 * epsilon)
    let found = try sample.measure(["grasp"])
    #expect(isClose(found["grasp"], -slope, 1e-5))
  }

  @Test(arguments: cells) func tangentKernel(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let columns = sample.request.tokens.batchSize
    var kernel = [Double](repeating: 0, count: columns * columns)
    for name in sample.matrices(sample.network) {
      let gradients = (0..<columns).map { column in sample.gradient(sample.network, name) { $0.totals()[column] } }
      for i in 0..<columns { for j in 0..<columns { kernel[i * columns + j] += dot(gradients[i], gradients[j]) } }
    }
    let found = try sample.measure(["ntk-trace", "ntk-condition-number"])
    #expect(isClose(found["ntk-trace"], (0..<columns).reduce(0) { $0 + kernel[$1 * columns + $1] }, 1e-7))
    let eigenvalues = eigenvalues(kernel, columns)
    let (smallest, largest) = (try #require(eigenvalues.first), try #require(eigenvalues.last))
    #expect(isClose(found["ntk-condition-number"], largest / smallest, 1e-3))
  }

  /// The eigenvalues of a symmetric matrix by Jacobi's rotations, ascending.
  private func eigenvalues(_ matrix: [Double], _ size: Int) -> [Double] {
    var a = matrix
    for _ in 0..<60 {
      for p in 0..<size {
        for q in p + 1..<size where a[p * size + q] != 0 {
          let angle = atan2(2 * a[p * size + q], a[p * size + p] - a[q * size + q]) / 2
          let (c, s) = (cos(angle), sin(angle))
          for k in 0..<size {
            let (x, y) = (a[k * size + p], a[k * size + q])
            (a[k * size + p], a[k * size + q]) = (c * x + s * y, c * y - s * x)
          }
          for k in 0..<size {
            let (x, y) = (a[p * size + k], a[q * size + k])
            (a[p * size + k], a[q * size + k]) = (c * x + s * y, c * y - s * x)
          }
        }
      }
    }
    return (0..<size).map { a[$0 * size + $0] }.sorted()
  }

  /// The network of |W| without biases, one column of ones.
  @Test(arguments: cells) func synflow(_ cell: String) throws {
    let sample = try PlainSample(cell)
    var network = PlainNetwork(
      sample.network.recipe, sample.network.sizes, steps: sample.network.steps, columns: 1, weights: [:],
      input: Array(repeating: 1, count: sample.network.steps * sample.settings.embeddingSize))
    network.weights = sample.network.weights.mapValues { $0.map(abs) }
    for name in network.weights.keys where name.hasSuffix("bias") {
      network.weights[name] = network.weights[name]?.map { _ in 0 }
    }
    var (sum, logarithmic) = (0.0, 0.0)
    for name in sample.matrices(network) {
      let gradient = sample.gradient(network, name)
      sum += magnitudeDot(network.weights[name] ?? [], gradient)
      logarithmic += magnitudeDot(network.weights[name] ?? [], gradient.map { log(1 + abs($0)) })
    }
    let found = try sample.measure(["synflow", "log-synflow"])
    #expect(isClose(found["synflow"], sum, 1e-7))
    #expect(isClose(found["log-synflow"], logarithmic, 1e-7))
  }
}
