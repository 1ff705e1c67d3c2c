import ElementaryFunctions
import Networks
import Outcomes
import Tensors

/// Activation distance (Mellor et al. 2021, adapted by Serianni & Kalita 2023): of recurrent cells a logarithm of a determinant,
/// of transformers a plain sum.
///
/// A kernel that is singular but for the rounding of its factors gives the logarithm of that rounding, about −40 and far below
/// every other value, as the published values do; an exact zero is undefined.
struct ActivationDistance: Metric {
  let description = MetricDescription(
    id: "activation-distance", title: "Activation distance",
    summary: "How the signs of all activations fall for what is read.",
    formula:
      "recurrent cells: ln |det K|, K = Σ over activation nodes, steps and layers of X·Xᵀ + (1 − X)·(1 − X)ᵀ, X = 1[output > 0] of [B, h]; transformers: Σ over activations of the sum of all elements of that of [S, F], the tokens of the first sequence",
    reference: "mellor2021",
    protocols: "of recurrent cells: the ablation files add up two passes, B · ln 2 more", options: [.reduction])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    guard passes.kind == .recurrentCell else {
      return [
        passes.tokenAgreement(.activation).map { (agreement) throws(Reason) in
          try agreement.sum.reduced(choice.reduction, otherwise: "the network has no activations")
        }
      ]
    }
    let isDoubled = passes.protocolName == .notebook
    return [
      passes.activationKernel(.all).map { (kernel) throws(Reason) in
        guard choice.reduction == .sum else { throw Reason("of recurrent cells it is no sum that has a mean") }
        // det 2K = 2ᴮ det K.
        return try kernel.logDeterminant() + (isDoubled ? Double(kernel.batchSize) * Elementary.log(2) : 0)
      }
    ]
  }
}

/// Activation distance of the outputs of all linear layers, as LPZero's code has it for GPT-2.
struct AllMatricesActivationDistance: Metric {
  let description = MetricDescription(
    id: "all-matrices-activation-distance", title: "Activation distance of all matrices",
    summary: "Activation distance of the outputs of all linear layers, as LPZero's code has it for GPT-2.",
    formula:
      "Σ over linear layers inside the layers of the sum of all elements of X·Xᵀ + (1 − X)·(1 − X)ᵀ, X = 1[output > 0], the tokens of the first sequence as rows",
    reference: "dong2024lpzero", options: [.reduction], kinds: [.encoder, .gpt2])

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.tokenAgreement(.linear).map { (agreement) throws(Reason) in
        try agreement.sum.reduced(choice.reduction, otherwise: "the network has no linear layers")
      }
    ]
  }
}

/// NASWOT with the tokens of a sequence in place of samples.
struct TokenNASWOT: Metric {
  let description = MetricDescription(
    id: "token-naswot", title: "NASWOT of tokens",
    summary: "How differently the linear regions of activations fall for the tokens of a sequence.",
    formula:
      "ln det K, K = Σ over activations of X·Xᵀ + (1 − X)·(1 − X)ᵀ, X = 1[output > 0], the tokens of the first sequence as rows; undefined where K is singular",
    reference: "mellor2021", kinds: .transformers)

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.tokenAgreement(.activation).map { (agreement) throws(Reason) in try agreement.logDeterminant() }]
  }
}

/// NASWOT (Mellor et al. 2021): the activation kernel of rectifiers alone, which is what its derivation holds for.
struct NASWOT: Metric {
  let description = MetricDescription(
    id: "naswot", title: "NASWOT",
    summary: "How differently the linear regions of rectifiers fall for the sequences of the batch.",
    formula:
      "ln |det K|, K = Σ over activations, steps and layers of X·Xᵀ + (1 − X)·(1 − X)ᵀ, X = 1[output > 0], sequences as rows; of recurrent cells over leaky rectifiers alone",
    reference: "mellor2021")

  func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [passes.activationKernel(.rectifiers).map { (kernel) throws(Reason) in try kernel.logDeterminant() }]
  }
}

extension Passes {
  /// How the signs of values of a kind agree between the tokens of the first sequence, computed once for all that ask.
  fileprivate func tokenAgreement(_ kind: ProbeKind) -> Reading<TokenAgreement> {
    shared(AgreementKey(kind: kind)) { SharedAgreement(forward, kind) }.reading
  }

  private struct AgreementKey: Hashable { var kind: ProbeKind }

  /// The activation kernel of some nodes. Metrics that ask for one look at the signs together.
  fileprivate func activationKernel(_ nodes: ActivationKernels.Nodes) -> Reading<ActivationKernel> {
    let wanted = shared(ObjectIdentifier(ActivationKernels.self)) { WantedKernels<Element>(forward) }
    wanted.nodes.insert(nodes)
    return wanted.kernels.map { (kernels) throws(Reason) in
      guard let kernel = kernels.kernels[nodes] else { preconditionFailure("a kernel that was asked for is computed") }
      return kernel
    }
  }
}

private final class SharedAgreement<Element: TensorElement> {
  let reading: Reading<TokenAgreement>

  init(_ pass: ForwardPass<Element>, _ kind: ProbeKind) {
    reading = pass.read(kind) { (values) throws(Reason) in
      var agreement = TokenAgreement(tokens: values.trace.sequenceLength)
      for probe in values.probes {
        let value = values.trace.tape.value(probe.variable)
        agreement.add(value.rows(values.trace.layout.rows(ofSequence: 0)))
      }
      return agreement
    }
  }
}

/// The nodes whose kernels metrics have asked for; one pass over the signs of activations computes them all.
private final class WantedKernels<Element: TensorElement> {
  var nodes: Set<ActivationKernels.Nodes> = []
  private(set) lazy var kernels: Reading<ActivationKernels> = pass.fold(
    over: .activation, into: { [unowned self] in ActivationKernels(nodes, batchSize: $0) },
    add: { $0.add($1, $2) })
  private let pass: ForwardPass<Element>

  init(_ pass: ForwardPass<Element>) { self.pass = pass }
}

/// Adds up activation kernels while a forward pass goes on.
final class ActivationKernels {
  /// The activation nodes that a kernel is of.
  enum Nodes: String {
    case all = "activation"
    case rectifiers = "leaky rectifier"
  }

  private(set) var kernels: [Nodes: ActivationKernel]
  private var bits: [UInt64] = []

  init(_ nodes: Set<Nodes>, batchSize: Int) {
    kernels = Dictionary(
      uniqueKeysWithValues: nodes.map { ($0, ActivationKernel(batchSize: batchSize, nodes: $0.rawValue)) })
  }

  /// Adds the outputs [B, width] of an activation.
  func add<Element: TensorElement>(_ label: ProbeLabel, _ output: Tensor<Element>) {
    let nodes = kernels.keys.filter { $0 == .all || label.isRectifier }
    guard !nodes.isEmpty else { return }
    let words = (output.columns + 63) / 64
    if bits.count < words * output.rows { bits = Array(repeating: 0, count: words * output.rows) }
    Element.signBits(output, into: &bits, wordsPerRow: words)
    for node in nodes { kernels[node]?.add(bits, words: words, units: output.columns) }
  }
}
