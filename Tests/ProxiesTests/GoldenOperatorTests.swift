import Documents
import Foundation
import TestSupport
import Testing

@testable import Proxies

/// LPZero's operations and programs against values that PyTorch gave.
@Suite struct GoldenOperatorTests {
  /// A recorded tensor; nil entries are NaN or infinite.
  private struct Recorded: Equatable {
    var shape: [Int]
    var values: [Double?]

    init?(_ node: DocumentNode) {
      guard let elements = node.elements else {
        guard node.isNull || node.double != nil else { return nil }
        (shape, values) = ([], [node.double])
        return
      }
      let read = elements.compactMap { Recorded($0) }
      guard read.count == elements.count, let first = read.first, read.allSatisfy({ $0.shape == first.shape }) else {
        return nil
      }
      shape = [elements.count] + first.shape
      values = read.flatMap(\.values)
    }

    func tensor() throws -> ProxyTensor { try ProxyTensor(shape: shape, values: values.map { try #require($0) }) }
  }

  private func close(_ value: Double, _ expected: Double?) -> Bool {
    guard let expected else { return !value.isFinite }
    return abs(value - expected) <= 1e-13 * max(1, abs(expected))
  }

  @Test(.needsRecordedNetworks, arguments: UnaryOperation.ofLPZero) func operations(_ operation: UnaryOperation) throws
  {
    let file = try golden("lpzero_operators.json", in: #require(goldenFolder))
    let name = operation == .normSum ? "norm_sum" : operation.rawValue
    var compared = 0
    for input in ["matrix_4x6", "tensor_2x3x4", "scalar"] {
      let operand = try #require(file["inputs"]?[input].flatMap { Recorded($0) }).tensor()
      let recorded = try #require(file["unary"]?[name]?[input])
      let expected = try #require(recorded["value"].flatMap { Recorded($0) })
      let mean = try #require(recorded["mean"].flatMap { Recorded($0) }).values[0]
      let value = operation.applied(to: operand)
      #expect(value.shape == expected.shape)
      for (one, other) in zip(value.values, expected.values) { #expect(close(one, other), "\(operation) \(input)") }
      #expect(close(value.mean, mean), "\(operation) \(input)")
      #expect(operation.mean(of: operand).bitPattern == value.mean.bitPattern || !value.mean.isFinite)
      compared += value.values.count
    }
    #expect(compared >= 3)
  }

  /// Every recorded operation is in the language.
  @Test(.needsRecordedNetworks) func noOperationIsMissing() throws {
    let file = try golden("lpzero_operators.json", in: #require(goldenFolder))
    let names = try #require(file["unary"]?.entries).map { $0.key.replacing("_", with: "-") }
    #expect(Set(names) == Set(UnaryOperation.ofLPZero.map(\.rawValue)))
  }

  /// φ of every recorded case, as a text, as a paired program, and layer by layer.
  @Test(.needsRecordedNetworks) func programs() throws {
    let file = try golden("lpzero_operators.json", in: #require(goldenFolder))
    func entries(_ name: String) throws -> [ProxyMatrices.Entry] {
      try #require(file["phi"]?[name]?.elements).enumerated().map { index, node in
        ProxyMatrices.Entry(
          ProxyModule(layer: index + 1, name: name), try #require(Recorded(node)).tensor())
      }
    }
    let (first, second) = (try entries("A"), try entries("B"))
    #expect((first.count, second.count) == (3, 4))
    let cases = try #require(file["phi"]?["cases"]?.elements)
    #expect(cases.count == 5)
    for node in cases {
      func names(_ key: String) throws -> [String] {
        try #require(node[key]?.elements).map { try #require($0.text) }
      }
      let (a, b) = (try names("unary_a"), try names("unary_b"))
      let operation = try #require(node["binary"]?.text.flatMap { BinaryOperation(rawValue: $0) })
      let expected = try #require(node["value"].flatMap { Recorded($0) }).values[0]
      let layers = try #require(node["per_layer"].flatMap { Recorded($0) }).values
      let formula = "mean(\(a[1])(\(a[0])(head))) \(operation.sign) mean(\(b[1])(\(b[0])(activation)))"
      let source = ProxyMatrices([.head: first, .activation: second])
      let paired = PairedProxy(
        .init(.head, try #require(UnaryOperation(rawValue: a[0])), try #require(UnaryOperation(rawValue: a[1]))),
        operation,
        .init(.activation, try #require(UnaryOperation(rawValue: b[0])), try #require(UnaryOperation(rawValue: b[1]))))
      // The recorded lists are cut to the shorter, as in the released code.
      let released = try #require(ProxyProgram.parse("mean(modules, \(formula))").program)
      #expect(close(try released.value(on: source, defects: ProxyDefects(cutsLists: true)).get(), expected))
      #expect(released.value(on: source).reason != nil)
      let cut = ProxyMatrices([.head: first, .activation: Array(second.prefix(3))])
      let sound = try #require(ProxyProgram.parse("mean(layers, \(formula))").program)
      #expect(close(try sound.value(on: cut).get(), expected))
      #expect(close(try #require(paired.value(of: ProxyFeatures(cut))), expected))
      #expect(close(try #require(ProxyProgram.check(paired.expression).program).value(on: cut).get(), expected))
      for (layer, value) in layers.enumerated() {
        let one = ProxyMatrices([.head: [first[layer]], .activation: [second[layer]]])
        #expect(close(try released.value(on: one).get(), value))
      }
    }
  }
}
