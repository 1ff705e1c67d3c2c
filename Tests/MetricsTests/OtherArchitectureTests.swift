import Gradients
import Networks
import Outcomes
import Sizes
import Tensors
import Testing

@testable import Metrics

/// y = W·x of every token, which is no recurrent network: it has one matrix, no activation, and no state that enters a step.
private struct Readout: Architecture {
  let vocabularySize = 5
  let layerCount = 1
  var kind: ArchitectureKind { .recurrentCell }
  var text: String { "readout" }
  var features: [(name: String, value: Double)] { [] }
  static let (inputs, outputs) = (3, 2)

  func parameterCount() -> Int { Self.inputs * Self.outputs }
  func operationCount(sequenceLength: Int, batchSize: Int) -> Double { Double(2 * 6 * sequenceLength * batchSize) }
  func extent(_ tokens: TokenBatch) -> NetworkExtent {
    NetworkExtent(matrices: 64 * 64, vocabulary: 15, values: 100, width: 64, blocks: 4)
  }
  func network<Element: TensorElement>(
    of type: Element.Type, seed: UInt32, wantsGradients: Bool, workspace: Workspace
  ) -> any Network<Element> {
    let weight: Tensor<Element> = workspace.tensor(Self.outputs, Self.inputs)
    for row in 0..<Self.outputs { for unit in 0..<Self.inputs { weight[row, unit] = Element(Self.weight(row, unit)) } }
    return ReadoutNetwork(weight, workspace)
  }

  static func weight(_ row: Int, _ unit: Int) -> Double { Double(row + 1) * (unit == 1 ? -0.5 : 0.25 + Double(unit)) }
  static func embedding(_ id: Int32, _ unit: Int) -> Double { Double(Int(id) * (unit + 2) % 7) - 2 }
}

private final class ReadoutNetwork<Element: TensorElement>: Network {
  private let weight: Tensor<Element>
  private let workspace: Workspace

  init(_ weight: Tensor<Element>, _ workspace: Workspace) {
    self.weight = weight
    self.workspace = workspace
  }

  func input(_ tokens: TokenBatch) -> NetworkInput<Element> {
    let embedded: Tensor<Element> = workspace.tensor(tokens.ids.count, Readout.inputs)
    for (row, id) in tokens.ids.enumerated() {
      for unit in 0..<Readout.inputs { embedded[row, unit] = Element(Readout.embedding(id, unit)) }
    }
    return NetworkInput(
      embedded: embedded,
      layout: RowLayout(.steps, sequenceLength: tokens.sequenceLength, batchSize: tokens.batchSize), tokens: tokens)
  }

  func ones(sequenceLength: Int) -> NetworkInput<Element> {
    let embedded: Tensor<Element> = workspace.tensor(sequenceLength, Readout.inputs)
    embedded.fill(1)
    return NetworkInput(
      embedded: embedded, layout: RowLayout(.steps, sequenceLength: sequenceLength, batchSize: 1))
  }

  var magnitudeReadings: Set<MagnitudeReading> { [.linearised] }

  func magnitudes(_: MagnitudeReading) -> any Network<Double> {
    let magnitude: Tensor<Double> = workspace.tensor(weight.rows, weight.columns)
    Element.convert(weight, toDouble: magnitude)
    Double.magnitude(magnitude, into: magnitude)
    return ReadoutNetwork<Double>(magnitude, workspace)
  }

  func forward(_ input: NetworkInput<Element>, _ request: ForwardRequest<Element>) -> NetworkTrace<Element> {
    let tape = Tape<Element>(workspace)
    let x = tape.leaf(input.embedded, gradient: request.inputGradient ? .all : .none)
    let w = tape.leaf(weight, gradient: request.gradients.isEmpty ? .none : .all)
    let y = tape.variable(workspace.tensor(input.embedded.rows, weight.rows))
    tape.project(
      x,
      ProjectionWeight(
        variable: w, forward: PackedMatrix(transposeOf: weight, workspace), backward: PackedMatrix(weight, workspace)),
      into: y)
    return NetworkTrace(
      tape: tape, layout: input.layout, input: x, output: y,
      parameters: [
        Parameter(
          name: "readout.weight", role: .matrix(isFirst: false), scopes: Set(ParameterScope.allCases),
          place: .leaf(w, rows: 0..<weight.rows))
      ], probeKinds: [.states], probes: [Probe(label: ProbeLabel(kind: .states, layer: 0), variable: y)])
  }
}

/// A network of another kind is measured by every metric of the catalogue: by its value, or by the reason why it has none.
@Suite struct OtherArchitectureTests {
  @Test(arguments: NumericPrecision.allCases) func everyMetricHasItsValueOrReason(_ precision: NumericPrecision) throws
  {
    let tokens = try TokenBatch(sequenceLength: 2, batchSize: 2, ids: [0, 3, 1, 4])
    let result = try MeasurementWorker().measure(
      MeasurementRequest(
        architecture: Readout(), metrics: MetricCatalog.all.map(\.id), precision: precision, tokens: tokens))
    let found = Dictionary(uniqueKeysWithValues: result.outcomes.map { ($0.column, $0.outcome) })
    let units = 0..<Readout.inputs
    let rows = 0..<Readout.outputs
    func total(_ ids: [Int32], _ unit: Int) -> Double { ids.reduce(0) { $0 + Readout.embedding($1, unit) } }
    // ∂Σy/∂W is the sum of the tokens' vectors in every row.
    let snip = rows.reduce(0) { sum, row in
      units.reduce(sum) { $0 + abs(Readout.weight(row, $1) * total(tokens.ids, $1)) }
    }
    let flow = rows.reduce(0) { sum, row in units.reduce(sum) { $0 + 2 * abs(Readout.weight(row, $1)) } }
    let trace = [[0, 1], [3, 4]].reduce(0) { sum, ids in
      units.reduce(sum) { $0 + Double(Readout.outputs) * total(ids, $1) * total(ids, $1) }
    }
    for (id, value) in [
      ("parameters", 6.0), ("flops", 48), ("snip", snip), ("synaptic-saliency", snip), ("synflow", flow),
      ("ntk-trace", trace), ("grasp", 0), ("jacobian-cosine", 0.5),
    ] {
      #expect(isClose(found[id]?.value, value, 1e-6), "\(id)")
    }
    #expect(found["layer-1-hidden-covariance"]?.value != nil)
    for id in ["fisher", "activation-distance", "naswot"] {
      #expect(found[id] == .failure(Reason("the network has no activations")))
    }
    #expect(found["hidden-synaptic-saliency"] == .failure(Reason("the network has no states that enter steps")))
  }
}
