import Networks

/// What a sum over tensors becomes.
package enum Reduction: String, Sendable, Hashable, CaseIterable {
  /// The sum.
  case sum
  /// The sum divided by the number of tensors that it is over: what the field calls normalised.
  case mean
}

/// The choices that metrics leave open, as a metric is asked for.
package struct MetricChoice: Sendable, Hashable {
  /// The objective whose gradients it takes.
  package var cotangent: Cotangent
  /// What becomes of a sum over tensors.
  package var reduction: Reduction
  /// The parameters that it sums over.
  package var scope: ParameterScope

  /// The choices of a kind of network, where nothing is said.
  package init(
    _ kind: ArchitectureKind, prefersLoss: Bool = false, reduction: Reduction = .sum, scope: ParameterScope = .weights
  ) {
    cotangent = prefersLoss ? kind.loss ?? kind.cotangent : kind.cotangent
    self.reduction = reduction
    self.scope = scope
  }
}

/// A choice that a metric can be asked for with.
package enum MetricOption: String, Sendable, Hashable, CaseIterable {
  /// The scope of a sum over parameters.
  case scope
  /// The cotangent.
  case cotangent
  /// The reduction.
  case reduction

  /// The words that choose, in the order in which they are listed.
  package var words: [String] {
    switch self {
    case .scope: ParameterScope.choices.map(\.rawValue)
    case .cotangent: Cotangent.choices.map(\.rawValue)
    case .reduction: Reduction.allCases.map(\.rawValue)
    }
  }
}

extension ParameterScope {
  /// Those that a metric can be asked for with.
  package static let choices: [ParameterScope] = [.linear, .weights, .weightsAndEmbeddings, .all]
}

/// A metric with the choices that it is asked for with: `snip`, `snip-all`, `synaptic-saliency-ones-mean`. Choices that are
/// not named are those of the kind of network.
package struct MetricSelection: Sendable, Hashable {
  /// The text.
  package let name: String
  /// The metric's id.
  package let id: String
  /// The scope, where it is named.
  package private(set) var scope: ParameterScope?
  /// The cotangent, where it is named.
  package private(set) var cotangent: Cotangent?
  /// The reduction, where it is named.
  package private(set) var reduction: Reduction?

  /// Reads a name: an id, then, each at most once and after a hyphen, a scope, a cotangent and a reduction of those that the
  /// metric can be asked for with; nil when it is none.
  package init?(_ name: String, in metrics: [MetricDescription]) {
    self.name = name
    var rest = Substring(name)
    func take<Word: RawRepresentable<String>>(_ words: [Word], _ option: MetricOption) -> Word? {
      // The longest word first: `masked-language-model` ends as `language-model` does.
      let ending = words.sorted { $0.rawValue.count > $1.rawValue.count }.first { word in
        guard rest.hasSuffix("-" + word.rawValue) else { return false }
        let id = rest.dropLast(word.rawValue.count + 1)
        return metrics.contains { $0.options.contains(option) && (id == $0.id || id.hasPrefix($0.id + "-")) }
      }
      if let ending { rest = rest.dropLast(ending.rawValue.count + 1) }
      return ending
    }
    func isKnown(_ id: Substring) -> Bool { metrics.contains { $0.id == id } }
    if !isKnown(rest) { reduction = take(Reduction.allCases, .reduction) }
    if !isKnown(rest) { cotangent = take(Cotangent.choices, .cotangent) }
    if !isKnown(rest) { scope = take(ParameterScope.choices, .scope) }
    guard let description = metrics.first(where: { $0.id == rest }) else { return nil }
    let named: [(MetricOption, Bool)] = [
      (.scope, scope != nil), (.cotangent, cotangent != nil), (.reduction, reduction != nil),
    ]
    guard named.allSatisfy({ !$1 || description.options.contains($0) }) else { return nil }
    id = description.id
  }

  /// The choices, those that are not named being the kind's.
  ///
  /// - Parameter prefersLoss: See `MetricDescription.prefersLoss`.
  package func choice(for kind: ArchitectureKind, prefersLoss: Bool = false) -> MetricChoice {
    var choice = MetricChoice(kind, prefersLoss: prefersLoss)
    if let scope { choice.scope = scope }
    if let cotangent { choice.cotangent = cotangent }
    if let reduction { choice.reduction = reduction }
    return choice
  }

  /// The named choices in words, such as `cotangent ones, mean`; empty when there is none.
  package var words: String {
    [scope.map { "over \($0.rawValue)" }, cotangent.map { "cotangent \($0.rawValue)" }, reduction?.rawValue]
      .compactMap { $0 }.joined(separator: ", ")
  }
}
