import Networks
import Outcomes
import Proxies
import Sizes
import Synchronization
import Tensors

/// Collects what a search for proxies needs of a network. Its value is 1; the features are kept beside it. To be measured once.
package final class ProxyFeatureMetric: Metric {
  package let description = MetricDescription(
    id: "proxy-features", title: "Features of proxies", summary: "What a search for proxies reads of a network.",
    formula: "", reference: "")
  private let inputs: [ProxyInput]
  private let cotangent: Cotangent?
  private let made = Mutex<ProxyFeatures?>(nil)

  /// Collects features of some inputs.
  ///
  /// - Parameter cotangent: The objective whose gradients are read; that of the kind of network when nil.
  package init(_ inputs: [ProxyInput], cotangent: Cotangent?) {
    self.inputs = inputs
    self.cotangent = cotangent
  }

  /// The features; nil before the measurement, and where there are none.
  package var features: ProxyFeatures? { made.withLock { $0 } }

  package func values<Element: TensorElement>(_ passes: Passes<Element>, _ choice: MetricChoice) -> [Reading<Double>] {
    [
      passes.networkMatrices(of: inputs, cotangent ?? choice.cotangent) { (source) throws(Reason) in
        let features = try ProxyFeatures(source, inputs: self.inputs)
        self.made.withLock { $0 = features }
        return 1
      }
    ]
  }
}
