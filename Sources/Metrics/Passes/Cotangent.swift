import Gradients
import Networks
import Outcomes
import Sizes
import Tensors

extension Cotangent {
  /// The loss that the objective is; nil when it is none.
  var loss: Loss? {
    switch self {
    case .maskedLanguageModel: .maskedLanguageModel
    case .languageModel: .languageModel
    case .ones, .output, .random, .flow: nil
    }
  }

  /// The need that is noted beside that of the gradients.
  var need: MetricNeed? {
    switch self {
    case .ones, .random, .flow: nil
    case .output: .outputCotangent
    case .maskedLanguageModel, .languageModel: .loss
    }
  }

  /// The variable that a sweep starts from, and its cotangent.
  ///
  /// - Parameters:
  ///   - trace: The pass.
  ///   - seed: Of random numbers.
  ///   - workspace: For the cotangent.
  /// - Throws: `Reason` when the network has no such loss.
  func start<Element: TensorElement>(
    _ trace: NetworkTrace<Element>, seed: UInt64, _ workspace: Workspace
  ) throws(Reason) -> (variable: Variable, cotangent: Tensor<Element>) {
    func ones(_ variable: Variable) -> (variable: Variable, cotangent: Tensor<Element>) {
      let value = trace.tape.value(variable)
      let ones: Tensor<Element> = workspace.tensor(value.rows, value.columns)
      ones.fill(1)
      return (variable, ones)
    }
    let output = trace.tape.value(trace.output)
    func random() -> (variable: Variable, cotangent: Tensor<Element>) {
      let cotangent: Tensor<Element> = Self.random(
        trace.layout, width: output.columns, seed: seed, workspace)
      return (trace.output, cotangent)
    }
    switch self {
    case .ones: return ones(trace.output)
    case .output: return (trace.output, output)
    case .random: return random()
    case .maskedLanguageModel, .languageModel:
      guard let loss = loss.flatMap({ trace.losses[$0] }) else {
        throw Reason("the network, or the batch, has no \(rawValue) loss")
      }
      return ones(loss)
    case .flow:
      switch trace.flow {
      case .outputs: return ones(trace.output)
      case .weightedOutputs: return random()
      case .elements(let variable): return ones(variable)
      }
    }
  }

  /// c [T·B, h] in the rows of a layout, in memory that the caller gives back: one stream over the sequences of the batch in the
  /// order of their numbers, so that a sequence has its part of it wherever it stands.
  private static func random<Element: TensorElement>(
    _ layout: RowLayout, width: Int, seed: UInt64, _ workspace: Workspace
  ) -> Tensor<Element> {
    var generator = DocumentedGenerator(seed: seed)
    let cotangent: Tensor<Element> = workspace.tensor(layout.rowCount, width)
    var next = 0
    for sequence in layout.placesByNumber {
      let number = layout.numbers[sequence]
      for _ in 0..<(number - next) * layout.sequenceLength * width { _ = generator.next() }
      generator.fill(cotangent.rows(layout.rows(ofSequence: sequence)), scale: 1)
      next = number + 1
    }
    return cotangent
  }
}

extension ArchitectureKind {
  /// The cotangent that metrics take unless another is asked for: the published one of recurrent cells; where a normalisation
  /// comes last, the random one, since ones are degenerate.
  package var cotangent: Cotangent { self == .recurrentCell ? .ones : .random }

  /// The loss of the tokens that networks of the kind predict; nil where there is none.
  package var loss: Cotangent? {
    switch self {
    case .recurrentCell: nil
    case .encoder: .maskedLanguageModel
    case .gpt2, .transformerXL: .languageModel
    }
  }
}
