/// A convolutional cell of NAS-Bench-201: four nodes, an operation on each of the six edges between them. A node is the sum of what its
/// edges bring; the first is the input, the last the output.
///
/// Source: Dong and Yang, NAS-Bench-201 (ICLR 2020); the numbers of operations and the order of edges are those of NASLib.
package struct NASBench201Cell: Sendable, Hashable {
  /// What an edge does to the node that it leaves, by NASLib's number.
  package enum Operation: Int, CaseIterable, Sendable {
    case skip
    case none
    case convolution3x3
    case convolution1x1
    case averagePooling

    /// Its name in the published texts of architectures.
    package var name: String {
      switch self {
      case .skip: "skip_connect"
      case .none: "none"
      case .convolution3x3: "nor_conv_3x3"
      case .convolution1x1: "nor_conv_1x1"
      case .averagePooling: "avg_pool_3x3"
      }
    }
  }

  /// The nodes of the edges, from 0, in the order of NASLib.
  package static let edges: [(from: Int, to: Int)] = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]

  /// The operations of `edges`.
  package let operations: [Operation]

  /// Creates a cell; nil unless there are six operations.
  package init?(_ operations: [Operation]) {
    guard operations.count == Self.edges.count else { return nil }
    self.operations = operations
  }

  /// Reads `(4, 3, 3, 3, 2, 3)`, as NASLib writes cells, or `|nor_conv_3x3~0|+|none~0|skip_connect~1|+|…|`, as the benchmark does; nil
  /// for what is neither.
  package init?(_ text: String) {
    guard text.utf8.count <= 400 else { return nil }
    if text.hasPrefix("("), text.hasSuffix(")") {
      let numbers = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
      self.init(numbers.compactMap { Int($0.filter { $0 != " " }).flatMap(Operation.init(rawValue:)) })
      guard numbers.count == operations.count else { return nil }
      return
    }
    let nodes = text.split(separator: "+", omittingEmptySubsequences: false)
    guard nodes.count == 3 else { return nil }
    var found: [Operation?] = Array(repeating: nil, count: Self.edges.count)
    for (index, node) in nodes.enumerated() {
      let terms = node.split(separator: "|")
      guard terms.count == index + 1, node.first == "|", node.last == "|" else { return nil }
      for (from, term) in terms.enumerated() {
        let parts = term.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1] == String(from),
          let operation = Operation.allCases.first(where: { $0.name == parts[0] }),
          let edge = Self.edges.firstIndex(where: { $0 == (from, index + 1) })
        else { return nil }
        found[edge] = operation
      }
    }
    self.init(found.compactMap(\.self))
  }

  /// The network of cells whose input does not reach their output.
  package static let unconnected = "0"

  /// What the output is as a function of the input `x`, the same text for cells that are one network: skip connections are written out,
  /// terms of a sum stand in the order of their texts, and what the input does not reach is left out. `unconnected` where it does not
  /// reach the output. The 15,625 cells are 4,930 networks.
  ///
  /// A convolution on an edge that the input does not reach adds a constant at most, that of its normalisation, and is left out too.
  package var network: String {
    var terms: [[String]] = [["x"], [], [], []]
    for node in 1..<4 {
      for (edge, operation) in zip(Self.edges, operations) where edge.to == node && !terms[edge.from].isEmpty {
        switch operation {
        case .none: continue
        case .skip: terms[node] += terms[edge.from]
        case .convolution3x3, .convolution1x1, .averagePooling:
          terms[node].append("\(operation.name)(\(terms[edge.from].joined(separator: "+")))")
        }
      }
      terms[node].sort()
    }
    return terms[3].isEmpty ? Self.unconnected : terms[3].joined(separator: "+")
  }

  /// How many edges have an operation.
  package func count(of operation: Operation) -> Int { operations.count { $0 == operation } }
}
