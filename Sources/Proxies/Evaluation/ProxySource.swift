import Outcomes

/// Where the matrices of a network come from. Only those that a program reads are asked for, and each when it is needed, so
/// that a source need not hold more than one at a time.
package protocol ProxySource {
  /// The modules in which the network has matrices of an input, in the network's order: layer by layer.
  ///
  /// - Throws: `Reason` when the network cannot have the input, as a recurrent cell has no attention heads.
  func modules(of input: ProxyInput) throws(Reason) -> [ProxyModule]

  /// The matrix of one of these modules.
  ///
  /// - Parameter place: The module's place in `modules(of:)`.
  func tensor(of input: ProxyInput, at place: Int) throws(Reason) -> ProxyTensor
}

/// A module of a network.
package struct ProxyModule: Sendable, Hashable, Codable {
  /// The layer that it belongs to, from 1.
  package var layer: Int
  /// Its name in the layer, such as `attention.query`; the same for its weight and its gradient.
  package var name: String

  package init(layer: Int, name: String) {
    self.layer = layer
    self.name = name
  }
}

/// Matrices that are all in memory.
package struct ProxyMatrices: ProxySource, Sendable {
  /// A matrix with its module.
  package struct Entry: Sendable, Hashable {
    package var module: ProxyModule
    package var tensor: ProxyTensor

    package init(_ module: ProxyModule, _ tensor: ProxyTensor) {
      self.module = module
      self.tensor = tensor
    }
  }

  private let entries: [ProxyInput: [Entry]]

  /// Takes matrices in the network's order. An input that is left out has no modules.
  package init(_ entries: [ProxyInput: [Entry]]) { self.entries = entries }

  package func modules(of input: ProxyInput) -> [ProxyModule] { (entries[input] ?? []).map(\.module) }

  package func tensor(of input: ProxyInput, at place: Int) throws(Reason) -> ProxyTensor {
    guard let list = entries[input], list.indices.contains(place) else { throw Reason("there is no such matrix") }
    return list[place].tensor
  }
}
