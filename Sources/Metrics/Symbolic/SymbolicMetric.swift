import Outcomes
import Proxies
import Sizes
import Tables
import Tensors

/// A metric that is a formula over the matrices of a network (`docs/proxies.md`), such as a spec or the command line defines it.
package struct SymbolicMetric: Metric {
  package let description: MetricDescription
  private let program: ProxyProgram
  private let cotangent: Cotangent?
  private let defects: ProxyDefects

  /// Takes a formula.
  ///
  /// - Parameters:
  ///   - name: The column.
  ///   - title: The name for people; the formula when nil.
  ///   - cotangent: The objective whose gradients are `gradient`; that of the kind of network when nil.
  ///   - defects: What of LPZero's released code it is evaluated with.
  package init(
    _ program: ProxyProgram, name: String, title: String? = nil, better: Direction = .higher,
    cotangent: Cotangent? = nil, defects: ProxyDefects = .none
  ) {
    self.program = program
    self.cotangent = cotangent
    self.defects = defects
    description = MetricDescription(
      id: name, title: title ?? program.text, summary: "A formula over the matrices of the network.",
      formula: program.text, better: better, reference: "")
  }

  package func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    let (program, defects) = (program, defects)
    return [
      passes.networkMatrices(of: program.inputs, cotangent ?? choice.cotangent) { (source) throws(Reason) in
        try program.value(on: source, defects: defects).get()
      }
    ]
  }
}
