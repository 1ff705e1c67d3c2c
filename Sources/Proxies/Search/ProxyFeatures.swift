import Foundation
import Outcomes

/// What a search over `PairedProxy` programs needs of a network: for every input, layer, and pair of LPZero's operations u₁ and
/// u₂ the mean of u₂(u₁(X)), X the matrix of a module, averaged over the layer's modules.
///
/// The matrices of hundreds of networks do not fit into memory, nor does a search have the time to read them for every
/// program. These 400 numbers for each input and layer (3.2 kB) are computed once, one matrix at a time, and every program of
/// the family is then a look-up. It takes about 60 passes over each matrix: a batch of a few hundred tokens is enough.
///
/// In a file the numbers of an input are little-endian doubles in base 64, layer by layer, u₁ then u₂ in the order of
/// `UnaryOperation.ofLPZero`; NaN stands for a number that is not finite.
package struct ProxyFeatures: Sendable, Codable {
  /// The numbers of an input.
  struct Table: Sendable {
    /// The layers that have matrices of the input, ascending.
    var layers: [Int]
    /// 400 numbers for each layer.
    var values: [Double]
  }

  /// By input; an input that the network does not have is not there.
  let tables: [ProxyInput: Table]

  /// Number of operations u₁, and of u₂.
  static let operationCount = UnaryOperation.ofLPZero.count
  /// Numbers for each layer.
  static let width = operationCount * operationCount

  /// Computes the numbers for a network, module by module. O(60 · entries).
  ///
  /// - Parameters:
  ///   - source: The matrices of the network.
  ///   - inputs: The inputs that programs may read. One that the network does not have is left out.
  /// - Throws: `Reason` when a matrix cannot be had, or the network has none of the inputs.
  package init(_ source: some ProxySource, inputs: [ProxyInput] = ProxyInput.allCases) throws(Reason) {
    var tables: [ProxyInput: Table] = [:]
    for input in inputs where tables[input] == nil {
      let modules = Outcome.of { () throws(Reason) in try source.modules(of: input) }.value ?? []
      guard !modules.isEmpty else { continue }
      tables[input] = try Self.table(source, input, modules)
    }
    guard !tables.isEmpty else {
      throw Reason("the network has none of the inputs \(inputs.map(\.rawValue).joined(separator: ", "))")
    }
    self.tables = tables
  }

  private static func table(
    _ source: some ProxySource, _ input: ProxyInput, _ modules: [ProxyModule]
  ) throws(Reason) -> Table {
    let layers = Set(modules.map(\.layer)).sorted()
    var values: [Double] = []
    for layer in layers {
      var rows: [[Double]] = []
      for place in modules.indices where modules[place].layer == layer {
        rows.append(means(try source.tensor(of: input, at: place)))
      }
      for pair in 0..<width {
        let mean = ProxyAggregation.mean.value(rows.map { $0[pair] })
        values.append(mean.isFinite ? mean : .nan)
      }
    }
    return Table(layers: layers, values: values)
  }

  /// The mean of u₂(u₁(X)) for all pairs.
  private static func means(_ tensor: ProxyTensor) -> [Double] {
    UnaryOperation.ofLPZero.flatMap { OperationMeans.of($0.applied(to: tensor)) }
  }

  // MARK: Codable

  private struct Stored: Codable {
    var input: ProxyInput
    var layers: [Int]
    var values: String
  }

  package init(from decoder: any Decoder) throws {
    var tables: [ProxyInput: Table] = [:]
    for stored in try [Stored](from: decoder) {
      guard let data = Data(base64Encoded: stored.values), stored.layers.count <= 100_000,
        data.count == 8 * Self.width * stored.layers.count
      else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "there are not \(Self.width) numbers for each layer"))
      }
      let bytes = [UInt8](data)
      let values = stride(from: 0, to: bytes.count, by: 8).map { start in
        Double(bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) })
      }
      tables[stored.input] = Table(layers: stored.layers, values: values.map { $0.isFinite ? $0 : .nan })
    }
    self.tables = tables
  }

  package func encode(to encoder: any Encoder) throws {
    try tables.keys.sorted().compactMap { input in
      tables[input].map { table in
        let bytes = table.values.flatMap { value in
          (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        return Stored(input: input, layers: table.layers, values: Data(bytes).base64EncodedString())
      }
    }.encode(to: encoder)
  }
}
