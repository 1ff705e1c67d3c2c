import SearchSpaces
import Testing

struct NASBench201CellTests {
  /// Every cell of the space.
  private static let cells: [NASBench201Cell] = (0..<15_625).compactMap { number in
    var rest = number
    return NASBench201Cell(
      (0..<6).compactMap { _ in
        defer { rest /= 5 }
        return NASBench201Cell.Operation(rawValue: rest % 5)
      })
  }

  /// The output of a cell whose operations are arbitrary functions that keep 0.
  private func output(_ cell: NASBench201Cell) -> Double {
    var nodes: [Double] = [0.7, 0, 0, 0]
    for node in 1..<4 {
      var sum: [Double] = []
      for (edge, operation) in zip(NASBench201Cell.edges, cell.operations) where edge.to == node {
        let value = nodes[edge.from]
        switch operation {
        case .none: continue
        case .skip: sum.append(value)
        case .convolution3x3: sum.append(1.37 * value - 0.31 * value * value)
        case .convolution1x1: sum.append(0.59 * value + 0.83 * value * value)
        case .averagePooling: sum.append(0.21 * value * value * value - 1.13 * value)
        }
      }
      nodes[node] = sum.reduce(0, +)
    }
    return nodes[3]
  }

  @Test func networksAreTheFunctionsOfCells() {
    var outputs: [String: Double] = [:]
    for cell in Self.cells {
      let value = output(cell)
      let known = outputs[cell.network] ?? value
      #expect(abs(known - value) < 1e-12, "\(cell)")
      outputs[cell.network] = known
    }
    let sorted = outputs.values.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.1 - $0.0 > 1e-12 })
    #expect(Self.cells.count == 15_625 && outputs.count == 4930)
  }

  @Test func bothWaysOfWritingAreRead() {
    let numbered = NASBench201Cell("(2, 1, 3, 0, 4, 2)")
    let named = NASBench201Cell(
      "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|nor_conv_1x1~0|avg_pool_3x3~1|nor_conv_3x3~2|")
    #expect(numbered != nil && numbered == named)
    #expect(
      numbered?.network == "avg_pool_3x3(nor_conv_3x3(x))+nor_conv_1x1(x)+nor_conv_3x3(nor_conv_3x3(x))")
    #expect(numbered?.count(of: .convolution3x3) == 2)
  }

  @Test(arguments: [
    "", "(", "()", "(1, 2, 3, 4, 0)", "(1, 2, 3, 4, 0, 5)", "(1, 2, 3, 4, 0, 1, 1)", "(1, 2, 3, 4, 0, x)", "|none~0|",
    "|none~0|+|none~0|none~0|+|none~0|none~1|none~2|", "none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
    "|nine~0|+|none~0|none~1|+|none~0|none~1|none~2|", String(repeating: "(", count: 500),
  ])
  func otherTextIsNoCell(_ text: String) { #expect(NASBench201Cell(text) == nil) }
}
