import Foundation
import TestSupport
import Testing

@testable import Metrics

/// Metrics of states, activations and the input's gradient, from a network in plain loops.
@Suite struct ValueMetricTests {
  /// −Σ [ln(λ + k) + 1/(λ + k)] = −ln det(C + k·I) − tr (C + k·I)⁻¹, C the correlations of rows, by Gauss and Jordan.
  private func score(_ rows: [[Double]]) -> Double {
    let centered = rows.map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      return row.map { $0 - mean }
    }
    let size = rows.count
    var matrix = centered.map { a in
      centered.map { b in dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot() } + Array(repeating: 0, count: size)
    }
    for index in 0..<size {
      matrix[index][index] = 1 + 1e-5
      matrix[index][size + index] = 1
    }
    var logarithm = 0.0
    for pivot in 0..<size {
      logarithm += log(matrix[pivot][pivot])
      matrix[pivot] = matrix[pivot].map { $0 / matrix[pivot][pivot] }
      for row in 0..<size where row != pivot {
        let factor = matrix[row][pivot]
        matrix[row] = zip(matrix[row], matrix[pivot]).map { $0 - factor * $1 }
      }
    }
    return -logarithm - (0..<size).reduce(0) { $0 + matrix[$1][size + $1] }
  }

  private func cosineScore(_ rows: [[Double]]) -> Double {
    var sum = 0.0
    for i in rows.indices {
      for j in rows.indices where i != j {
        sum += pow(abs(dot(rows[i], rows[j]) / (dot(rows[i], rows[i]) * dot(rows[j], rows[j])).squareRoot()), 0.05)
      }
    }
    return 1 - sum / Double(2 * rows.count * (rows.count - 1))
  }

  /// A row for each column of the batch.
  private func byColumn(_ gradient: [Double], _ sample: PlainSample) -> [[Double]] {
    let (columns, width) = (sample.request.tokens.batchSize, sample.settings.embeddingSize)
    return (0..<columns).map { column in
      (0..<sample.request.tokens.sequenceLength).flatMap { step in
        let start = (step * columns + column) * width
        return Array(gradient[start..<start + width])
      }
    }
  }

  @Test(arguments: SampleCells.names) func jacobians(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let rows = byColumn(sample.inputGradient(sample.network), sample)
    let found = try sample.measure(["jacobian-covariance", "jacobian-cosine", "embedding-covariance"])
    #expect(isClose(found["jacobian-covariance"], score(rows), 1e-5))
    #expect(isClose(found["jacobian-cosine"], cosineScore(rows), 1e-7))
    let (steps, width) = (
      sample.request.tokens.sequenceLength, sample.network.input.count / sample.request.tokens.sequenceLength
    )
    let tokens = (0..<steps).map { Array(sample.network.input[$0 * width..<($0 + 1) * width]) }
    #expect(isClose(found["embedding-covariance"], score(tokens), 1e-9))
  }

  /// Units over the states that enter steps, zeros at the first.
  @Test(arguments: SampleCells.names) func hiddenCovariance(_ cell: String) throws {
    let sample = try PlainSample(cell, sequenceLength: 6, batchSize: 4)
    let found = try sample.measure(["hidden-covariance"])
    for (layer, values) in sample.network.run().enumerated() {
      let width = values.states[0][0].count
      let rows = (0..<width).map { unit in
        Array(repeating: 0.0, count: 4) + values.states.dropLast().flatMap { $0.map { $0[unit] } }
      }
      #expect(isClose(found["layer-\(layer + 1)-hidden-covariance"], score(rows), 1e-7))
    }
  }

  @Test(arguments: SampleCells.names) func hiddenSaliencyAndFisher(_ cell: String) throws {
    let sample = try PlainSample(cell)
    let plain = sample.network
    var (saliency, fisher) = (0.0, 0.0)
    for (layer, values) in plain.run().enumerated() {
      for step in values.states.indices {
        for column in values.states[step].indices {
          for (unit, state) in values.states[step][column].enumerated() {
            if step < values.states.count - 1 {
              saliency += abs(state * sample.slope(plain) { $0.moved = (.state(layer, step, column, unit), $1) })
            }
            for node in plain.recipe.nodes.indices where plain.recipe.nodes[node].operation.isActivation {
              let slope = sample.slope(plain) { $0.moved = (.node(layer, node, step, column, unit), $1) }
              let product = slope * values.nodes[node][step][column][unit]
              fisher += product * product
            }
          }
        }
      }
    }
    let found = try sample.measure(["hidden-synaptic-saliency", "fisher"])
    #expect(isClose(found["hidden-synaptic-saliency"], saliency, 1e-7))
    #expect(isClose(found["fisher"], fisher, 1e-7))
    let alone = try sample.measure(["hidden-synaptic-saliency"])
    #expect(isClose(alone["hidden-synaptic-saliency"], saliency, 1e-7))
  }

  @Test(arguments: SampleCells.names) func activationKernels(_ cell: String) throws {
    let sample = try PlainSample(cell, sequenceLength: 5, batchSize: 3)
    let recipe = sample.network.recipe
    var kernels = [false: [Double](repeating: 0, count: 9), true: [Double](repeating: 0, count: 9)]
    for values in sample.network.run() {
      for node in recipe.nodes.indices where recipe.nodes[node].operation.isActivation {
        for outputs in values.nodes[node] {
          for (i, j) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)] {
            let same = zip(outputs[i], outputs[j]).count { ($0 > 0) == ($1 > 0) }
            kernels[false]?[3 * i + j] += Double(same)
            if recipe.nodes[node].operation == .leakyReLU { kernels[true]?[3 * i + j] += Double(same) }
          }
        }
      }
    }
    let found = try sample.measure(["activation-distance", "naswot"])
    let doubled = try sample.measure(["activation-distance"], .notebook)
    for (name, isRectifier) in [("activation-distance", false), ("naswot", true)] {
      let k = try #require(kernels[isRectifier])
      let determinant =
        k[0] * (k[4] * k[8] - k[5] * k[7]) - k[1] * (k[3] * k[8] - k[5] * k[6]) + k[2] * (k[3] * k[7] - k[4] * k[6])
      if determinant == 0 {
        #expect(found[name] == nil)
      } else {
        #expect(isClose(found[name], log(abs(determinant)), 1e-12))
        if !isRectifier { #expect(isClose(doubled[name], log(abs(determinant)) + 3 * log(2), 1e-12)) }
      }
    }
  }
}
