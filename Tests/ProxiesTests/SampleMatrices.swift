import Outcomes
import Statistics

@testable import Proxies

/// A made-up network: a few layers, some with several modules.
struct SampleMatrices {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A number in −1 … 1.
  mutating func number() -> Double { Double(generator.next() >> 11) * 0x1p-52 - 1 }

  mutating func tensor(_ shape: [Int], scale: Double = 1) -> ProxyTensor {
    ProxyTensor(shape: shape, unchecked: (0..<shape.reduce(1, *)).map { _ in scale * number() })
  }

  /// Modules of each layer, a matrix each.
  mutating func entries(_ modules: [Int], _ shape: [Int], scale: Double = 1) -> [ProxyMatrices.Entry] {
    modules.enumerated().flatMap { layer, count in
      (0..<count).map { module in
        ProxyMatrices.Entry(
          ProxyModule(layer: layer + 1, name: "module-\(module + 1)"), tensor(shape, scale: scale))
      }
    }
  }

  /// A network with weights and gradients of two modules in each of three layers, a head in each, activations 1, 2 and 3.
  static func network(seed: UInt64) -> ProxyMatrices {
    var sample = SampleMatrices(seed: seed)
    return ProxyMatrices([
      .weight: sample.entries([2, 2, 2], [4, 3]), .gradient: sample.entries([2, 2, 2], [4, 3], scale: 0.01),
      .head: sample.entries([1, 1, 1], [2, 3, 4]), .activation: sample.entries([1, 2, 3], [2, 3, 5]),
      .softmax: sample.entries([1, 1, 1], [2, 2, 3, 3]),
    ])
  }
}
