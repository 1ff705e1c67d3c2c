import Tensors

/// Sees the output of every activation node of every step while a forward pass goes on.
package protocol ActivationObserver: AnyObject {
  /// Called with outputs [B, width] of one step.
  func observe<Element: TensorElement>(_ output: Tensor<Element>, _ activation: Activation)
}
