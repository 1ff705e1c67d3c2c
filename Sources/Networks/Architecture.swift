import Diagnostics
import Outcomes
import SearchSpaces
import Sizes
import Tensors

/// An architecture at given sizes: what measuring knows of it. A new kind of network is a type that conforms, whose
/// `network` tags its trace; no metric has to know of it.
package protocol Architecture: Sendable {
  /// The kind of network.
  var kind: ArchitectureKind { get }
  /// The canonical text, which stands for the architecture in keys. Beside the sizes, values depend on nothing else of it.
  var text: String { get }
  /// Named properties.
  var features: [(name: String, value: Double)] { get }
  /// V: tokens are below it.
  var vocabularySize: Int { get }
  /// L: of a layered metric there is a value for each.
  var layerCount: Int { get }

  /// Number of parameters.
  ///
  /// - Throws: `Reason` when it does not fit 64 bits.
  func parameterCount() throws(Reason) -> Int

  /// Floating-point operations of a forward pass, without the decoder.
  ///
  /// - Throws: `Reason` when a number does not fit 64 bits.
  func operationCount(sequenceLength: Int, batchSize: Int) throws(Reason) -> Double

  /// Counts of the numbers that a network and a pass over tokens hold. O(nodes · layers).
  ///
  /// - Throws: `Reason` when that is more than the limits of `NetworkExtent`.
  func extent(_ tokens: TokenBatch) throws(Reason) -> NetworkExtent

  /// A network with the weights that are drawn from a seed. O(number of parameters).
  ///
  /// - Parameters:
  ///   - type: The floating-point type.
  ///   - seed: The seed of the generator.
  ///   - wantsGradients: True when weights are laid out for reverse sweeps too; they work without, more slowly.
  ///   - workspace: The memory that the weights are in.
  func network<Element: TensorElement>(
    of type: Element.Type, seed: UInt32, wantsGradients: Bool, workspace: Workspace
  ) -> any Network<Element>
}

/// A source of architectures: all of one kind, at given sizes.
package protocol ArchitectureSpace: Sendable {
  /// The most layers of an architecture.
  var layerCount: Int { get }
  /// The names of the features, in order.
  var featureNames: [String] { get }

  /// Reads an architecture.
  ///
  /// - Parameters:
  ///   - text: Its text, canonical or not.
  ///   - source: The name that stands for a file in the locations of problems.
  /// - Throws: `DiagnosticsError` with every problem of the text.
  func architecture(_ text: String, source: String) throws(DiagnosticsError) -> any Architecture

  /// Distinct architectures sampled by the published rules; the same for the same seed, and a prefix of those of a larger
  /// count.
  ///
  /// - Throws: `Reason` when there are not so many.
  func sample(count: Int, seed: Int) throws(Reason) -> [any Architecture]
}

/// Counts of the numbers that a network and a pass over its tokens hold: a bound of memory is made from them.
package struct NetworkExtent: Sendable, Hashable {
  /// The most parameters, 2²⁹.
  package static let parameterLimit = 1 << 29
  /// The most values of a pass, 2³⁰.
  package static let valueLimit = 1 << 30

  /// Numbers of the matrices of the layers, rows and columns `padded`.
  package let matrices: Int
  /// Numbers of embedding and decoder, once when they are one.
  package let vocabulary: Int
  /// Values that a pass over the tokens keeps.
  package let values: Int
  /// Values that a loss, or what SynFlow differentiates, keeps beside them.
  package let lossValues: Int
  /// The largest width of an embedding or a state.
  package let width: Int
  /// A bound of how many blocks of memory a layer's values and weights take, over all layers.
  package let blocks: Int

  /// Joins the numbers.
  package init(matrices: Int, vocabulary: Int, values: Int, lossValues: Int = 0, width: Int, blocks: Int) {
    self.matrices = matrices
    self.lossValues = lossValues
    self.vocabulary = vocabulary
    self.values = values
    self.width = width
    self.blocks = blocks
  }

  /// The count of rows or columns in panels of 32.
  static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }
}
