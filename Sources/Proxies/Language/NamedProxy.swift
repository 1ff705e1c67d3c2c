/// A published proxy, written in the language.
package struct NamedProxy: Sendable, Hashable {
  /// Kebab-case name by which it is asked for.
  package let name: String
  package let title: String
  /// The formula.
  package let formula: String
  /// True when a larger value promises a better network.
  package let higherIsBetter: Bool
  /// What of the released code it is evaluated with.
  package let defects: ProxyDefects
  /// Where it was published, and what this deviates in.
  package let source: String

  /// The checked program of the formula; nil only when the formula is wrong, which a test rules out.
  package var program: ProxyProgram? { ProxyProgram.parse(formula).program }

  /// The published proxies.
  package static let catalogue = [
    NamedProxy(
      name: "lpzero-flexibert", title: "LPZero's FlexiBERT proxy",
      formula: "mean(layers, mean(square(negate(head))) + logsoftmax(frobenius(activation)))", higherIsBetter: true,
      defects: .none,
      source: "Dong et al., Findings of EMNLP 2024. The second term is the log-softmax of one number, which is 0."),
    NamedProxy(
      name: "lpzero-flexibert-released", title: "LPZero's FlexiBERT proxy as released",
      formula: "mean(modules, mean(square(negate(head))) + logsoftmax(frobenius(activation)))", higherIsBetter: true,
      defects: .asReleased,
      source:
        "Code of Dong et al. 2024 (pprp/LPZero, 87643276): hooks stay, and lists are cut to the shorter, so that it averages the first min(2L, Σk) of the heads h₁ … h_L, h₁ … h_L."
    ),
    NamedProxy(
      name: "lpzero-gpt-2", title: "LPZero's GPT-2 proxy",
      formula: "mean(modules, l1(square(weight)) + mean(square(softmax(gradient))))", higherIsBetter: false,
      defects: .none,
      source:
        "Code of Dong et al. 2024 (pprp/LPZero, 87643276). Its fitness is the correlation with perplexity, so that a smaller value promises a better network."
    ),
  ]
}
