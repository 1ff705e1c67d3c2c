import Foundation
import TestSupport

/// One column of an Elman cell, an LSTM or a GRU, written out as its papers have it.
struct WrittenCell {
  let cell: String
  let weights: [String: [Double]]
  var h: [Double]
  var c: [Double]

  init(cell: String, weights: [String: [Double]], width: Int) {
    (self.cell, self.weights) = (cell, weights)
    h = Array(repeating: 0, count: width)
    c = h
  }

  /// W·x + U·h + b.
  private func affine(_ node: String, _ x: [Double], _ h: [Double]) -> [Double] {
    let prefix = PlainNetwork.prefix(0, node)
    func product(_ position: Int, _ row: Int, _ vector: [Double]) -> Double {
      let matrix = weights["\(prefix).weights_raw.\(position)"] ?? []
      return vector.indices.reduce(0) { $0 + matrix[row * vector.count + $1] * vector[$1] }
    }
    return h.indices.map { row in
      product(0, row, x) + product(1, row, h) + (weights["\(prefix).bias"]?[row] ?? .nan)
    }
  }

  private func logistic(_ v: [Double]) -> [Double] { v.map { 1 / (1 + exp(-$0)) } }

  /// The next state.
  mutating func step(_ x: [Double]) -> [Double] {
    switch cell {
    case "elman": h = affine("f", x, h).map(tanh)
    case "lstm":
      let (candidate, input) = (affine("i", x, h).map(tanh), logistic(affine("j", x, h)))
      let (forget, output) = (logistic(affine("f", x, h)), affine("o", x, h).map(tanh))
      c = c.indices.map { forget[$0] * c[$0] + candidate[$0] * input[$0] }
      h = c.indices.map { tanh(c[$0]) * output[$0] }
    default:
      let (reset, update) = (logistic(affine("r", x, h)), logistic(affine("z", x, h)))
      let candidate = affine("c", x, zip(reset, h).map { $0 * $1 }).map(tanh)
      h = h.indices.map { update[$0] * h[$0] + (1 - update[$0]) * candidate[$0] }
    }
    return h
  }
}
